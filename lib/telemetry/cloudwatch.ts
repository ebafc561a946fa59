/** Evidence from CloudWatch: every request is counted, by caller, service and node; where Envoy's App Mesh metrics are published. */
import 'server-only';
import type { CloudWatchApi, MetricAnswer, MetricAsk } from '@/lib/aws/cloudwatch';
import type { Stretch } from '@/lib/aws/windows';
import type {
  CallReading,
  Figures,
  Measured,
  ProxyName,
  ProxyReading,
  Series,
} from '@/lib/mesh/telemetry/measured';
import { discoverMetrics } from './discover-metrics';
import type { Discovered } from './discover-metrics';
import { metricText } from './metric-catalogue';
import type { CallMetrics, Catalogue, MetricsByName, OwnMetrics, Separator } from './metric-catalogue';
import { addCalls, callFigures, proxyFigures } from './metric-counts';
import { askCall, askOwn, readCall, readOwn } from './metric-plan';
import type { CallQuestion, OwnQuestion, Periods } from './metric-plan';
import { MetricQuestions } from './metric-questions';
import type { Buckets } from './metric-questions';
import { alignBack, gridFor, periodFor } from './periods';
import type { EvidenceReader, Scope, SeriesSubject, Spent, Trouble } from './types';

export interface CloudWatchReaderOptions {
  api: CloudWatchApi;
  /** Else the one with the most metrics of the mesh. */
  namespace?: string | undefined;
  /** Else whichever is found. */
  separator?: Separator | undefined;
  /** Epoch milliseconds. */
  now?: () => number;
}

/** Windows begin to be read at whole minutes, some sooner and some later: so much less than whole minutes is surely over by then. */
const SOONER_MS = 10_000;
/** How long what is published is taken for granted; shorter, where proxies are asked about that publish nothing yet. */
const KEPT_MS = 15 * 60_000 - SOONER_MS;
const KEPT_INCOMPLETE_MS = 2 * 60_000 - SOONER_MS;
/** What "recently active" covers. */
const RECENT_MS = 3 * 3_600_000;
const LONGEST_PERIOD_SECONDS = 86_400;
const CHART = ['perSecond', 'errorRatio', 'faultRatio', 'meanMs', 'p50Ms', 'p90Ms', 'p99Ms', 'bytesPerSecond', 'connections'] as const; // prettier-ignore

const idOf = ({ kind, awsName }: ProxyName) => `${kind}/${awsName}`;

const witnessOf = (metrics: MetricsByName): string => {
  const [first] = metrics.RequestCountPerTarget ?? metrics.RequestCount ?? Object.values(metrics).flat();
  return first ? metricText(first) : '';
};

/** A proxy with the calls to it. A gateway is called from outside. */
interface Receiver {
  proxy: ProxyName;
  own: OwnMetrics | undefined;
  calls: CallMetrics[];
}

function receiversOf({ proxies, calls }: Catalogue, of: readonly ProxyName[]): Receiver[] {
  const owns = new Map(proxies.map((each) => [idOf(each.proxy), each]));
  return of
    .map((proxy) => ({
      proxy,
      own: owns.get(idOf(proxy)),
      calls: proxy.kind === 'node' ? calls.filter(({ to }) => to === proxy.awsName) : [],
    }))
    .filter((each) => each.own !== undefined || each.calls.length > 0);
}

/** Everything that is asked about some proxies and calls, and the answers. */
interface Answered {
  own(of: OwnMetrics | undefined): ReturnType<typeof readOwn>;
  call(of: CallMetrics): ReturnType<typeof readCall>;
}

function plan(owns: readonly OwnMetrics[], calls: readonly CallMetrics[], periods: Periods) {
  const questions = new MetricQuestions();
  const ownQuestions = new Map<OwnMetrics, OwnQuestion>();
  const callQuestions = new Map<CallMetrics, CallQuestion>();
  for (const own of owns) ownQuestions.set(own, askOwn(questions, own, periods));
  for (const call of calls) callQuestions.set(call, askCall(questions, call, periods));
  const read = (answers: readonly MetricAnswer[], buckets: Buckets, silence: 0 | undefined): Answered => ({
    own: (of) => {
      const question = of && ownQuestions.get(of);
      return question && readOwn(question, answers, buckets, silence);
    },
    call: (of) => {
      const question = callQuestions.get(of);
      return question && readCall(question, answers, buckets, silence);
    },
  });
  return { asks: questions.asks, read };
}

