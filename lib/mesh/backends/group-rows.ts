/** The list of backend groups: every one, who uses it, and what it really lets through for each. */
import type { EntityKey } from '../keys';
import type { BackendGroup, MeshNode, Target } from '../model';
import { memberNames, targetsOf } from './groups';
import { grantsOf } from './whitelist';
import type { Whitelist } from './whitelist';

/** Users of every group, by its key; those of `*` and of groups that are not there are among them. */
export function usersByGroup(list: Whitelist): ReadonlyMap<EntityKey, MeshNode[]> {
  const users = new Map<EntityKey, MeshNode[]>();
  for (const node of [...list.nodes.values()].sort((a, b) => (a.key < b.key ? -1 : 1)))
    for (const key of new Set(node.backendGroups.map((each) => each.key))) {
      const known = users.get(key);
      if (known === undefined) users.set(key, [node]);
      else known.push(node);
    }
  return users;
}

/**
 * adds: the group alone lets it through. own: the node has an entry of its own. other: an earlier group of the node names it
 * too. gone: there is no such service, and the controller holds the node back. unread: whether there is one is not known.
 * ignored: the controller takes no notice of groups.
 */
export type Expansion = 'adds' | 'own' | 'other' | 'gone' | 'unread' | 'ignored';

/** What a group lets through for one node that uses it, member by member. */
export function expansionOf(
  list: Whitelist,
  group: Target,
  node: MeshNode,
): { member: string; service: EntityKey; is: Expansion }[] {
  const held = list.groups.get(group.key);
  const names = held === undefined ? [] : memberNames(held);
  const targets = [...targetsOf(group, node, list, new Map([[group.key, names]]))];
  const grants = grantsOf(node);
  return targets.map(({ key, namespace, name, resolution }, at) => {
    const grant = grants.get(key);
    return {
      member: names[at] ?? `${namespace}/${name}`,
      service: key,
      is: ((): Expansion => {
        if (node.groupsIgnored === true) return 'ignored';
        if (resolution === 'unread') return 'unread';
        if (resolution !== 'ok') return 'gone';
        if ((grant?.entries ?? 0) > 0) return 'own';
        return grant?.group === undefined || grant.group === group.key ? 'adds' : 'other';
      })(),
    };
  });
}

/** A row of the list of groups: an object, or what only references name (`*`, or a group that is not there). */
export interface GroupRow {
  key: EntityKey;
  namespace: string;
  name: string;
  /** The object; absent for `*` and for what is not there. */
  group?: BackendGroup | undefined;
  users: MeshNode[];
}

/** Every group of a mesh and every one that a node names, by namespace and name; `*` comes before the groups of its namespace. */
export function groupRows(list: Whitelist): GroupRow[] {
  const users = usersByGroup(list);
  const rows = new Map<EntityKey, GroupRow>();
  for (const [key, group] of list.groups)
    rows.set(key, {
      key,
      namespace: group.ref.namespace,
      name: group.ref.name,
      group,
      users: users.get(key) ?? [],
    });
  for (const [key, nodes] of users) {
    if (rows.has(key)) continue;
    const target = nodes[0]?.backendGroups.find((each) => each.key === key);
    if (target !== undefined)
      rows.set(key, { key, namespace: target.namespace, name: target.name, users: nodes });
  }
  const place = ({ namespace, name }: GroupRow) => `${namespace}/${name}`;
  return [...rows.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Rows whose group, members or users have the text in their `namespace/name`; case does not matter. */
export function filteredGroups(rows: readonly GroupRow[], text: string): GroupRow[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [...rows];
  const names = ({ namespace, name, group, users }: GroupRow): string[] => [
    `${namespace}/${name}`,
    ...(group === undefined ? [] : memberNames(group)),
    ...users.map(({ ref }) => `${ref.namespace}/${ref.name}`),
  ];
  return rows.filter((row) => names(row).some((each) => each.toLowerCase().includes(wanted)));
}

const NOWHERE: readonly Target['resolution'][] = ['missing', 'otherMesh'];

/** Whether a member of a group leads nowhere, by itself or for a node that uses it. */
export function isTroubled(list: Whitelist, { key, group, users }: GroupRow): boolean {
  if (group === undefined) return false;
  if (group.members.some(({ bare, resolution }) => bare !== true && NOWHERE.includes(resolution)))
    return true;
  return (
    group.members.some(({ bare }) => bare === true) &&
    users.some((node) => {
      const target = node.backendGroups.find((each) => each.key === key);
      return target !== undefined && expansionOf(list, target, node).some(({ is }) => is === 'gone');
    })
  );
}
