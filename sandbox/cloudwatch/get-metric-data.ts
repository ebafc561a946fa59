/** GetMetricData: values of series, and what is calculated from them. */
import { seriesKey, subjectsOf, type Series } from './catalogue';
import { evaluate, type Line } from './expressions';
import type { CloudWatchState } from './handler';
import { recentSeries } from './list-metrics';
import { isMetric, queriesOf, type Query } from './queries';
import { invalid, placesFrom, text, tokenFor, type Fields } from './requests';
import { searchFor } from './search';
import { checkStat, SeriesStatistics } from './statistics';

const MOST_POINTS = 100_800;

interface Window {
  from: number;
  to: number;
}

interface Wanted {
  series: Series;
  stat: string;
  periodS: number;
}

export async function getMetricData(state: CloudWatchState, fields: Fields): Promise<object> {
  const queries = queriesOf(fields);
  const window = windowOf(fields);
  const most = fields['MaxDatapoints'] ?? MOST_POINTS;
  if (typeof most !== 'number' || most < 1 || most > MOST_POINTS)
    throw invalid(`MaxDatapoints must be a number from 1 to ${MOST_POINTS}.`);
  const list = JSON.stringify(['data', window, queries.map(({ id }) => id)]);
  const [startLine = 0, startPoint = 0] = placesFrom(text(fields, 'NextToken'), list, 2);
  const lines = await linesOf(state, queries, window);
  const ascending = fields['ScanBy'] === 'TimestampAscending';
  return { ...page(state, lines, { ascending, most, startLine, startPoint, list }), Messages: [] };
}

function windowOf({ StartTime: from, EndTime: to }: Fields): Window {
  if (typeof from !== 'number' || typeof to !== 'number')
    throw invalid('The parameters StartTime and EndTime are required.');
  if (from >= to) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  return { from, to };
}

/** Every line that is to be shown, with the id of its query. */
async function linesOf(
  state: CloudWatchState,
  queries: Query[],
  window: Window,
): Promise<(Line & { id: string })[]> {
  const metrics = queries.filter(isMetric);
  const searches = await searched(state, queries);
  const read = await valuesOf(state, [...metrics, ...searches.flatMap(({ found }) => found)], window);
  const known = new Map<string, Line[]>();
  for (const query of metrics)
    known.set(query.id, [{ label: query.label ?? query.series.name, points: read(query) }]);
  const periodS = Math.min(
    ...metrics.map((query) => query.periodS),
    ...searches.map((search) => search.periodS),
    3600,
  );
  const scope = {
    lines: (id: string) => known.get(id) ?? evaluated(id),
    metrics: () => metrics.flatMap(({ id }) => known.get(id) ?? []),
    search: (terms: string, stat: string, period: number) =>
      searches
        .filter((search) => search.terms === terms && search.stat === stat && search.periodS === period)
        .slice(0, 1)
        .flatMap(({ found }) => found)
        .map((wanted) => ({ label: labelOf(wanted.series), points: read(wanted) })),
    times: timesOf(window, periodS),
  };
  const busy = new Set<string>();
  function evaluated(id: string): Line[] | undefined {
    const query = queries.find((each) => each.id === id);
    if (!query || isMetric(query)) return undefined;
    if (busy.has(id)) throw invalid(`The expression of ${id} refers to itself.`);
    busy.add(id);
    const lines = evaluate(query.expression, scope).map((line) => ({
      ...line,
      label: query.label ?? (line.label || id),
    }));
    known.set(id, lines);
    return lines;
  }
  return queries
    .filter(({ returned }) => returned)
    .flatMap(({ id }) => (scope.lines(id) ?? []).map((line) => ({ ...line, id })));
}

interface Search {
  terms: string;
  stat: string;
  periodS: number;
  found: Wanted[];
}

const MOST_FOUND = 100;

/** What the SEARCH calls in expressions find, before the expressions are evaluated. */
async function searched(state: CloudWatchState, queries: Query[]): Promise<Search[]> {
  const calls: { terms: string; stat: string; periodS: number }[] = [];
  for (const query of queries) {
    if (isMetric(query)) continue;
    for (const [, single, double, stat = '', period] of query.expression.matchAll(
      /SEARCH\s*\(\s*(?:'([^']*)'|"([^"]*)")\s*,\s*['"]([^'"]*)['"]\s*(?:,\s*(\d+)\s*)?\)/gi,
    ))
      calls.push({ terms: single ?? double ?? '', stat, periodS: Number(period ?? 300) });
  }
  if (calls.length === 0) return [];
  const all = await recentSeries(state);
  return calls.map((call) => {
    checkStat(call.stat);
    if (call.periodS < 60 || call.periodS % 60 !== 0)
      throw invalid(`The period of a search must be a multiple of 60, not ${call.periodS}.`);
    const meant = searchFor(call.terms);
    const found = all
      .filter(meant)
      .slice(0, MOST_FOUND)
      .map((series) => ({ series, stat: call.stat, periodS: call.periodS }));
    return { ...call, found };
  });
}