function measuredOf(catalogue: Catalogue, scope: Scope, answered: Answered, seconds: number): Measured {
  const proxies = receiversOf(catalogue, scope.proxies).flatMap(({ proxy, own, calls }): ProxyReading[] => {
    const ownCount = answered.own(own)?.[0];
    const callCounts = calls.flatMap((call) => answered.call(call)?.[0] ?? []);
    if (ownCount === undefined && callCounts.length === 0) return [];
    const witness = witnessOf(own?.metrics ?? calls[0]?.metrics ?? {});
    const figures = proxyFigures(ownCount ?? {}, callCounts, seconds);
    return [{ proxy, evidence: 'cloudwatch', witness, figures }];
  });
  const calls = catalogue.calls.flatMap((call): CallReading[] => {
    const count = answered.call(call)?.[0];
    if (count === undefined) return [];
    const { from, service, to, metrics } = call;
    const figures = callFigures(count, seconds);
    return [{ from, service, to, evidence: 'cloudwatch', witness: witnessOf(metrics), figures }];
  });
  return { proxies, calls, strangers: [] };
}

/** Calls that a subject is about: by caller, service and node, as far as they are named. */
const isAsked = ({ from, service, to }: CallMetrics, subject: SeriesSubject): boolean =>
  (subject.from === undefined || idOf(subject.from) === idOf(from)) &&
  (subject.service === undefined || subject.service === service) &&
  subject.to === to;

/**
 * Reads App Mesh's Envoy metrics (APPMESH_METRIC_EXTENSION_VERSION=1). Which there are is listed once per mesh and kept; figures
 * are asked by exact dimensions, for proxies of the scope and what they call or are called by. Billed by the statistic: up to
 * eight per call and four per proxy, however long the window is. Latency is absent where the pipeline drops it (Prometheus).
 * A proxy's connections are the mean of what its publishers report.
 */
