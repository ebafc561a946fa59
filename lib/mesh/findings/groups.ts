/** MD306, MD307: backend groups that do not let through what their author meant. */
import type { Finding } from '../finding';
import { serviceKey } from '../keys';
import type { EntityKey } from '../keys';
import type { BackendGroup, MeshModel, MeshNode } from '../model';
import { finding, targetName } from './make';

/** Without its flag the controller does not look at groups: what they name is not let through, and nothing says so. */
function ignored(node: MeshNode): Finding[] {
  if (node.groupsIgnored !== true) return [];
  return [
    finding('MD306', node.key, {
      path: 'spec.backendGroups',
      related: node.backendGroups.map(({ key }) => key),
      details: { groups: node.backendGroups.map(targetName).join(', ') },
    }),
  ];
}

/**
 * A member without a namespace reads as one of the group's own namespace. For a node of another namespace it is not
 * (aws-app-mesh-controller-for-k8s resolves it against the node).
 */
function elsewhere(group: BackendGroup, users: readonly MeshNode[]): Finding[] {
  return group.members.flatMap(({ bare, name }, index) => {
    const others = bare === true ? users.filter(({ ref }) => ref.namespace !== group.ref.namespace) : [];
    const [first] = others;
    if (first === undefined) return [];
    const namespaces = [...new Set(others.map(({ ref }) => ref.namespace))];
    return [
      finding('MD307', group.key, {
        at: name,
        path: `spec.virtualservices[${index}]`,
        related: [
          ...others.map(({ key }) => key),
          ...namespaces.map((namespace) => serviceKey(namespace, name)),
        ],
        details: {
          member: name,
          expected: `${group.ref.namespace}/${name}`,
          node: targetName(first.ref),
          meant: `${first.ref.namespace}/${name}`,
          more: others.length - 1,
        },
      }),
    ];
  });
}

/** What is wrong with the use of backend groups, over the mesh as a whole. */
export function groupFindings({ entities }: MeshModel): Finding[] {
  const found: Finding[] = [];
  const users = new Map<EntityKey, MeshNode[]>();
  for (const node of entities.values()) {
    if (node.kind !== 'node') continue;
    found.push(...ignored(node));
    if (node.groupsIgnored === true) continue;
    for (const { key } of node.backendGroups) {
      const known = users.get(key);
      if (known === undefined) users.set(key, [node]);
      else known.push(node);
    }
  }
  for (const [key, nodes] of users) {
    const group = entities.get(key);
    if (group?.kind === 'backendGroup') found.push(...elsewhere(group, nodes));
  }
  return found;
}
