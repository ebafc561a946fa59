/**
 * Backend groups: what they let through for each node that uses them, and what a change of one would do. The rules are the
 * controller's: effective backends are the node's own entries, then the members of its groups that are not there yet, without a
 * client policy; a member without a namespace means the node's namespace; `*` means all services of a namespace.
 */
import { serviceKey } from '../keys';
import type { EntityKey } from '../keys';
import type { Backend, BackendGroup, GroupMember, MeshNode, Target } from '../model';
import { confirmationOf, impactOn } from './impact';
import type { Impact } from './impact';
import type { SeenCalls } from './observed';
import { groupsInForce, isWildcard, ownBackends } from './whitelist';
import type { Whitelist } from './whitelist';

/** How requests, the history and the screen name a member: namespace/name, or the name alone where no namespace is written. */
export const memberName = ({
  bare,
  namespace,
  name,
}: Pick<GroupMember, 'bare' | 'namespace' | 'name'>): string =>
  bare === true ? name : `${namespace}/${name}`;

export const memberNames = ({ members }: Pick<BackendGroup, 'members'>): string[] => members.map(memberName);

/** The place of the service that a member means for a node of this namespace. */
export function memberPlace(member: string, namespace: string): { namespace: string; name: string } {
  const [first = '', second] = member.split('/');
  return second === undefined ? { namespace, name: first } : { namespace: first, name: second };
}

/** The service that a member means for a node of this namespace. */
export function memberKey(member: string, namespace: string): EntityKey {
  const place = memberPlace(member, namespace);
  return serviceKey(place.namespace, place.name);
}

/** Members of the groups by key; what is not in it is no group of this mesh. */
export type Members = ReadonlyMap<EntityKey, readonly string[]>;

export const membersIn = (list: Whitelist): Members =>
  new Map([...list.groups].map(([key, group]) => [key, memberNames(group)]));

/** What a group names for one node. */
export function* targetsOf(
  group: Target,
  node: MeshNode,
  list: Whitelist,
  members: Members,
): Iterable<Target> {
  if (isWildcard(group.key)) {
    for (const { key, ref } of list.services.values())
      if (ref.namespace === group.namespace)
        yield { key, namespace: ref.namespace, name: ref.name, resolution: 'ok' };
    return;
  }
  for (const member of members.get(group.key) ?? []) {
    const { namespace, name } = memberPlace(member, node.ref.namespace);
    const key = serviceKey(namespace, name);
    const known = node.backends.find((each) => each.key === key)?.resolution;
    yield { key, namespace, name, resolution: known ?? (list.services.has(key) ? 'ok' : 'missing') };
  }
}

/** A node with the backends it has by these groups. Its own entries stay as they are, and come first. */
export function expanded(node: MeshNode, list: Whitelist, members: Members): MeshNode {
  const backends = ownBackends(node).map(({ alsoViaGroup: _, ...entry }): Backend => entry);
  const own = new Map<EntityKey, number[]>();
  backends.forEach(({ key }, at) => own.set(key, [...(own.get(key) ?? []), at]));
  const added = new Set<EntityKey>();
  for (const group of groupsInForce(node))
    for (const target of targetsOf(group, node, list, members)) {
      const entries = own.get(target.key);
      for (const at of entries ?? []) {
        const entry = backends[at];
        if (entry !== undefined && entry.alsoViaGroup === undefined)
          backends[at] = { ...entry, alsoViaGroup: group.key };
      }
      if (entries !== undefined || added.has(target.key)) continue;
      added.add(target.key);
      backends.push({ ...target, viaGroup: group.key });
    }
  return { ...node, backends };
}

/** Nodes that list a group, in the order of their names. */
export function usersOf(list: Whitelist, group: EntityKey): MeshNode[] {
  return [...list.nodes.values()]
    .filter(({ backendGroups }) => backendGroups.some(({ key }) => key === group))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Members as they are, and as they would be; `undefined` where there is no such group. */
export interface GroupChange {
  key: EntityKey;
  before: readonly string[] | undefined;
  after: readonly string[] | undefined;
}

export interface GroupImpact extends Impact {
  /** Nodes that list the group. */
  users: EntityKey[];
  /**
   * Nodes that the controller could not reconcile any more: the group they list would be gone, or a service of it is not there.
   * App Mesh then keeps what it took last, and takes no other change of them either.
   */
  held: { node: EntityKey; service?: EntityKey | undefined }[];
}

/** What a change of a group would do to the nodes that list it. */
export function groupImpact(
  list: Whitelist,
  { key, before, after }: GroupChange,
  calls: SeenCalls,
): GroupImpact {
  const now = membersIn(list);
  const next = new Map(now);
  if (after === undefined) next.delete(key);
  else next.set(key, after);
  const users = usersOf(list, key).filter(({ groupsIgnored }) => groupsIgnored !== true);
  const held: GroupImpact['held'] = [];
  const changed = users.map((node) => {
    const keysOf = (members: readonly string[] | undefined) =>
      new Set((members ?? []).map((member) => memberKey(member, node.ref.namespace)));
    const was = keysOf(before);
    const then = expanded(node, list, next);
    const added = [...keysOf(after)].filter((service) => !was.has(service));
    if (after === undefined) held.push({ node: node.key });
    for (const service of added) {
      const grant = then.backends.find((each) => each.key === service);
      if (grant !== undefined && grant.resolution !== 'ok' && grant.resolution !== 'unread')
        held.push({ node: node.key, service });
    }
    return { before: node, after: then, added };
  });
  return { ...impactOn(list, changed, calls), users: users.map((node) => node.key), held };
}
/** What a change of a group asks of the user: the name is typed where calls would begin to fail, or a group in use would be gone. */
export const groupConfirmation = (
  impact: GroupImpact,
  { after }: Pick<GroupChange, 'after'>,
): 'click' | 'type' => (after === undefined && impact.users.length > 0 ? 'type' : confirmationOf(impact));
