import { describe, expect, it } from 'vitest';
import type { Span } from '@/lib/mesh/telemetry/trace';
import { lengthOf, waterfallOf } from './waterfall-rows';

const span = (id: string, startMs: number, endMs?: number, parent?: string): Span => ({
  id,
  name: id,
  kind: 'segment',
  startMs,
  status: 'ok',
  hop: {},
  annotations: {},
  ...(endMs === undefined ? {} : { endMs }),
  ...(parent === undefined ? {} : { parent }),
});

describe('a waterfall', () => {
  it('puts each span below its parent, and one whose parent is lost at the root', () => {
    const rows = waterfallOf({
      durationMs: 100,
      spans: [span('a', 0, 100), span('b', 10, 60, 'a'), span('c', 20, 40, 'b'), span('d', 50, 70, 'lost')],
    });
    expect(rows.map(({ depth }) => depth)).toEqual([0, 1, 2, 0]);
    expect(rows.map(({ left, width }) => [left, width])).toEqual([
      [0, 1],
      [0.1, 0.5],
      [0.2, 0.2],
      [0.5, 0.2],
    ]);
  });

  it('draws an unfinished span to the end, and says that it is open', () => {
    const [, row] = waterfallOf({ durationMs: 10, spans: [span('a', 0, 10), span('b', 4)] });
    expect(row).toMatchObject({ left: 0.4, width: 0.6, open: true });
  });

  it('keeps clocks that differ within the picture: nothing is negative or outside', () => {
    const spans = [span('a', 0, 10), span('b', -5, 3, 'a'), span('c', 8, 40, 'a'), span('d', 6, 2, 'a')];
    expect(lengthOf({ durationMs: 10, spans })).toBe(40);
    for (const { left, width } of waterfallOf({ durationMs: 10, spans })) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(width).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(1);
    }
  });
});
