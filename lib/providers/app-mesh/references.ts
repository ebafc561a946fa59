/** What a reference leads to. An ARN is matched against the AWS names of the mesh's own objects; when both are set, the ARN wins. */
import { entityKey } from '@/lib/mesh/keys';
import type { EntityKey, EntityKind } from '@/lib/mesh/keys';
import type { Target } from '@/lib/mesh/model';
import type { ReferenceCr } from './cr';

const ARN_TYPES = {
  virtualNode: 'node',
  virtualService: 'service',
  virtualRouter: 'router',
  virtualGateway: 'gateway',
} as const;
type ArnType = keyof typeof ARN_TYPES;

const isArnType = (text: string): text is ArnType => Object.hasOwn(ARN_TYPES, text);

/** Takes the ARN of a mesh resource apart; `undefined` when it is none. Source: the controller reads `mesh/<mesh>[@owner]/<type>/<name>`. */
export function parseArn(arn: string): { mesh: string; kind: EntityKind; name: string } | undefined {
  const match = /^(?:arn:[^/]*:)?mesh\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(arn);
  const [, mesh, type, name] = match ?? [];
  if (mesh === undefined || type === undefined || name === undefined || !isArnType(type)) return undefined;
  return { mesh: mesh.split('@')[0] ?? mesh, kind: ARN_TYPES[type], name };
}

/** The AWS name the controller's webhook gives to an object that names none. */
export function defaultAwsName(kind: EntityKind, namespace: string, name: string): string {
  switch (kind) {
    case 'mesh':
    case 'backendGroup':
    case 'unresolved':
    case 'host':
    case 'kubeService':
    case 'workload':
      return name;
    case 'service':
      return `${name}.${namespace}`;
    case 'gateway':
    case 'gatewayRoute':
    case 'router':
    case 'node':
      return `${name}_${namespace}`;
  }
}

/** Where the objects of the cluster are: their mesh by key, and their key by mesh, kind and AWS name. */
export interface Directory {
  /** Key of the mesh of an object; `undefined` for an object that is there and belongs to no mesh. */
  meshOf: Map<EntityKey, EntityKey | undefined>;
  byAwsName: Map<string, EntityKey>;
  /**
   * Whether the objects of a kind were read, in a namespace where one is named. Where they were not, it proves nothing that
   * none is found.
   */
  isRead(kind: EntityKind, namespace?: string): boolean;
}

export const awsNameIndex = (mesh: EntityKey, kind: EntityKind, awsName: string): string =>
  `${mesh}|${kind}|${awsName}`;

export interface ReferringObject {
  mesh: EntityKey;
  /** AWS name of that mesh. */
  meshAwsName: string;
  namespace: string;
}

function byArn(directory: Directory, from: ReferringObject, kind: EntityKind, arn: string): Target {
  const parsed = parseArn(arn);
  const own =
    parsed?.kind === kind && parsed.mesh === from.meshAwsName
      ? directory.byAwsName.get(awsNameIndex(from.mesh, kind, parsed.name))
      : undefined;
  if (own !== undefined) {
    const [namespace = '', localName = ''] = own.slice(own.indexOf(':') + 1).split('/');
    return { key: own, namespace, name: localName, resolution: 'ok', arn };
  }
  const unread = parsed?.kind === kind && parsed.mesh === from.meshAwsName && !directory.isRead(kind);
  return {
    key: entityKey('unresolved', '', arn),
    namespace: '',
    name: parsed?.name ?? arn,
    resolution: unread ? 'unread' : 'foreign',
    arn,
    ...(parsed?.kind === kind ? {} : { arnUnfit: true }),
  };
}

/** Resolves a reference of `from`. `kind` is what the field may name. */
export function resolve(
  directory: Directory,
  from: ReferringObject,
  kind: EntityKind,
  ref: ReferenceCr | null | undefined,
  arn?: string | null,
): Target {
  if (arn !== undefined && arn !== null && arn !== '') {
    const target = byArn(directory, from, kind, arn);
    return ref ? { ...target, ignoredRef: `${ref.namespace || from.namespace}/${ref.name}` } : target;
  }
  if (!ref)
    return {
      key: entityKey('unresolved', from.namespace, '?'),
      namespace: '',
      name: '',
      resolution: 'unset',
    };
  const namespace = ref.namespace || from.namespace;
  const key = entityKey(kind, namespace, ref.name);
  const base = { key, namespace, name: ref.name };
  if (!directory.meshOf.has(key))
    return { ...base, resolution: directory.isRead(kind, namespace) ? 'missing' : 'unread' };
  return { ...base, resolution: directory.meshOf.get(key) === from.mesh ? 'ok' : 'otherMesh' };
}
