/** The metrics of the App Mesh extension of Envoy: their names and dimensions, and what of the traffic each of them counts. */
import type { Knobs } from '../kube/types';
import type { Packed } from '../traffic/histogram';
import { requestsOf, type LinkTally, type Party, type Tally } from '../traffic/tally';

/** What a metric holds for one minute. */
export interface Sample {
  sum: number;
  samples: number;
  least: number;
  most: number;
  /** Of timings, in milliseconds. */
  latencies?: Packed[];
}

type Kind = 'counter' | 'gauge' | 'timing';

interface ProxyMetric {
  kind: Kind;
  /** `incoming`: everything that came to the proxy. */
  sample(incoming: LinkTally[]): Sample | undefined;
}

interface TargetMetric {
  kind: Kind;
  sample(link: LinkTally): Sample | undefined;
}

const one = (count: number): Sample | undefined =>
  count > 0 ? { sum: count, samples: 1, least: count, most: count } : undefined;

const sum = (links: LinkTally[], of: (link: LinkTally) => number) =>
  links.reduce((total, link) => total + of(link), 0);
const came = (link: LinkTally) => requestsOf(link) - link.unreached;
const bytes = ({ requestBytes, answerBytes }: LinkTally) => requestBytes + answerBytes;
const isGrpc = ({ protocol }: LinkTally) => protocol === 'grpc';
const isHttp = ({ protocol }: LinkTally) => protocol === 'http' || protocol === 'http2';

/** Requests that share a connection. */
const PER_CONNECTION = 50;
const connections = (link: LinkTally) =>
  link.protocol === 'tcp' ? came(link) : Math.ceil(came(link) / PER_CONNECTION);

const PROXY_METRICS: Record<string, ProxyMetric> = {
  ActiveConnectionCount: {
    kind: 'gauge',
    sample: (links) => one(sum(links, came) > 0 ? 2 + Math.round(sum(links, came) / 240) : 0),
  },
  NewConnectionCount: { kind: 'counter', sample: (links) => one(sum(links, connections)) },
  ProcessedBytes: { kind: 'counter', sample: (links) => one(sum(links, bytes)) },
  RequestCount: { kind: 'counter', sample: (links) => one(sum(links.filter(isHttp), came)) },
  GrpcRequestCount: { kind: 'counter', sample: (links) => one(sum(links.filter(isGrpc), came)) },
};

const unlessTcp =
  (count: (link: LinkTally) => number): TargetMetric['sample'] =>
  (link) =>
    link.protocol === 'tcp' ? undefined : one(count(link));

const TARGET_METRICS: Record<string, TargetMetric> = {
  TargetProcessedBytes: { kind: 'counter', sample: (link) => one(bytes(link)) },
  HTTPCode_Target_2XX_Count: { kind: 'counter', sample: unlessTcp(({ ok }) => ok) },
  HTTPCode_Target_4XX_Count: {
    kind: 'counter',
    sample: unlessTcp(({ error, throttle }) => error + throttle),
  },
  HTTPCode_Target_5XX_Count: { kind: 'counter', sample: unlessTcp(({ fault }) => fault) },
  RequestCountPerTarget: { kind: 'counter', sample: unlessTcp(requestsOf) },
  TargetResponseTime: {
    kind: 'timing',
    sample: (link) =>
      link.protocol === 'tcp' || requestsOf(link) === 0
        ? undefined
        : {
            sum: link.sumMs,
            samples: requestsOf(link),
            least: link.leastMs,
            most: link.mostMs,
            latencies: link.latencies,
          },
  },
};

interface Naming {
  namespace: string;
  prefix: string;
  metricType: boolean;
  timings: boolean;
}

/** As the three pipelines name what they forward. The namespace is chosen by whoever sets one up; these are defaults. */
const NAMINGS: Record<Knobs['cloudWatchNames'], Naming> = {
  statsd: { namespace: 'CWAgent', prefix: 'envoy_appmesh_', metricType: true, timings: true },
  prometheus: {
    namespace: 'ContainerInsights/Prometheus',
    prefix: 'envoy_appmesh_',
    metricType: false,
    timings: false,
  },
  adot: { namespace: 'AppMesh', prefix: 'envoy.appmesh.', metricType: false, timings: true },
};

export interface Series {
  namespace: string;
  name: string;
  /** By name, in the order of their names. */
  dimensions: readonly (readonly [name: string, value: string])[];
}

export const seriesKey = ({ namespace, name, dimensions }: Series) =>
  JSON.stringify([namespace, name, [...dimensions].sort(([a], [b]) => (a < b ? -1 : 1))]);

const ownerDimension = ({ kind, name }: Party): [string, string] => [
  kind === 'gateway' ? 'VirtualGateway' : 'VirtualNode',
  name,
];

/** What some metrics are about, in one minute: a proxy, or a target as its caller sees it. */
export interface Subject {
  /** The same in every minute of a mesh. */
  key: string;
  /** By what they are called: those it may have, and what they hold if anything. */
  series(mesh: string, names: Knobs['cloudWatchNames']): { metric: string; series: Series }[];
  sample(metric: string): Sample | undefined;
}

// Classes, because a day of a mesh has hundreds of thousands of them, and functions made for each would cost more.

class TargetSubject implements Subject {
  constructor(
    readonly key: string,
    private readonly link: LinkTally,
  ) {}

  series(mesh: string, names: Knobs['cloudWatchNames']) {
    const { from, to, service } = this.link;
    return seriesOf(TARGET_METRICS, names, [
      ['Mesh', mesh],
      ...(from ? [ownerDimension(from)] : []),
      ['TargetVirtualNode', to?.name ?? ''],
      ['TargetVirtualService', service ?? ''],
    ]);
  }

  sample(metric: string): Sample | undefined {
    return TARGET_METRICS[metric]?.sample(this.link);
  }
}

class ProxySubject implements Subject {
  readonly incoming: LinkTally[] = [];

  constructor(
    readonly key: string,
    private readonly party: Party,
  ) {}

  series(mesh: string, names: Knobs['cloudWatchNames']) {
    return seriesOf(PROXY_METRICS, names, [['Mesh', mesh], ownerDimension(this.party)]);
  }

  sample(metric: string): Sample | undefined {
    return PROXY_METRICS[metric]?.sample(this.incoming);
  }
}

/** Everything that happened in a minute of a mesh, as subjects of metrics. What goes past the proxies is in none. */
export function subjectsOf({ links }: Tally): Subject[] {
  const subjects: Subject[] = [];
  const proxies = new Map<string, ProxySubject>();
  for (const [key, link] of links) {
    const { from, to } = link;
    if (!to) continue;
    const party = `${to.kind} ${to.name}`;
    let proxy = proxies.get(party);
    if (!proxy) {
      proxy = new ProxySubject(party, to);
      proxies.set(party, proxy);
      subjects.push(proxy);
    }
    proxy.incoming.push(link);
    if (from && link.service !== undefined && link.declared) subjects.push(new TargetSubject(key, link));
  }
  return subjects;
}

type Dimensions = [name: string, value: string][];

function seriesOf(
  metrics: Record<string, { kind: Kind }>,
  names: Knobs['cloudWatchNames'],
  dimensions: Dimensions,
): { metric: string; series: Series }[] {
  const { namespace, prefix, metricType, timings } = NAMINGS[names];
  return Object.entries(metrics)
    .filter(([, { kind }]) => timings || kind !== 'timing')
    .map(([metric, { kind }]) => ({
      metric,
      series: {
        namespace,
        name: prefix + metric,
        dimensions: metricType ? [...dimensions, ['metric_type', kind] as const] : dimensions,
      },
    }));
}
