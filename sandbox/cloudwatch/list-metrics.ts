/** ListMetrics: which series there are. */
import type { Knobs } from '../kube/types';
import type { Traffic } from '../traffic/traffic';
import { seriesKey, subjectsOf, type Series } from './catalogue';
import type { CloudWatchState } from './handler';
import { badParameter, need, objects, placesFrom, text, tokenFor, type Fields } from './requests';

const PER_PAGE = 500;
/** Series are looked for in the last three hours, whether or not only those are asked for. */
const RECENT_S = 3 * 3600;
/** In a large mesh fewer minutes are looked at: so many calls between two proxies and a minute. */
const MOST_LINKS = 60_000;

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
  const meant = (await recentSeries(state)).filter(
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
  const shown = state.mode === 'partial' ? Math.ceil(meant.length / 2) : meant.length;
  return {
    Metrics: meant.slice(start, Math.min(end, shown)).map((series) => ({
      Namespace: series.namespace,
      MetricName: series.name,
      Dimensions: series.dimensions.map(([Name, Value]) => ({ Name, Value })),
    })),
    ...(end < shown && { NextToken: tokenFor(list, end) }),
  };
}

interface Found {
  /** What the answer depends on beside the traffic. */
  of: string;
  series: Promise<Series[]>;
}

/** Found once a minute: the pages of a list follow each other, and each would look at everything again. */
const found = new WeakMap<Traffic, Found>();

/** In the order of their names. */
export function recentSeries({ traffic, knobs, mode }: CloudWatchState): Promise<Series[]> {
  if (mode === 'empty') return Promise.resolve([]);
  const minute = Math.floor(traffic.currentSecond / 60);
  const of = JSON.stringify([minute, knobs.cloudWatchNames, knobs.trafficSeed]);
  const known = found.get(traffic);
  if (known?.of === of) return known.series;
  const series = lookForSeries(traffic, knobs.cloudWatchNames);
  found.set(traffic, { of, series });
  return series;
}

async function lookForSeries(traffic: Traffic, names: Knobs['cloudWatchNames']): Promise<Series[]> {
  const to = traffic.currentSecond;
  const thisMinute = Math.floor(to / 60) * 60;
  const known = new Map<string, Series>();
  for (const mesh of traffic.meshNames({ from: to - RECENT_S, to })) {
    const { links } = await traffic.total(mesh, { from: thisMinute - 60, to: thisMinute });
    const minutes = Math.max(5, Math.min(RECENT_S / 60, Math.floor(MOST_LINKS / (links.size + 1))));
    const span = { from: thisMinute - minutes * 60, to };
    /** Of each subject the series that have not been seen yet. */
    const left = new Map<string, { metric: string; series: Series }[]>();
    await traffic.eachMinute(mesh, span, (_, tally) => {
      for (const subject of subjectsOf(tally)) {
        const unseen = left.get(subject.key) ?? subject.series(mesh, names);
        const still = unseen.filter(({ metric, series }) => {
          if (subject.sample(metric) === undefined) return true;
          known.set(seriesKey(series), series);
          return false;
        });
        left.set(subject.key, still);
      }
    });
  }
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, series]) => series);
}
