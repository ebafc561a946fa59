/** What keeps a mesh or a gateway from being deleted. */
import type { Informer } from '../loop/informer';
import type { KubeObject } from '../kube/types';
import { camel, type MeshKind } from './kinds';

/** The controller's order. */
const COUNTED: MeshKind[] = [
  'VirtualService',
  'VirtualRouter',
  'VirtualNode',
  'VirtualGateway',
  'GatewayRoute',
];

/** The message about members that are left; `undefined` when none is. */
export function pendingMembers(object: KubeObject, informer: Informer): string | undefined {
  const members = informer.lookup('members', object.metadata.uid ?? '');
  if (members.length === 0) return undefined;
  const counts = COUNTED.map((kind) => ({ kind, count: members.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${camel(kind)}: ${count}`);
  const subject =
    object.kind === 'Mesh'
      ? 'objects belong to this mesh exists'
      : 'objects belonging to this virtualGateway exist';
  return `${subject}, please delete them to proceed. ${counts.join(', ')}`;
}
