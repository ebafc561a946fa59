/** Ownership between workloads, by ownerReferences. */
import type { Informer } from '../loop/informer';
import type { KubeObject, OwnerReference, ResourceType } from '../kube/types';

/** Makes owned objects findable by the uid of their owner, and every object by its own uid. */
export function addOwnerIndexes(informer: Informer): void {
  informer.addIndex('owned-by', 'all', ({ metadata }) =>
    (metadata.ownerReferences ?? []).map(({ uid }) => uid),
  );
  informer.addIndex('uid', 'all', ({ metadata }) => (metadata.uid === undefined ? [] : [metadata.uid]));
}

export const controllerOf = ({ metadata }: KubeObject): OwnerReference | undefined =>
  metadata.ownerReferences?.find((owner) => owner.controller);

/** The objects of a kind that an owner controls, without those on their way out. */
export function controlledBy(owner: KubeObject, kind: string, informer: Informer): KubeObject[] {
  return informer
    .lookup('owned-by', owner.metadata.uid ?? '')
    .filter(
      (object) =>
        object.kind === kind &&
        controllerOf(object)?.uid === owner.metadata.uid &&
        !object.metadata.deletionTimestamp,
    );
}

export function ownerReference({ apiVersion, kind, metadata }: KubeObject): OwnerReference {
  const { name, uid = '' } = metadata;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** What is left of the kinds below a namespace that nobody controls: candidates for being taken over. */
export function orphansIn(
  namespace: string | undefined,
  type: ResourceType,
  informer: Informer,
): KubeObject[] {
  return informer
    .lookup('workloads-in-namespace', `${type.kind} ${namespace}`)
    .filter((object) => !controllerOf(object) && !object.metadata.deletionTimestamp);
}
