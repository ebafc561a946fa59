/** Measurements, which speak in names of the AWS side, laid on the picture of a mesh. Linear in both. */
import { worstFirst } from '../finding';
import type { EntityKey } from '../keys';
import type { MeshModel } from '../model';
import type { EdgeKey, Topology } from '../topology';
import { telemetryFindings } from './findings';
import { DEFAULT_THRESHOLDS, healthOf, saysNothingCame, thresholdsWith } from './health';
import { groundOf } from './ground';
import type { Ground } from './ground';
import type { CallReading, Figures, Measured, TimeWindow } from './measured';
import { Silence, watchersIn } from './observed';
import type { EdgeTelemetry, EntityTelemetry, MeshTelemetry, Observation, Thresholds } from './overlay';
import { followCalls } from './passage';
import { splitsOf } from './splits';
import { strangersIn } from './strangers';
import { EVIDENCE_KINDS } from './measured';
import { Sums, Tally } from './tally';

export interface LayOverInput {
  model: MeshModel;
  /** Drawn from `model`. */
  topology: Topology;
  /** Of one or several sources, each over the whole window. */
  measured: readonly Measured[];
  window: TimeWindow;
  thresholds?: Thresholds | undefined;
  /** When the weights of a router were last changed, epoch milliseconds, where somebody watched; its history tells the rest. */
  changedAt?: ReadonlyMap<EntityKey, number> | undefined;
  /**
   * The same, measured from a later time to the end of the window, so that a split can be told of routes that changed
   * within it: what came before the change says nothing of the new weights.
   */
  later?: readonly { fromMs: number; measured: readonly Measured[] }[] | undefined;
}

/** Callers know how a target answered; its own metrics only count. They speak for it where they sent nearly all it got. */
const SPEAKS_FOR_ALL = 0.9;
const ANSWERS = ['errorRatio', 'faultRatio', 'throttleRatio', 'meanMs', 'p50Ms', 'p90Ms', 'p99Ms'] as const;

/** What a proxy says it received, completed with what its callers know of the answers. */
function withCallers(own: Figures, sent: Figures): Figures {
  if (sent.requests < SPEAKS_FOR_ALL * own.requests) return own;
  let completed: Figures | undefined;
  for (const answer of ANSWERS)
    if (own[answer] === undefined && sent[answer] !== undefined)
      (completed ??= { ...own })[answer] = sent[answer];
  return completed ?? own;
}

/** What a proxy and its callers say of one evidence source. */
function heard(own: Observation | undefined, sent: Observation | undefined): Observation | undefined {
  if (own === undefined || sent === undefined) return own ?? sent;
  const figures = withCallers(own.figures, sent.figures);
  if (figures === own.figures) return own;
  return { evidence: own.evidence, witnesses: [...own.witnesses, ...sent.witnesses], figures };
}

/** What was received by a gateway or node: its own word first, else that of its callers. */
function received(at: number, own: Tally, sent: Tally): Observation[] {
  const observations: Observation[] = [];
  for (const evidence of EVIDENCE_KINDS) {
    const observation = heard(own.observation(at, evidence), sent.observation(at, evidence));
    if (observation !== undefined) observations.push(observation);
  }
  return observations;
}

/** What gateways and nodes say that they received. */
function ownWords(measured: readonly Measured[], { names, places }: Ground): Tally {
  const readings = measured.flatMap(({ proxies }) => proxies);
  const own = new Tally(places.entities.count, new Sums(readings), readings.length);
  readings.forEach(({ proxy }, n) => {
    const bearer = names.proxy(proxy);
    if (bearer !== undefined) own.add(n, bearer);
  });
  return own;
}

const NO_CALLS: CallReading[] = [];
const callsIn = (measured: readonly Measured[]): CallReading[] =>
  NO_CALLS.concat(...measured.map(({ calls }) => calls));

/**
 * Joins measurements with a mesh: what entities and edges carried, how they do, who called whom and whether that is
 * declared, how weighted routes were really split, who is unknown, and what is wrong (MD6xx but MD610, worst first).
 *
 * Gateways and nodes have what they received; services and routers the sum of the calls through them. Each edge has the sum
 * of the calls that passed it; where the evidence does not tell edges apart, each has the whole, with `sharedWith`. Sources
 * are never added to each other: they see the same requests.
 */
export function layOver(input: LayOverInput): MeshTelemetry {
  const { model, topology, measured, window, thresholds = DEFAULT_THRESHOLDS, changedAt, later = [] } = input;
  const ground = groundOf(model, topology);
  const { names, ways, places, routes, ownThresholds } = ground;
  const passages = followCalls(callsIn(measured), ground);
  const own = ownWords(measured, ground);
  const thresholdsOf = (key: EntityKey) => thresholdsWith(thresholds, ownThresholds.get(key));
  const silence = new Silence(ways, watchersIn(measured, names), (key) =>
    saysNothingCame(own.observations(places.entities.of(key))),
  );

  const entities: Record<EntityKey, EntityTelemetry> = {};
  for (const { node, at } of ground.nodes) {
    const { key, kind } = node;
    const between = kind === 'service' || kind === 'router';
    const observations = between ? passages.entities.observations(at) : received(at, own, passages.entities);
    const isProxy = kind === 'gateway' || kind === 'node';
    if (!between && !isProxy && observations.length === 0) continue;
    const health = healthOf(observations, thresholdsOf(key));
    const quiet = between && observations.length === 0 && silence.isWatched(key);
    entities[key] = { observations, health: quiet ? 'idle' : health };
  }

  const edges: Record<EdgeKey, EdgeTelemetry> = {};
  for (const { edge, at } of ground.edges) {
    const observations = passages.edges.observations(at);
    const observed = silence.observed(edge, observations);
    const health = observed === 'no' ? 'idle' : healthOf(observations, thresholdsOf(edge.target));
    edges[edge.key] = { observations, observed, health };
  }

  const calls = passages.pairs.map(({ ends, services, undeclared }) => {
    const { source, target, post } = ends;
    const observations = passages.calls.observations(post.at);
    const health = healthOf(observations, thresholdsOf(target));
    return { source, target, services, declared: undeclared.length === 0, observations, health };
  });
  const counted = [
    { fromMs: window.fromMs, edges: passages.edges },
    ...later.map((part) => ({
      fromMs: part.fromMs,
      edges: followCalls(callsIn(part.measured), ground).edges,
    })),
  ];
  const splits = measured.length === 0 ? [] : splitsOf({ routes, window, counted, changedAt });
  const findings = telemetryFindings({ entities, splits }, passages.pairs, { model, ways, thresholdsOf });
  return {
    entities,
    edges,
    calls,
    splits,
    strangers: strangersIn(measured, names),
    findings: findings.sort(worstFirst),
  };
}
