/** Calls that were observed, by caller and service: what the whitelist is held against. */
import type { EntityKey } from '../keys';
import type { Observation, MeshTelemetry } from '../telemetry/overlay';
import { hasTraffic } from '../telemetry/combine';
import { edgeKey } from '../topology';
import { grantsOf } from './whitelist';
import type { Whitelist } from './whitelist';

/** What was seen of one node calling one service. */
export interface SeenCall {
  /** yes. no: who would have seen it saw nothing. unknown: nobody would have seen it. */
  seen: 'yes' | 'no' | 'unknown';
  /** In the window; of X-Ray alone, only those that were sampled. */
  requests: number;
  /** Counted calls per minute; absent where only samples were seen. */
  perMinute?: number | undefined;
  /** Where the traffic is no requests (TCP). */
  bytesPerSecond?: number | undefined;
  faultRatio?: number | undefined;
  /** Only a part of the requests was seen (X-Ray). */
  sampled: boolean;
  /** So many services may have carried it; the evidence does not tell which. */
  among: number;
  evidence: string[];
}

export type SeenCalls = ReadonlyMap<EntityKey, ReadonlyMap<EntityKey, SeenCall>>;

/** Nothing is known of any call. */
export const NO_CALLS: SeenCalls = new Map();

/** CloudWatch counts every request and comes first; X-Ray samples. They see the same requests and are never added. */
function seenIn(observations: readonly Observation[], seen: SeenCall['seen'], among: number): SeenCall {
  const passed = observations.filter(({ figures }) => hasTraffic(figures));
  const best = passed.find(({ evidence }) => evidence === 'cloudwatch') ?? passed[0];
  const { requests = 0, perSecond, bytesPerSecond, faultRatio } = best?.figures ?? {};
  return {
    seen,
    requests,
    ...(perSecond === undefined ? {} : { perMinute: perSecond * 60 }),
    ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
    ...(faultRatio === undefined ? {} : { faultRatio }),
    sampled: best?.evidence === 'xray',
    among: Math.max(among, (best?.sharedWith ?? 0) + 1),
    evidence: passed.map(({ evidence }) => evidence),
  };
}

/** Services by the nodes that answer for them. */
function servicesByNode({ services, routers }: Whitelist): ReadonlyMap<EntityKey, EntityKey[]> {
  const found = new Map<EntityKey, EntityKey[]>();
  const add = (node: EntityKey, service: EntityKey) => {
    const list = found.get(node);
    if (list === undefined) found.set(node, [service]);
    else if (!list.includes(service)) list.push(service);
  };
  for (const { key, provider } of services.values()) {
    const { target } = provider;
    if (target === undefined) continue;
    const router = routers.get(target.key);
    if (router === undefined) add(target.key, key);
    else for (const route of router.routes) for (const each of route.targets) add(each.key, key);
  }
  return found;
}

/**
 * Every pair of node and service of which measurements say something: declared backends by their edges, and calls that
 * nothing declares. A call of which only the answering node is known is put down to each service that leads to it, with
 * `among` telling how many these are.
 */
export function seenCalls(list: Whitelist, telemetry: MeshTelemetry | undefined): SeenCalls {
  if (telemetry === undefined) return NO_CALLS;
  const found = new Map<EntityKey, Map<EntityKey, SeenCall>>();
  const put = (node: EntityKey, service: EntityKey, call: SeenCall) => {
    const row = found.get(node) ?? new Map<EntityKey, SeenCall>();
    if (row.size === 0) found.set(node, row);
    if (row.get(service)?.seen !== 'yes') row.set(service, call);
  };
  for (const node of list.nodes.values())
    for (const { key } of node.backends) {
      const edge = telemetry.edges[edgeKey('backend', node.key, undefined, key)];
      if (edge !== undefined) put(node.key, key, seenIn(edge.observations, edge.observed, 1));
    }
  let leading: ReadonlyMap<EntityKey, EntityKey[]> | undefined;
  for (const { source, target, services, declared, observations } of telemetry.calls) {
    if (declared || !list.nodes.has(source)) continue;
    if (!observations.some(({ figures }) => hasTraffic(figures))) continue;
    leading ??= servicesByNode(list);
    const told = services.length > 0 ? services : (leading.get(target) ?? []);
    const listed = list.nodes.get(source);
    const grants = listed && grantsOf(listed);
    // A pair of nodes may have taken a declared way as well; what nothing declares went by one of the others.
    const others = told.filter((service) => grants?.has(service) !== true);
    const candidates = others.length > 0 || services.length === 0 ? others : services;
    for (const service of candidates)
      put(source, service, seenIn(observations, 'yes', services.length > 0 ? 1 : candidates.length));
  }
  return found;
}

/**
 * Nodes of whose calls a sample was seen, listed or not: X-Ray has traces of them. CloudWatch counts calls to listed backends alone, so
 * that its silence says nothing of others.
 */
export function tracedNodes(telemetry: MeshTelemetry | undefined): ReadonlySet<EntityKey> {
  const traced = new Set<EntityKey>();
  for (const [key, { observations }] of Object.entries(telemetry?.entities ?? {}))
    if (observations.some(({ evidence, figures }) => evidence === 'xray' && figures.requests > 0))
      traced.add(key as EntityKey); // the keys of a record of entities
  return traced;
}

/** What was seen of one pair; `undefined` where nothing is known of it. */
export const seenCall = (calls: SeenCalls, node: EntityKey, service: EntityKey): SeenCall | undefined =>
  calls.get(node)?.get(service);
