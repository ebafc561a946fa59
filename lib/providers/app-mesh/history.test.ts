import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '@/lib/mesh/model';
import { entity, member, readMesh } from './fixtures';
import { HISTORY_ANNOTATION, HISTORY_ENTRIES_MAX, readHistory, writeHistory } from './history';

const entry = (id: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  at: '2026-06-01T12:00:00.000Z',
  by: 'alice',
  route: 'all',
  before: [{ node: 'shop/a', weight: 90 }],
  after: [{ node: 'shop/a', weight: 80 }],
  ...more,
});

describe('the history', () => {
  it('is read as it was written, newest first', () => {
    const older = entry('1', { reason: 'canary' });
    const newer = entry('2', { undoOf: '1' });
    expect(readHistory(writeHistory([older], newer))).toEqual([newer, older]);
  });

  it('keeps the newest twenty', () => {
    let history: HistoryEntry[] = [];
    for (let i = 0; i < HISTORY_ENTRIES_MAX + 5; i += 1)
      history = readHistory(writeHistory(history, entry(String(i))));
    expect(history).toHaveLength(HISTORY_ENTRIES_MAX);
    expect([history.at(0)?.id, history.at(-1)?.id]).toEqual(['24', '5']);
  });

  it('lets old entries go before it grows past 16 KiB, the newest never', () => {
    const long = (id: string) => entry(id, { reason: 'x'.repeat(5_000) });
    const text = writeHistory([long('2'), long('1'), long('0')], long('3'));
    expect(text.length).toBeLessThanOrEqual(16_384);
    expect(readHistory(text).map(({ id }) => id)).toEqual(['3', '2', '1']);
    const huge = entry('4', { reason: 'x'.repeat(20_000) });
    expect(readHistory(writeHistory([long('3')], huge)).map(({ id }) => id)).toEqual(['4']);
  });

  it.each([undefined, '', '{', '{}', 'null', '[{}]', '[{"id":1}]', '"text"'])(
    'counts as empty where the annotation is %j',
    (annotation) => {
      expect(readHistory(annotation)).toEqual([]);
    },
  );

  it.each(['yesterday', '', '2026-06-01', '2026-13-01T12:00:00Z', 5])(
    'leaves out an entry whose time is %j, and keeps the others',
    (at) => {
      const annotation = JSON.stringify([entry('3'), { ...entry('2'), at }, entry('1')]);
      expect(readHistory(annotation).map(({ id }) => id)).toEqual(['3', '1']);
      const written = readHistory(writeHistory(readHistory(annotation), entry('4')));
      expect(written.map(({ id }) => id)).toEqual(['4', '3', '1']);
    },
  );

  it('takes a time with an offset', () => {
    const shifted = entry('1', { at: '2026-06-01T14:00:00+02:00' });
    expect(readHistory(JSON.stringify([shifted]))).toEqual([shifted]);
  });

  it('comes with its router', () => {
    const annotations = { [HISTORY_ANNOTATION]: writeHistory([], entry('1')) };
    const router = member('VirtualRouter', 'cart', {}, { metadata: { annotations } });
    expect(entity(readMesh(router), 'router', 'cart').history).toEqual([entry('1')]);
  });
});