const labelOf = ({ name, dimensions }: Series) =>
  [...dimensions.filter(([key]) => key !== 'metric_type').map(([, value]) => value), name].join(' ');

function timesOf({ from, to }: Window, periodS: number): number[] {
  const first = Math.floor(from / periodS) * periodS;
  return Array.from(
    { length: Math.max(0, Math.ceil((to - first) / periodS)) },
    (_, index) => first + index * periodS,
  );
}

/** Goes through the minutes of the meshes asked for, once, however many series there are. */
async function valuesOf(
  { traffic, knobs, mode }: CloudWatchState,
  wanted: Wanted[],
  { from, to }: Window,
): Promise<(query: Wanted) => Map<number, number>> {
  const statistics = new Map<Wanted, SeriesStatistics>();
  const byMesh = new Map<string, Map<string, Wanted[]>>();
  for (const query of wanted) {
    statistics.set(query, new SeriesStatistics(query.periodS, query.stat));
    const mesh = query.series.dimensions.find(([name]) => name === 'Mesh')?.[1] ?? '';
    const series = byMesh.get(mesh) ?? new Map<string, Wanted[]>();
    byMesh.set(mesh, series);
    const key = seriesKey(query.series);
    series.set(key, [...(series.get(key) ?? []), query]);
  }
  const skewS = knobs.telemetryClockSkewSeconds;
  const longest = Math.max(60, ...wanted.map(({ periodS }) => periodS));
  const span = { from: Math.floor(from / longest) * longest - skewS, to: Math.ceil(to / 60) * 60 - skewS };
  for (const [mesh, series] of mode === 'empty' ? [] : byMesh) {
    /** Of each subject what is wanted of it, worked out when it is first seen. */
    const asked = new Map<string, { metric: string; query: Wanted }[]>();
    await traffic.eachMinute(mesh, span, (minute, tally) => {
      for (const subject of subjectsOf(tally)) {
        let queries = asked.get(subject.key);
        if (!queries) {
          queries = subject
            .series(mesh, knobs.cloudWatchNames)
            .flatMap(({ metric, series: each }) =>
              (series.get(seriesKey(each)) ?? []).map((query) => ({ metric, query })),
            );
          asked.set(subject.key, queries);
        }
        for (const { metric, query } of queries) {
          const sample = subject.sample(metric);
          if (sample) statistics.get(query)?.add(minute + skewS, sample);
        }
      }
    });
  }
  return (query) => {
    const first = Math.floor(from / query.periodS) * query.periodS;
    const points = statistics.get(query)?.points() ?? new Map<number, number>();
    return new Map([...points].filter(([time]) => time >= first && time < to));
  };
}

interface PageOptions {
  ascending: boolean;
  most: number;
  startLine: number;
  startPoint: number;
  list: string;
}

/** As many values as fit; those that are left follow on the next page. */
function page({ mode }: CloudWatchState, lines: (Line & { id: string })[], options: PageOptions): object {
  const { ascending, most, startLine, startPoint, list } = options;
  const results: object[] = [];
  let left = most;
  for (let place = startLine; place < lines.length; place++) {
    const line = lines[place];
    if (!line) continue;
    const ordered = [...line.points].sort(([a], [b]) => (ascending ? a - b : b - a));
    const start = place === startLine ? startPoint : 0;
    if (left === 0) return { MetricDataResults: results, NextToken: tokenFor(list, place, start) };
    const shown = ordered.slice(start, start + left);
    left -= shown.length;
    const more = start + shown.length < ordered.length;
    results.push(
      result(line, shown, more ? 'PartialData' : 'Complete', mode === 'partial' ? place : undefined),
    );
    if (more) return { MetricDataResults: results, NextToken: tokenFor(list, place, start + shown.length) };
  }
  return { MetricDataResults: results };
}

/** `faulty`: the place of a result of which a part is missing, or for every third all of it. */
function result(
  { id, label }: Line & { id: string },
  points: [number, number][],
  status: string,
  faulty: number | undefined,
): object {
  const broken = faulty !== undefined && faulty % 3 === 2;
  const kept = broken ? [] : faulty === undefined ? points : points.slice(0, Math.ceil(points.length / 2));
  return {
    Id: id,
    Label: label,
    Timestamps: kept.map(([time]) => time),
    Values: kept.map(([, value]) => value),
    StatusCode: broken ? 'InternalError' : faulty === undefined ? status : 'PartialData',
    ...(broken && { Messages: [{ Code: 'InternalError', Value: 'The values could not be read.' }] }),
  };
}
