import { describe, expect, it } from 'vitest';
import { readTelemetryWindow, windowQuery, writeTelemetryWindow } from './telemetry-window';
import type { TelemetryWindow } from './telemetry-window';

const read = (search: string) => readTelemetryWindow(new URLSearchParams(search));

describe('the window in the URL', () => {
  it('is the last five minutes unless something else is asked for', () => {
    expect(read('')).toEqual({ last: '5m' });
    expect(read('window=3w')).toEqual({ last: '5m' });
    expect(read('since=2&until=1')).toEqual({ last: '5m' });
    expect(read('since=yesterday&until=now')).toEqual({ last: '5m' });
  });

  it('comes back as it was written, and leaves the ends of a path alone', () => {
    for (const window of [{ last: '5m' }, { last: '24h' }, { fromMs: 1, toMs: 2 }] as TelemetryWindow[]) {
      const query = new URLSearchParams('from=node:a/b&window=1h&since=7&until=9');
      writeTelemetryWindow(query, window);
      expect(readTelemetryWindow(query)).toEqual(window);
      expect(query.get('from')).toBe('node:a/b');
    }
  });

  it('is asked for by name, or by its two ends', () => {
    expect(windowQuery({ last: '1h' })).toEqual([['window', '1h']]);
    expect(windowQuery({ fromMs: 1, toMs: 2 })).toEqual([
      ['from', '1'],
      ['to', '2'],
    ]);
  });
});
