/**
 * The metrics of App Mesh's Envoy extension (APPMESH_METRIC_EXTENSION_VERSION=1), sorted by the proxy or call they are about.
 * Source: https://docs.aws.amazon.com/app-mesh/latest/userguide/metrics.html
 */
import type { Dimension, Metric } from '@/lib/aws/cloudwatch';
import type { ProxyName } from '@/lib/mesh/telemetry/measured';

/** What a proxy tells of the traffic that reaches it. */
export const OWN_METRICS = [
  'RequestCount',
  'GrpcRequestCount',
  'ProcessedBytes',
  'ActiveConnectionCount',
] as const;

/** What a proxy tells of what it sends, by service and node. */
export const CALL_METRICS = [
  'RequestCountPerTarget',
  'HTTPCode_Target_2XX_Count',
  'HTTPCode_Target_3XX_Count',
  'HTTPCode_Target_4XX_Count',
  'HTTPCode_Target_5XX_Count',
  'TargetResponseTime',
  'TargetProcessedBytes',
] as const;

export type OwnMetric = (typeof OWN_METRICS)[number];
export type CallMetric = (typeof CALL_METRICS)[number];
export type AnyMetric = OwnMetric | CallMetric;

export type Separator = '_' | '.';

/** `envoy_appmesh_RequestCount`, `envoy.appmesh.RequestCount`: it depends on what carries it to CloudWatch. */
export const publishedName = (metric: AnyMetric, separator: Separator): string =>
  ['envoy', 'appmesh', metric].join(separator);

/** The metrics of one subject; several of a name are parts of one sum. */
export type MetricsByName = Partial<Record<AnyMetric, Metric[]>>;

export interface OwnMetrics {
  proxy: ProxyName;
  metrics: MetricsByName;
}

export interface CallMetrics {
  from: ProxyName;
  service: string;
  to: string;
  metrics: MetricsByName;
}

/** What there is of one mesh. */
export interface Catalogue {
  proxies: OwnMetrics[];
  calls: CallMetrics[];
}

const contentOf = (dimensions: readonly Dimension[], name: string) =>
  dimensions.find((each) => each.name === name)?.content;

/** Who publishes a metric; `undefined` where it is neither a node nor a gateway. */
function publisherOf({ dimensions }: Metric): ProxyName | undefined {
  const node = contentOf(dimensions, 'VirtualNode');
  if (node !== undefined) return { kind: 'node', awsName: node };
  const gateway = contentOf(dimensions, 'VirtualGateway');
  return gateway === undefined ? undefined : { kind: 'gateway', awsName: gateway };
}

/**
 * Of the same figure published with several sets of dimensions (rolled up in between), those of the smallest set: together they
 * are the whole, once.
 */
function once(metrics: readonly Metric[]): Metric[] {
  const bySet = new Map<string, Metric[]>();
  for (const each of metrics) {
    const set = JSON.stringify(each.dimensions.map(({ name }) => name).sort());
    bySet.set(set, [...(bySet.get(set) ?? []), each]);
  }
  const [smallest = []] = [...bySet.values()].sort(
    ([a], [b]) => (a?.dimensions.length ?? 0) - (b?.dimensions.length ?? 0),
  );
  return smallest;
}

/** Sorts listed metrics; those about nothing that is known here are left out. */
export function sortMetrics(listed: readonly (readonly [AnyMetric, readonly Metric[]])[]): Catalogue {
  const proxies = new Map<string, OwnMetrics>();
  const calls = new Map<string, CallMetrics>();
  const add = (metrics: MetricsByName, name: AnyMetric, metric: Metric) => {
    metrics[name] = [...(metrics[name] ?? []), metric];
  };
  for (const [name, found] of listed)
    for (const metric of found) {
      const from = publisherOf(metric);
      if (from === undefined) continue;
      const service = contentOf(metric.dimensions, 'TargetVirtualService');
      const to = contentOf(metric.dimensions, 'TargetVirtualNode');
      if (service !== undefined && to !== undefined) {
        const id = JSON.stringify([from.kind, from.awsName, service, to]);
        const call = calls.get(id) ?? { from, service, to, metrics: {} };
        calls.set(id, call);
        add(call.metrics, name, metric);
      } else if (service === undefined && to === undefined) {
        const id = JSON.stringify([from.kind, from.awsName]);
        const own = proxies.get(id) ?? { proxy: from, metrics: {} };
        proxies.set(id, own);
        add(own.metrics, name, metric);
      }
    }
  const thinned = <T extends { metrics: MetricsByName }>(of: T): T => {
    const names = [...OWN_METRICS, ...CALL_METRICS].filter((name) => of.metrics[name] !== undefined);
    return { ...of, metrics: Object.fromEntries(names.map((name) => [name, once(of.metrics[name] ?? [])])) };
  };
  return { proxies: [...proxies.values()].map(thinned), calls: [...calls.values()].map(thinned) };
}

/** A metric as text: `namespace name{Mesh=shop, VirtualNode=front}`. */
export const metricText = ({ namespace, name, dimensions }: Metric): string =>
  `${namespace} ${name}{${dimensions.map((each) => `${each.name}=${each.content}`).join(', ')}}`;
