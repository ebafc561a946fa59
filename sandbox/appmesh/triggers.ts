/** Which objects are looked at again because another one changed. */
import type { Change, Informer } from '../loop/informer';
import { keyOf } from '../loop/informer';
import type { Cluster, KubeObject } from '../kube/types';
import { targetsOf, type RouteCr } from './api-spec';
import { WHOLE_NAMESPACE } from './backends';
import { GROUP } from './designation';
import { isActive, isMeshKind, KINDS, MESH_KINDS } from './kinds';
import { keyFrom, type Reference } from './references';

/** Builds the indexes that the controller looks things up in. */
export function addMeshIndexes(cluster: Cluster, informer: Informer): void {
  const types = MESH_KINDS.map((kind) => cluster.resourceType(GROUP, KINDS[kind].plural));
  const namespaced = types.filter((type) => type.namespaced);
  informer.addIndex('in-namespace', namespaced, ({ kind, metadata }) => [`${kind} ${metadata.namespace}`]);
  informer.addIndex('members', namespaced, ({ spec }) => {
    const uids: (string | undefined)[] = [spec?.meshRef?.uid, spec?.virtualGatewayRef?.uid];
    return uids.filter((uid) => uid !== undefined);
  });
  informer.addIndex('referrers', namespaced, referencesOf);
}

/** What an object has to be looked at again for, as `Kind namespace/name`. A node is not, for the services it calls. */
function referencesOf(object: KubeObject): string[] {
  const spec = object['spec'] ?? {};
  const term = (kind: string, ref: Reference | undefined) => (ref ? [`${kind} ${keyFrom(ref, object)}`] : []);
  switch (object.kind) {
    case 'VirtualRouter': {
      const routes: RouteCr[] = spec.routes ?? [];
      return routes.flatMap(targetsOf).flatMap(({ virtualNodeRef }) => term('VirtualNode', virtualNodeRef));
    }
    case 'VirtualService':
      return [
        ...term('VirtualNode', spec.provider?.virtualNode?.virtualNodeRef),
        ...term('VirtualRouter', spec.provider?.virtualRouter?.virtualRouterRef),
      ];
    case 'GatewayRoute':
      return term('VirtualGateway', spec.virtualGatewayRef);
    case 'VirtualNode': {
      const groups: Reference[] = spec.backendGroups ?? [];
      return groups.flatMap((group) => term('BackendGroup', group));
    }
    default:
      return [];
  }
}

/**
 * The objects to reconcile after a change: the changed one itself, and, as the real controller does, those that were
 * waiting for it to become active or that take services from a group. Nothing wakes a node when a service appears, or a
 * gateway route when its service becomes active: those heal with their next attempt.
 */
export function affectedBy({ type, event, object, previous }: Change, informer: Informer): KubeObject[] {
  if (type.group !== GROUP) return [];
  if (object.kind === 'BackendGroup')
    return event === 'DELETED' || previous?.metadata.generation === object.metadata.generation
      ? []
      : informer.lookup('referrers', `BackendGroup ${keyOf(object)}`);
  if (!isMeshKind(object.kind) || event === 'DELETED') return [];
  const affected = concernsItself(object, previous) ? [object] : [];
  if (previous && isActive(previous) !== isActive(object))
    affected.push(
      ...(object.kind === 'Mesh'
        ? informer.lookup('members', object.metadata.uid ?? '')
        : informer.lookup('referrers', `${object.kind} ${keyOf(object)}`)),
    );
  if (object.kind === 'VirtualService' && event === 'ADDED')
    affected.push(...usersOfWholeNamespace(object, informer));
  return affected;
}

/** Status and labels are nothing to reconcile. */
function concernsItself({ metadata }: KubeObject, previous: KubeObject | undefined): boolean {
  const before = previous?.metadata;
  return (
    before?.generation !== metadata.generation ||
    before?.deletionTimestamp !== metadata.deletionTimestamp ||
    (before?.finalizers?.length ?? 0) > (metadata.finalizers?.length ?? 0)
  );
}

/** Nodes with the group `*` of a service's namespace: a new service is one of theirs. */
function usersOfWholeNamespace(service: KubeObject, informer: Informer): KubeObject[] {
  return informer
    .lookup('referrers', `BackendGroup ${service.metadata.namespace}/${WHOLE_NAMESPACE}`)
    .filter((node) => node['spec'].meshRef?.uid === service['spec'].meshRef?.uid);
}
