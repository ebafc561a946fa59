/** ListMetrics: which series there are. */
import { seriesKey, subjectsOf, type Series } from './catalogue';
import type { CloudWatchState } from './handler';
import { badParameter, need, objects, placesFrom, text, tokenFor, type Fields } from './requests';

const PER_PAGE = 500;
/** Series are looked for in the last three hours, whether or not only those are asked for. */
const RECENT_S = 3 * 3600;

export async function listMetrics(state: CloudWatchState, fields: Fields): Promise<object> {
  const recently = text(fields, 'RecentlyActive');
  if (recently !== undefined && recently !== 'PT3H')
    throw badParameter('The only value that RecentlyActive takes is PT3H.');
  const namespace = text(fields, 'Namespace');
  const name = text(fields, 'MetricName');
  const wanted = objects(fields, 'Dimensions').map((each) => ({
    name: need(each, 'Name'),
    value: text(each, 'Value'),
  }));
  if (wanted.length > 10) throw badParameter('The collection Dimensions must not have more than 10 members.');
  const list = JSON.stringify(['metrics', namespace, name, wanted]);
  const [start = 0] = placesFrom(text(fields, 'NextToken'), list, 1);
  const found = (await recentSeries(state)).filter(
    (series) =>
      (namespace === undefined || series.namespace === namespace) &&
      (name === undefined || series.name === name) &&
      wanted.every((dimension) =>
        series.dimensions.some(
          ([key, value]) =>
            key === dimension.name && (dimension.value === undefined || dimension.value === value),
        ),
      ),
  );
  const end = start + PER_PAGE;
  const shown = state.mode === 'partial' ? Math.ceil(found.length / 2) : found.length;
  return {
    Metrics: found.slice(start, Math.min(end, shown)).map((series) => ({
      Namespace: series.namespace,
      MetricName: series.name,
      Dimensions: series.dimensions.map(([Name, Value]) => ({ Name, Value })),
    })),
    ...(end < shown && { NextToken: tokenFor(list, end) }),
  };
}

/** In the order of their names. */
export async function recentSeries({ traffic, knobs, mode }: CloudWatchState): Promise<Series[]> {
  if (mode === 'empty') return [];
  const to = traffic.currentSecond;
  const span = { from: Math.floor((to - RECENT_S) / 60) * 60, to };
  const known = new Map<string, Series>();
  for (const mesh of traffic.meshNames(span)) {
    /** Of each subject the series that have not been seen yet. */
    const left = new Map<string, { metric: string; series: Series }[]>();
    await traffic.eachMinute(mesh, span, (_, tally) => {
      for (const subject of subjectsOf(mesh, tally, knobs.cloudWatchNames)) {
        const unseen = left.get(subject.key) ?? subject.series();
        if (unseen.length === 0) continue;
        const seen = unseen.filter(({ metric }) => subject.sample(metric) !== undefined);
        for (const { series } of seen) known.set(seriesKey(series), series);
        left.set(
          subject.key,
          unseen.filter((each) => !seen.includes(each)),
        );
      }
    });
  }
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, series]) => series);
}
