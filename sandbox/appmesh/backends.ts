/** Which services a node may call: those it lists, and those its backend groups list. */
import { keyOf } from '../loop/informer';
import type { KubeObject } from '../kube/types';
import { keyFrom, type Reference, type References } from './references';

/** Name of a group that stands for every VirtualService of its namespace. */
export const WHOLE_NAMESPACE = '*';

export interface BackendCr {
  virtualService: { virtualServiceRef?: Reference; virtualServiceARN?: string; clientPolicy?: unknown };
}

/**
 * Listed backends, then the members of the node's groups that are not among them, without a client policy. As in the
 * controller, a member without a namespace means the node's namespace, not the group's; a group named `*` is no object, and
 * means all services of its namespace.
 */
export function effectiveBackends(node: KubeObject, references: References): BackendCr[] {
  const listed: BackendCr[] = node['spec'].backends ?? [];
  const known = new Set(
    listed.flatMap(({ virtualService: { virtualServiceRef: ref } }) => (ref ? [keyFrom(ref, node)] : [])),
  );
  const groups: Reference[] = references.groupsOn ? (node['spec'].backendGroups ?? []) : [];
  const added: BackendCr[] = [];
  for (const member of groups.flatMap((group) => membersOf(group, node, references))) {
    const key = keyFrom(member, node);
    if (known.has(key)) continue;
    known.add(key);
    added.push({ virtualService: { virtualServiceRef: member } });
  }
  return [...listed, ...added];
}

function membersOf(group: Reference, node: KubeObject, references: References): Reference[] {
  if (group.name !== WHOLE_NAMESPACE)
    return references.backendGroup(group, node)['spec']?.virtualservices ?? [];
  const namespace = group.namespace || (node.metadata.namespace ?? '');
  return references
    .servicesIn(namespace)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((service) => ({ name: service.metadata.name, namespace }));
}
