/** What a draft would do to the calls of a mesh, before it is applied. */
import type { EntityKey } from '../keys';
import type { MeshNode, Service } from '../model';
import { nodeWith } from './edits';
import type { Draft } from './edits';
import { seenCall } from './observed';
import type { SeenCall, SeenCalls } from './observed';
import { grantsOf, isAllowed, ownBackends, permission, ruleOf } from './whitelist';
import type { Rule, Whitelist } from './whitelist';

/** Backends of one node that App Mesh takes. Source: service quota "Backends per virtual node". */
export const BACKENDS_MAX = 50;
/** From here on the quota is worth a word. */
export const BACKENDS_NEAR = 0.8;

export interface AffectedCall {
  node: EntityKey;
  service: EntityKey;
  call: SeenCall;
}

/**
 * enforced: the caller insists on TLS and nobody behind the service offers it. strict: everybody behind the service insists
 * on TLS and the caller has no policy for it.
 */
export interface TlsMismatch {
  node: EntityKey;
  service: EntityKey;
  kind: 'enforced' | 'strict';
  /** The nodes behind the service that do not fit. */
  targets: EntityKey[];
}

export interface Impact {
  /** Observed calls that would begin to fail, and those that would begin to be allowed; the most frequent first. */
  breaks: AffectedCall[];
  opens: AffectedCall[];
  /** Revoked, and nobody would have seen whether they are used. */
  unseen: { node: EntityKey; service: EntityKey }[];
  /** Sums of what is counted, per minute; `sampledOnly` calls among them have no rate. */
  breaksPerMinute: number;
  opensPerMinute: number;
  /** Callers whose observed calls would begin to fail. */
  callers: EntityKey[];
  /** A mesh that allows all holds a node to its list as soon as it has one. */
  rules: { node: EntityKey; from: Rule; to: Rule }[];
  tls: TlsMismatch[];
  /** Nodes with more backends than App Mesh takes, or nearly as many. */
  quota: { node: EntityKey; count: number; over: boolean }[];
  /** Entries that add nothing, because another entry or a group names the service. */
  duplicates: { node: EntityKey; service: EntityKey; group?: EntityKey | undefined }[];
  /** Services whose host name leads nowhere: callers fail before any proxy sees the call. */
  unresolvable: EntityKey[];
  /** Allowed services that lead to nobody. */
  nobody: EntityKey[];
  /** Nodes that would be left without any backend. */
  emptied: EntityKey[];
}

const byRate = (a: AffectedCall, b: AffectedCall): number =>
  (b.call.perMinute ?? 0) - (a.call.perMinute ?? 0) ||
  b.call.requests - a.call.requests ||
  (a.node + a.service < b.node + b.service ? -1 : 1);

/** Sum of what is counted. */
export const perMinute = (calls: readonly AffectedCall[]): number =>
  calls.reduce((sum, { call }) => sum + (call.perMinute ?? 0), 0);

/** The nodes behind a service that traffic can be sent to. */
export function behind(service: Service, { routers, nodes }: Whitelist): MeshNode[] {
  const { target } = service.provider;
  if (target === undefined) return [];
  const router = routers.get(target.key);
  const keys =
    router === undefined
      ? [target.key]
      : router.routes.flatMap(({ targets }) =>
          targets.filter(({ weight }) => weight > 0).map(({ key }) => key),
        );
  return [...new Set(keys)].flatMap((key) => nodes.get(key) ?? []);
}

const offersTls = ({ listeners }: MeshNode): boolean =>
  listeners.some(({ tlsMode }) => tlsMode === 'STRICT' || tlsMode === 'PERMISSIVE');
const insistsOnTls = ({ listeners }: MeshNode): boolean =>
  listeners.length > 0 && listeners.every(({ tlsMode }) => tlsMode === 'STRICT');

/** TLS of a caller against those behind a service. Rules: TLS01, TLS02 of the reference. */
export function tlsMismatch(node: MeshNode, service: EntityKey, list: Whitelist): TlsMismatch | undefined {
  const entity = list.services.get(service);
  const grant = grantsOf(node).get(service);
  if (entity === undefined || grant === undefined) return undefined;
  // What a group adds has no policy of its own; the node's defaults hold there, too.
  const enforced = grant.backend.tlsEnforced ?? node.defaultTlsEnforced;
  const answering = behind(entity, list).filter(({ listeners }) => listeners.length > 0);
  const unfit =
    enforced === true
      ? answering.filter((each) => !offersTls(each))
      : enforced === undefined
        ? answering.filter(insistsOnTls)
        : [];
  if (unfit.length === 0) return undefined;
  return {
    node: node.key,
    service,
    kind: enforced === true ? 'enforced' : 'strict',
    targets: unfit.map(({ key }) => key),
  };
}

