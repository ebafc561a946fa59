/** Measurements, which speak in names of the AWS side, laid on the picture of a mesh. Linear in both. */
import { worstFirst } from '../finding';
import type { EntityKey } from '../keys';
import type { MeshModel } from '../model';
import type { EdgeKey, EdgeKind, Topology } from '../topology';
import { telemetryFindings } from './findings';
import { DEFAULT_THRESHOLDS, healthOf, saysNothingCame, thresholdsWith } from './health';
import type { CallReading, Figures, Measured, TimeWindow } from './measured';
import { namesOf } from './names';
import { Silence, watchersIn } from './observed';
import type { EdgeTelemetry, EntityTelemetry, MeshTelemetry, Observation, Thresholds } from './overlay';
import { followCalls } from './passage';
import { splitsOf } from './splits';
import { strangersIn } from './strangers';
import { EVIDENCE, Tally } from './tally';
import { Ways } from './ways';

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

/** Edges that requests pass. */
const CARRYING: ReadonlySet<EdgeKind> = new Set(['gateway-route', 'backend', 'provider', 'route-target']);

/** Callers know how a target answered; its own metrics only count. They speak for it where they sent nearly all it got. */
const SPEAKS_FOR_ALL = 0.9;
const ANSWERS = ['errorRatio', 'faultRatio', 'throttleRatio', 'meanMs', 'p50Ms', 'p90Ms', 'p99Ms'] as const;

/** What a proxy says it received, completed with what its callers know of the answers. */
function withCallers(own: Figures, sent: Figures): Figures {
  if (sent.requests < SPEAKS_FOR_ALL * own.requests) return own;
  const missing = ANSWERS.filter((answer) => own[answer] === undefined && sent[answer] !== undefined);
  if (missing.length === 0) return own;
  return { ...own, ...Object.fromEntries(missing.map((answer) => [answer, sent[answer]])) };
}

/** What was received by a gateway or node: its own word first, else that of its callers. */
function received(key: EntityKey, own: Tally<EntityKey>, sent: Tally<EntityKey>): Observation[] {
  const its = own.observations(key);
  const callers = sent.observations(key);
  if (its.length === 0 || callers.length === 0) return its.length === 0 ? callers : its;
  return EVIDENCE.flatMap((evidence): Observation[] => {
    const said = its.find((each) => each.evidence === evidence);
    const heard = callers.find((each) => each.evidence === evidence);
    if (said === undefined || heard === undefined) return said ? [said] : heard ? [heard] : [];
    const figures = withCallers(said.figures, heard.figures);
    if (figures === said.figures) return [said];
    return [{ evidence, witnesses: [...said.witnesses, ...heard.witnesses], figures }];
  });
}

const callsIn = (measured: readonly Measured[]): CallReading[] => measured.flatMap(({ calls }) => calls);

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
  const names = namesOf(model, topology);
  const ways = new Ways(topology);
  const passages = followCalls(callsIn(measured), names, ways);
  const own = new Tally<EntityKey>();
  for (const { proxies } of measured)
    for (const reading of proxies) {
      const key = names.proxy(reading.proxy);
      if (key !== undefined) own.add(key, reading);
    }
  const thresholdsOf = (key: EntityKey) => thresholdsWith(thresholds, model.entities.get(key)?.thresholds);
  const silence = new Silence(ways, watchersIn(measured, names), (key) =>
    saysNothingCame(own.observations(key)),
  );

  const entities: Record<EntityKey, EntityTelemetry> = {};
  for (const { key, kind } of topology.nodes) {
    const between = kind === 'service' || kind === 'router';
    const observations = between
      ? passages.entities.observations(key)
      : received(key, own, passages.entities);
    const isProxy = kind === 'gateway' || kind === 'node';
    if (!between && !isProxy && observations.length === 0) continue;
    const health = healthOf(observations, thresholdsOf(key));
    const quiet = between && observations.length === 0 && silence.isWatched(key);
    entities[key] = { observations, health: quiet ? 'idle' : health };
  }

  const edges: Record<EdgeKey, EdgeTelemetry> = {};
  for (const edge of topology.edges) {
    if (!CARRYING.has(edge.kind)) continue;
    const observations = passages.edges.observations(edge.key);
    const observed = silence.observed(edge, observations);
    const health = observed === 'no' ? 'idle' : healthOf(observations, thresholdsOf(edge.target));
    edges[edge.key] = { observations, observed, health };
  }

  const calls = passages.pairs.map(({ source, target, services, declared, key }) => {
    const observations = passages.calls.observations(key);
    const health = healthOf(observations, thresholdsOf(target));
    return { source, target, services: [...services], declared, observations, health };
  });
  const counted = [
    { fromMs: window.fromMs, edges: passages.edges },
    ...later.map((part) => ({
      fromMs: part.fromMs,
      edges: followCalls(callsIn(part.measured), names, ways).edges,
    })),
  ];
  const splits = measured.length === 0 ? [] : splitsOf({ model, ways, window, counted, changedAt });
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