export function createCloudWatchReader(options: CloudWatchReaderOptions): EvidenceReader {
  const { api, namespace, separator, now = Date.now } = options;
  const kept = new Map<string, { catalogue: Catalogue; atMs: number }>();
  const listing = new Map<string, Promise<Discovered>>();

  async function discover(scope: Scope, window: Stretch, signal: AbortSignal): Promise<Discovered> {
    const atMs = now();
    const recent = window.fromMs >= atMs - RECENT_MS;
    const id = JSON.stringify([scope.mesh, scope.owner, recent]);
    const known = kept.get(id);
    if (known) {
      const { proxies, calls } = known.catalogue;
      const published = new Set([
        ...proxies.map(({ proxy }) => idOf(proxy)),
        ...calls.map(({ to }) => `node/${to}`),
      ]);
      const complete = scope.proxies.every((proxy) => published.has(idOf(proxy)));
      if (atMs - known.atMs < (complete ? KEPT_MS : KEPT_INCOMPLETE_MS))
        return { catalogue: known.catalogue, troubles: [], calls: 0 };
    }
    const begun = listing.get(id);
    // Who listed has counted the calls.
    if (begun) return { ...(await begun), calls: 0 };
    const list = discoverMetrics(api, scope, { namespace, separator }, recent, signal);
    listing.set(id, list);
    try {
      const found = await list;
      // A list with parts missing is used, but asked for again.
      if (found.catalogue && found.troubles.length === 0) kept.set(id, { catalogue: found.catalogue, atMs });
      return found;
    } finally {
      listing.delete(id);
    }
  }

  /** Asks, and tells how it went. */
  async function ask(asks: readonly MetricAsk[], window: Stretch, before: Discovered, signal: AbortSignal) {
    const reading =
      asks.length === 0
        ? { result: { answers: [], metrics: 0 }, troubles: [], calls: 0 }
        : await api.metricData(asks, window, signal);
    const troubles: Trouble[] = [...before.troubles, ...reading.troubles];
    const calls = before.calls + reading.calls;
    const spent: Spent = { metrics: reading.result?.metrics ?? 0, traces: 0, calls };
    return { answers: reading.result?.answers, troubles, spent };
  }

  return {
    kind: 'cloudwatch',

    async measure(scope, window, signal) {
      const found = await discover(scope, window, signal);
      const unspent = { metrics: 0, traces: 0, calls: found.calls };
      if (found.catalogue === undefined) return { troubles: found.troubles, spent: unspent };
      const inScope = new Set(scope.proxies.map(idOf));
      const catalogue: Catalogue = {
        proxies: found.catalogue.proxies.filter(({ proxy }) => inScope.has(idOf(proxy))),
        calls: found.catalogue.calls.filter(
          ({ from, to }) => inScope.has(idOf(from)) || inScope.has(`node/${to}`),
        ),
      };
      const countSeconds = gridFor(window, now());
      const aligned = alignBack(window, countSeconds);
      const seconds = (aligned.toMs - aligned.fromMs) / 1000;
      const periods = { countSeconds, timeSeconds: Math.min(seconds, LONGEST_PERIOD_SECONDS) };
      const { asks, read } = plan(catalogue.proxies, catalogue.calls, periods);
      const { answers, troubles, spent } = await ask(asks, aligned, found, signal);
      if (answers === undefined) return { troubles, spent };
      const whole = { fromMs: aligned.fromMs, stepMs: seconds * 1000, count: 1 };
      return { result: measuredOf(catalogue, scope, read(answers, whole, 0), seconds), troubles, spent };
    },

    async series(scope, subject, window, signal) {
      const found = await discover(scope, window, signal);
      const unspent = { metrics: 0, traces: 0, calls: found.calls };
      if (found.catalogue === undefined) return { troubles: found.troubles, spent: unspent };
      const { from, to } = subject;
      const [receiver] = to === undefined && from ? receiversOf(found.catalogue, [from]) : [];
      const calls = receiver?.calls ?? found.catalogue.calls.filter((call) => isAsked(call, subject));
      const owns = receiver?.own ? [receiver.own] : [];

      const stepSeconds = periodFor(window.stepSeconds, window.fromMs, now());
      const stepMs = stepSeconds * 1000;
      const fromMs = Math.floor(window.fromMs / stepMs) * stepMs;
      const count = Math.max(1, Math.ceil((window.toMs - fromMs) / stepMs));
      const stretch = { fromMs, toMs: fromMs + count * stepMs };
      const { asks, read } = plan(owns, calls, { countSeconds: stepSeconds, timeSeconds: stepSeconds });
      const { answers, troubles, spent } = await ask(asks, stretch, found, signal);
      if (answers === undefined) return { troubles, spent };

      const answered = read(answers, { fromMs, stepMs, count }, undefined);
      const own = answered.own(receiver?.own);
      const counts = calls.flatMap((call) => {
        const perStep = answered.call(call);
        return perStep ? [perStep] : [];
      });
      const perStep = Array.from({ length: count }, (_, n): Figures => {
        const seconds = Math.min(stepMs, window.toMs - fromMs - n * stepMs) / 1000;
        const inStep = counts.flatMap((each) => each[n] ?? []);
        return receiver
          ? proxyFigures(own?.[n] ?? {}, inStep, seconds)
          : callFigures(addCalls(inStep), seconds);
      });
      const witness = witnessOf(receiver?.own?.metrics ?? calls[0]?.metrics ?? {});
      const lines = CHART.map((figure): Series => {
        const points = perStep.map((figures) => figures[figure] ?? null);
        return { figure, evidence: 'cloudwatch', witness, fromMs, stepSeconds, points };
      });
      return {
        result: lines.filter(({ points }) => points.some((point) => point !== null)),
        troubles,
        spent,
      };
    },

    close: () => api.close(),
  };
}
