/**
 * Drafts of the whitelist: which entries of which nodes are to be added or taken away, and one change per node made of
 * them. Pure; nothing here is sent.
 */
import type { EntityKey } from '../keys';
import type { Backend, MeshNode, Service } from '../model';
import { backendName, grantsOf, ownBackends, ownNames } from './whitelist';
import type { Whitelist } from './whitelist';

/** allow: an entry is added. revoke: every entry of the node that names the service is taken away. */
export type EditKind = 'allow' | 'revoke';

export interface Edit {
  node: EntityKey;
  service: EntityKey;
  kind: EditKind;
}

/** By node, then by service. Never changed in place. */
export type Draft = ReadonlyMap<EntityKey, ReadonlyMap<EntityKey, EditKind>>;

export const NO_DRAFT: Draft = new Map();

export const editOf = (draft: Draft, node: EntityKey, service: EntityKey): EditKind | undefined =>
  draft.get(node)?.get(service);

export function editCount(draft: Draft): number {
  let count = 0;
  for (const row of draft.values()) count += row.size;
  return count;
}

export function* editsOf(draft: Draft): Iterable<Edit> {
  for (const [node, row] of draft) for (const [service, kind] of row) yield { node, service, kind };
}

/** Whether a node has an entry of its own for a service. */
const hasEntry = (node: MeshNode, service: EntityKey): boolean =>
  (grantsOf(node).get(service)?.entries ?? 0) > 0;

/**
 * The draft with these edits. An edit that asks for what stands already takes an opposite one back, so that toggling twice
 * leaves the draft as it was.
 */
export function withEdits(draft: Draft, list: Whitelist, edits: Iterable<Edit>): Draft {
  const next = new Map<EntityKey, ReadonlyMap<EntityKey, EditKind>>(draft);
  const fresh = new Map<EntityKey, Map<EntityKey, EditKind>>();
  for (const { node, service, kind } of edits) {
    const entity = list.nodes.get(node);
    if (entity === undefined) continue;
    const row = fresh.get(node) ?? new Map(draft.get(node));
    fresh.set(node, row);
    if (hasEntry(entity, service) === (kind === 'allow')) row.delete(service);
    else row.set(service, kind);
  }
  for (const [node, row] of fresh)
    if (row.size === 0) next.delete(node);
    else next.set(node, row);
  return next;
}

/** What a click on a cell means: the opposite of what stands, or of what is drafted. */
export function toggled(draft: Draft, list: Whitelist, node: EntityKey, service: EntityKey): Draft {
  const entity = list.nodes.get(node);
  if (entity === undefined) return draft;
  const drafted = editOf(draft, node, service);
  const kind: EditKind =
    drafted === undefined
      ? hasEntry(entity, service)
        ? 'revoke'
        : 'allow'
      : drafted === 'allow'
        ? 'revoke'
        : 'allow';
  return withEdits(draft, list, [{ node, service, kind }]);
}

/** The draft on top of what is live now: edits that came true, or whose node is gone, are dropped. */
export function rebased(draft: Draft, list: Whitelist): Draft {
  const kept = withEdits(NO_DRAFT, list, editsOf(draft));
  return editCount(kept) === editCount(draft) ? draft : kept;
}

/**
 * The draft without edits that came true, for good: where the list changes again later, they are not asked for again. Edits of
 * nodes that are not in sight stay. The same object where nothing came true.
 */
export function withoutDone(draft: Draft, list: Whitelist): Draft {
  const next = new Map<EntityKey, ReadonlyMap<EntityKey, EditKind>>();
  for (const [key, row] of draft) {
    const node = list.nodes.get(key);
    const open = [...row].filter(
      ([service, kind]) => node === undefined || hasEntry(node, service) !== (kind === 'allow'),
    );
    if (open.length > 0) next.set(key, open.length === row.size ? row : new Map(open));
  }
  return editCount(next) === editCount(draft) ? draft : next;
}

/** What is to change of one node. Names are as `backendName` has them. */
export interface NodePlan {
  node: EntityKey;
  namespace: string;
  name: string;
  allow: string[];
  revoke: string[];
  /** What the change is measured against: the object, and its own entries as they were seen. */
  expected: { uid: string; resourceVersion: string; backends: string[] };
}

/** How a service is named in a node's list. */
const serviceName = ({ ref }: Service): string => `${ref.namespace}/${ref.name}`;

/**
 * One change per node, in the order of their keys. A service that is not of this mesh can only be revoked, by the name the
 * node has for it.
 */
export function planOf(draft: Draft, list: Whitelist): NodePlan[] {
  const plans: NodePlan[] = [];
  for (const [key, row] of draft) {
    const node = list.nodes.get(key);
    if (node === undefined) continue;
    const own = ownBackends(node);
    const allow: string[] = [];
    const revoke: string[] = [];
    for (const [service, kind] of row)
      if (kind === 'revoke')
        revoke.push(...new Set(own.filter((each) => each.key === service).map(backendName)));
      else {
        const entity = list.services.get(service);
        if (entity !== undefined && !hasEntry(node, service)) allow.push(serviceName(entity));
      }
    if (allow.length + revoke.length === 0) continue;
    const { namespace, name, uid, resourceVersion } = node.ref;
    plans.push({
      node: key,
      namespace,
      name,
      allow: allow.sort(),
      revoke: revoke.sort(),
      expected: { uid, resourceVersion, backends: ownNames(node) },
    });
  }
  return plans.sort((a, b) => (a.node < b.node ? -1 : 1));
}

/**
 * The node as it would be: entries that are revoked are gone, unless a group names the service too; allowed ones come last,
 * without a client policy.
 */
export function nodeWith(
  node: MeshNode,
  row: ReadonlyMap<EntityKey, EditKind>,
  services: Whitelist['services'],
): MeshNode {
  const kept: Backend[] = [];
  const grouped: Backend[] = [];
  const falling = new Set<EntityKey>();
  for (const backend of node.backends) {
    const edit = row.get(backend.key);
    const { viaGroup, alsoViaGroup, ...bare } = backend;
    if (viaGroup !== undefined) {
      if (edit === 'allow') continue;
      grouped.push(backend);
    } else if (edit !== 'revoke') kept.push(backend);
    else if (alsoViaGroup !== undefined && !falling.has(backend.key)) {
      falling.add(backend.key);
      const { tlsEnforced: _, ...target } = bare;
      grouped.push({ ...target, resolution: backend.resolution, viaGroup: alsoViaGroup });
    }
  }
  for (const [key, edit] of row) {
    const service = services.get(key);
    if (edit !== 'allow' || service === undefined || hasEntry(node, key)) continue;
    const { namespace, name } = service.ref;
    const group = grantsOf(node).get(key)?.group;
    kept.push({
      key,
      namespace,
      name,
      resolution: 'ok',
      ...(group === undefined ? {} : { alsoViaGroup: group }),
    });
  }
  return { ...node, backends: [...kept, ...grouped] };
}

/** The whitelist with a draft applied. Nodes the draft leaves alone are the same objects. */
export function listWith(list: Whitelist, draft: Draft): Whitelist {
  if (draft.size === 0) return list;
  const nodes = new Map(list.nodes);
  for (const [key, row] of draft) {
    const node = nodes.get(key);
    if (node !== undefined) nodes.set(key, nodeWith(node, row, list.services));
  }
  return { ...list, nodes };
}
