/** Finding out under which namespace, name and dimensions a mesh's metrics are published. */
import type { CloudWatchApi, Metric } from '@/lib/aws/cloudwatch';
import { CALL_METRICS, OWN_METRICS, publishedName, sortMetrics } from './metric-catalogue';
import type { AnyMetric, Catalogue, Separator } from './metric-catalogue';
import type { Scope, Trouble } from './types';

export interface Discovered {
  /** Absent where nothing could be learned. */
  catalogue?: Catalogue | undefined;
  troubles: Trouble[];
  calls: number;
}

interface Listed {
  metric: AnyMetric;
  separator: Separator;
  found: Metric[];
}

/** Every pipeline has at least one of these for every proxy with traffic; the rest is asked where these are. */
const PROBES: readonly AnyMetric[] = ['RequestCount', 'ProcessedBytes', 'RequestCountPerTarget'];

/** The namespace and separator with the most metrics: a mesh that is published twice must not be counted twice. */
function fullest(listed: readonly Listed[]): { namespace: string; separator: Separator } | undefined {
  const counts = new Map<string, { namespace: string; separator: Separator; count: number }>();
  for (const { separator, found } of listed)
    for (const { namespace } of found) {
      const id = `${separator}${namespace}`;
      const known = counts.get(id) ?? { namespace, separator, count: 0 };
      counts.set(id, { ...known, count: known.count + 1 });
    }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0];
}

/**
 * Lists what is published of the scope's mesh: three names in either spelling, then the rest in the spelling found. Listing is
 * not billed by the metric.
 */
export async function discoverMetrics(
  api: CloudWatchApi,
  scope: Pick<Scope, 'mesh' | 'owner'>,
  known: { namespace?: string | undefined; separator?: Separator | undefined },
  recentlyActive: boolean,
  signal: AbortSignal,
): Promise<Discovered> {
  const { mesh, owner } = scope;
  const meshNames = owner === undefined ? [mesh] : [mesh, `${mesh}@${owner}`];
  const troubles: Trouble[] = [];
  let calls = 0;
  let failed = 0;

  const list = async (metric: AnyMetric, separator: Separator, namespace?: string): Promise<Listed> => {
    const dimension = { name: 'Mesh', content: owner === undefined ? mesh : undefined };
    const name = publishedName(metric, separator);
    const reading = await api.listMetrics(
      { name, namespace, dimensions: [dimension], recentlyActive },
      signal,
    );
    calls += reading.calls;
    troubles.push(...reading.troubles);
    if (reading.result === undefined) failed += 1;
    const found = (reading.result ?? []).filter(({ dimensions }) =>
      dimensions.some((each) => each.name === 'Mesh' && meshNames.includes(each.content)),
    );
    return { metric, separator, found };
  };

  const separators: Separator[] = known.separator === undefined ? ['_', '.'] : [known.separator];
  const probed = await Promise.all(
    separators.flatMap((separator) => PROBES.map((metric) => list(metric, separator, known.namespace))),
  );
  if (failed === probed.length) return { troubles, calls };
  const place = fullest(probed);
  if (place === undefined) return { catalogue: { proxies: [], calls: [] }, troubles, calls };
  const rest = [...OWN_METRICS, ...CALL_METRICS].filter((metric) => !PROBES.includes(metric));
  const listed = [
    ...probed.filter(({ separator }) => separator === place.separator),
    ...(await Promise.all(rest.map((metric) => list(metric, place.separator, place.namespace)))),
  ];
  const catalogue = sortMetrics(
    listed.map(({ metric, found }) => [
      metric,
      found.filter(({ namespace }) => namespace === place.namespace),
    ]),
  );
  return { catalogue, troubles, calls };
}
