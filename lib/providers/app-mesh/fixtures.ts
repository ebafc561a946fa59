/** Small clusters for the tests of this folder: one mesh `shop-mesh`, namespace `shop` unless told otherwise. */
import type { EntityKey } from '@/lib/mesh/keys';
import type { Entity, MeshModel } from '@/lib/mesh/model';
import { buildModels } from './build-models';
import { APP_MESH_RESOURCES } from './resources';
import type { RawObject, World } from './resources';

export const MESH = 'shop-mesh';
/** Before the end of App Mesh, so that silence proves nothing. */
export const NOW = new Date('2026-06-01T12:00:00Z');

const MESH_REF = { name: MESH, uid: 'uid-mesh' };

interface Extra {
  namespace?: string;
  metadata?: Partial<RawObject['metadata']>;
  status?: unknown;
}

/** An object as it stands in the cluster; `spec` is taken as it is, however odd. */
export function rawObject(
  apiVersion: string,
  kind: string,
  name: string,
  fields: Record<string, unknown> = {},
  { namespace = 'shop', metadata = {} }: Extra = {},
): RawObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      uid: `uid-${kind}-${namespace}-${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-05-01T00:00:00Z',
      ...metadata,
    },
    ...fields,
  };
}

const cr = (kind: string, name: string, spec: unknown, { status, ...extra }: Extra = {}) =>
  rawObject(
    'appmesh.k8s.aws/v1beta2',
    kind,
    name,
    { spec, ...(status === undefined ? {} : { status }) },
    extra,
  );

/** A member of the mesh. */
export const member = (kind: string, name: string, spec: object = {}, extra: Extra = {}): RawObject =>
  cr(kind, name, { meshRef: MESH_REF, ...spec }, extra);

/** An object that is no member, or whose spec is no object at all. */
export const stray = cr;

/** The mesh itself; it takes every namespace. */
export const meshObject = (spec: object = {}, extra: Extra = {}): RawObject =>
  cr(
    'Mesh',
    MESH,
    { awsName: MESH, namespaceSelector: {}, ...spec },
    { ...extra, metadata: { uid: MESH_REF.uid, ...extra.metadata }, namespace: '' },
  );

/** A ReconcileError event about an object. */
export const problemEvent = (about: RawObject, message: string, lastTimestamp: string): RawObject =>
  rawObject('v1', 'Event', `${about.metadata.name}.${lastTimestamp}`, {
    type: 'Warning',
    reason: 'ReconcileError',
    message,
    count: 3,
    lastTimestamp,
    involvedObject: { uid: about.metadata.uid },
  });

/** The world of some objects. Every watched resource was read. */
export function worldOf(...objects: RawObject[]): World {
  return Object.fromEntries(
    APP_MESH_RESOURCES.map(({ plural, kind }) => [plural, objects.filter((each) => each.kind === kind)]),
  );
}

/** `shop-mesh` as it is in a world of these objects; `meshObject()` is added where none is among them. */
export function readMesh(...objects: RawObject[]): MeshModel {
  const all = objects.some(({ kind }) => kind === 'Mesh') ? objects : [meshObject(), ...objects];
  const model = buildModels(worldOf(...all), NOW).find(({ mesh }) => mesh.ref.name === MESH);
  if (!model) throw new Error('no mesh was read');
  return model;
}

type EntityOf<K extends Entity['kind']> = Extract<Entity, { kind: K }>;

/** The entity of a kind and name; throws when the model holds none. */
export function entity<K extends Entity['kind']>(model: MeshModel, kind: K, path: string): EntityOf<K> {
  const key = `${kind}:${path.includes('/') ? path : `shop/${path}`}` as EntityKey; // names are the tests' own
  const found = model.entities.get(key);
  if (found?.kind !== kind) throw new Error(`no ${key} among ${[...model.entities.keys()].join(', ')}`);
  return found as EntityOf<K>; // the kind was just compared
}

/** A VirtualRouter with one http route to these targets. */
export const routerTo = (name: string, ...weightedTargets: object[]): RawObject =>
  member('VirtualRouter', name, {
    routes: [{ name: 'all', httpRoute: { match: { prefix: '/' }, action: { weightedTargets } } }],
  });

export const toNode = (name: string, weight: number, more: object = {}) => ({
  virtualNodeRef: { name },
  weight,
  ...more,
});
