import { describe, expect, it } from 'vitest';
import type { Series } from '@/lib/mesh/telemetry/measured';
import { chartsOf, glanceOf, highest, lastMeasured, unbroken } from './charts';

const line = (figure: Series['figure'], points: Series['points'], more: Partial<Series> = {}): Series => ({
  figure,
  evidence: 'cloudwatch',
  witness: 'a metric',
  fromMs: 60_000,
  stepSeconds: 60,
  points,
  ...more,
});

describe('the charts of an entity', () => {
  it('hold lines of one kind and one source of evidence, in the unit of the chart', () => {
    const charts = chartsOf([
      line('p99Ms', [300], { evidence: 'xray' }),
      line('faultRatio', [0.004]),
      line('perSecond', [3, null]),
      line('p50Ms', [12]),
      line('errorRatio', [0.1]),
    ]);
    expect(charts.map(({ kind, evidence }) => [kind, evidence])).toEqual([
      ['rate', 'cloudwatch'],
      ['errors', 'cloudwatch'],
      ['latency', 'cloudwatch'],
      ['latency', 'xray'],
    ]);
    expect(charts[0]?.lines[0]?.points).toEqual([
      { atMs: 60_000, height: 180 },
      { atMs: 120_000, height: null },
    ]);
    expect(charts[1]?.lines.map(({ figure, points }) => [figure, points[0]?.height])).toEqual([
      ['errorRatio', 10],
      ['faultRatio', 0.4],
    ]);
  });

  it('leave out what nobody measured, and a mean beside percentiles', () => {
    expect(chartsOf([line('perSecond', [null, null]), line('connections', [])])).toEqual([]);
    const figures = (series: Series[]) => chartsOf(series)[0]?.lines.map(({ figure }) => figure);
    expect(figures([line('meanMs', [5]), line('p99Ms', [9])])).toEqual(['p99Ms']);
    expect(figures([line('meanMs', [5])])).toEqual(['meanMs']);
  });

  it('tell three figures at a glance, by who sees every request where it tells', () => {
    const glance = glanceOf(
      chartsOf([line('p99Ms', [300], { evidence: 'xray' }), line('p99Ms', [200]), line('perSecond', [1])]),
    );
    expect(glance.map(({ line: { figure }, chart }) => [figure, chart.evidence])).toEqual([
      ['perSecond', 'cloudwatch'],
      ['p99Ms', 'cloudwatch'],
    ]);
  });
});

describe('a line', () => {
  const points = [null, 1, 2, null, 0, null].map((height, n) => ({ atMs: n, height }));

  it('is broken where nothing was measured, and a lone point stays', () => {
    expect(unbroken(points).map((run) => run.map(({ height }) => height))).toEqual([[1, 2], [0]]);
  });

  it('is told by the last step that was measured: zero is measured, a gap is not', () => {
    expect(lastMeasured(points)).toEqual({ atMs: 4, height: 0 });
    expect(lastMeasured([])).toBeUndefined();
    expect(highest([{ points }, { points: [] }])).toBe(2);
  });
});