/** Effective backends, which the quota counts: entries, and what groups add. */
const countOf = (node: MeshNode): number => node.backends.length;

/** Services whose permission may differ between two states of a node: those listed, and those it was seen calling. */
function touched(before: MeshNode, after: MeshNode, calls: SeenCalls): Set<EntityKey> {
  const keys = new Set<EntityKey>([...grantsOf(before).keys(), ...grantsOf(after).keys()]);
  for (const key of calls.get(before.key)?.keys() ?? []) keys.add(key);
  return keys;
}

/** A node before and after a change, and the services that the change names for it. */
export interface ChangedNode {
  before: MeshNode;
  after: MeshNode;
  added: Iterable<EntityKey>;
}

/** Compares the nodes of a draft before and after. */
export function impactOf(list: Whitelist, draft: Draft, calls: SeenCalls): Impact {
  return impactOn(
    list,
    [...draft].flatMap(([key, row]): ChangedNode[] => {
      const before = list.nodes.get(key);
      if (before === undefined) return [];
      const added = [...row].flatMap(([service, kind]) => (kind === 'allow' ? [service] : []));
      return [{ before, after: nodeWith(before, row, list.services), added }];
    }),
    calls,
  );
}

/** What a change of some nodes would do. Work grows with these nodes and what they list, not with the mesh. */
export function impactOn(list: Whitelist, changed: Iterable<ChangedNode>, calls: SeenCalls): Impact {
  const impact: Impact = {
    breaks: [],
    opens: [],
    unseen: [],
    breaksPerMinute: 0,
    opensPerMinute: 0,
    callers: [],
    rules: [],
    tls: [],
    quota: [],
    duplicates: [],
    unresolvable: [],
    nobody: [],
    emptied: [],
  };
  const unresolvable = new Set<EntityKey>();
  const nobody = new Set<EntityKey>();
  for (const { before, after, added } of changed) {
    const { key } = before;
    const rules = { from: ruleOf(before, list.egress), to: ruleOf(after, list.egress) };
    if (rules.from !== rules.to) impact.rules.push({ node: key, ...rules });
    compare(impact, before, after, list, calls);
    const count = countOf(after);
    if (count > BACKENDS_MAX || (count > countOf(before) && count > BACKENDS_MAX * BACKENDS_NEAR))
      impact.quota.push({ node: key, count, over: count > BACKENDS_MAX });
    if (ownBackends(after).length === 0 && ownBackends(before).length > 0) impact.emptied.push(key);
    for (const service of added) {
      const known = grantsOf(before).get(service);
      if (known !== undefined)
        impact.duplicates.push({
          node: key,
          service,
          ...(known.entries > 0 || known.group === undefined ? {} : { group: known.group }),
        });
      const mismatch = tlsMismatch(after, service, list);
      if (mismatch !== undefined) impact.tls.push(mismatch);
      const entity = list.services.get(service);
      if (entity?.unresolvable === true) unresolvable.add(service);
      if (entity !== undefined && behind(entity, list).length === 0) nobody.add(service);
    }
  }
  impact.unresolvable = [...unresolvable].sort();
  impact.nobody = [...nobody].sort();
  impact.breaks.sort(byRate);
  impact.opens.sort(byRate);
  impact.breaksPerMinute = perMinute(impact.breaks);
  impact.opensPerMinute = perMinute(impact.opens);
  impact.callers = [...new Set(impact.breaks.map(({ node }) => node))];
  return impact;
}

function compare(impact: Impact, before: MeshNode, after: MeshNode, list: Whitelist, calls: SeenCalls): void {
  for (const service of touched(before, after, calls)) {
    const was = isAllowed(permission(before, service, list.egress));
    const is = isAllowed(permission(after, service, list.egress));
    if (was === is) continue;
    const call = seenCall(calls, before.key, service);
    if (call?.seen === 'yes') (is ? impact.opens : impact.breaks).push({ node: before.key, service, call });
    else if (was && call?.seen !== 'no') impact.unseen.push({ node: before.key, service });
  }
}

/**
 * What a change asks of the user. type: observed calls would begin to fail, or nobody would have seen whether calls are
 * made. click: everything else.
 */
export function confirmationOf({ breaks, rules }: Pick<Impact, 'breaks' | 'rules'>): 'click' | 'type' {
  return breaks.length > 0 || rules.some(({ to }) => to === 'list') ? 'type' : 'click';
}
