import { describe, expect, it } from 'vitest';
import { windowOf } from './window';

const NOW = Date.parse('2026-11-29T12:04:31Z');
const ask = (query: string, everyMs = 60_000) => windowOf(new URLSearchParams(query), NOW, everyMs);

describe('the window of a request', () => {
  it('ends at the last refresh, so that everybody in between asks for the same', () => {
    const early = windowOf(new URLSearchParams('window=1h'), NOW, 15_000);
    const late = windowOf(new URLSearchParams('window=1h'), NOW + 13_000, 15_000);
    expect(early).toEqual(late);
    expect(early).toMatchObject({
      window: {
        toMs: Date.parse('2026-11-29T12:04:00Z'),
        fromMs: Date.parse('2026-11-29T11:04:00Z'),
        latestMs: Date.parse('2026-11-29T12:04:30Z'),
        live: true,
      },
    });
  });

  it('is the last five minutes unless something else is asked for', () => {
    expect(ask('')).toMatchObject({ window: { stepSeconds: 60, toMs: Date.parse('2026-11-29T12:04:00Z') } });
  });

  it.each([
    ['window=5m', 60],
    ['window=1h', 60],
    ['window=6h', 180],
    ['window=24h', 720],
  ])('%s has steps of %i s, no more than 120 of them', (query, stepSeconds) => {
    expect(ask(query)).toMatchObject({ window: { stepSeconds } });
  });

  it('takes whole minutes of the past, which do not change once they are settled', () => {
    expect(ask('from=2026-11-29T10:00:20Z&to=2026-11-29T10:30:20Z')).toMatchObject({
      window: {
        fromMs: Date.parse('2026-11-29T10:00:00Z'),
        toMs: Date.parse('2026-11-29T10:31:00Z'),
        live: false,
        settled: true,
      },
    });
    expect(ask(`from=${NOW - 600_000}&to=${NOW}`)).toMatchObject({ window: { settled: false } });
  });

  it.each([
    ['window=2m', 'window'],
    ['from=yesterday&to=2026-11-29', 'from'],
    ['from=2026-11-29T10:00:00Z', 'to'],
    ['from=2026-11-29T10:00:00Z&to=2026-11-29T09:00:00Z', 'to'],
    ['from=2026-01-01&to=2026-11-29', 'from'],
    ['from=2027-01-01&to=2027-01-02', 'from'],
  ])('%s is refused, naming %s', (query, path) => {
    expect(ask(query)).toMatchObject({ ok: false, problem: { code: 'E101', errors: [{ path }] } });
  });
});
