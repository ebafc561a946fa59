/** `/scale` of Deployments and ReplicaSets: the number of replicas by itself. */
import { isFields } from './json';
import type { Fields } from './json';
import type { Cause } from './schema';
import { invalid } from './refusals';
import type { KubeObject, ObjectMeta, ResourceType } from './types';

/** Whether a kind can be scaled. */
export const isScalable = ({ group, kind }: ResourceType) =>
  group === 'apps' && (kind === 'Deployment' || kind === 'ReplicaSet');

/** The object as a Scale. */
export function scaleOf({ metadata, spec, status }: KubeObject): KubeObject {
  const labels = Object.entries((spec as Fields | undefined)?.['selector'] ?? {}).flatMap(([key, part]) =>
    key === 'matchLabels' && isFields(part) ? Object.entries(part) : [],
  );
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: parts(metadata),
    spec: { replicas: spec?.replicas ?? 1 },
    status: {
      replicas: status?.replicas ?? 0,
      selector: labels.map(([key, wanted]) => `${key}=${String(wanted)}`).join(','),
    },
  };
}

/** The metadata a Scale shares with its object. */
function parts(metadata: ObjectMeta): ObjectMeta {
  const shared: ObjectMeta = { name: metadata.name };
  for (const field of ['namespace', 'uid', 'resourceVersion', 'creationTimestamp'] as const)
    if (metadata[field] !== undefined) shared[field] = metadata[field];
  return shared;
}

/** The object with the number of replicas of a Scale; a version in the Scale must be the current one. */
export function scaled(object: KubeObject, scale: KubeObject, type: ResourceType): KubeObject {
  const replicas: unknown = scale['spec']?.replicas ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 0) {
    const message = `Invalid value: ${JSON.stringify(replicas)}: must be greater than or equal to 0`;
    const cause: Cause = { reason: 'FieldValueInvalid', field: 'spec.replicas', message };
    throw invalid(type, object.metadata.name, [cause]);
  }
  const { uid, resourceVersion } = scale.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
    spec: { ...object['spec'], replicas },
  };
}
