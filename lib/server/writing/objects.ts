/** Objects of the mesh that are written: where they are in the Kubernetes API, and the mesh as it would be with one of them changed. */
import 'server-only';
import { z } from 'zod';
import { entityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshModel } from '@/lib/mesh/model';
import { resourcePath, type ClusterClient } from '@/lib/kubernetes';
import { APP_MESH_RESOURCES, buildModels, type RawObject } from '@/lib/providers/app-mesh';
import type { Attempt } from '../cluster-failure';
import type { KubernetesSource } from '../kubernetes-source';

/** `namespace` is '' for what is of the whole cluster. */
export interface ObjectAddress {
  namespace: string;
  name: string;
}

/** The kinds that the console writes. */
export interface WrittenKind {
  plural: 'virtualrouters' | 'virtualnodes' | 'backendgroups' | 'meshes';
  kind: 'VirtualRouter' | 'VirtualNode' | 'BackendGroup' | 'Mesh';
  entity: 'router' | 'node' | 'backendGroup' | 'mesh';
}
export const ROUTER: WrittenKind = { plural: 'virtualrouters', kind: 'VirtualRouter', entity: 'router' };
export const NODE: WrittenKind = { plural: 'virtualnodes', kind: 'VirtualNode', entity: 'node' };
export const BACKEND_GROUP: WrittenKind = {
  plural: 'backendgroups',
  kind: 'BackendGroup',
  entity: 'backendGroup',
};
export const MESH: WrittenKind = { plural: 'meshes', kind: 'Mesh', entity: 'mesh' };

const identified = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), uid: z.string(), resourceVersion: z.string() }),
});

/** Takes an answer of the API server for an object. The rest of it is parsed by the provider, field by field. */
export function asRawObject(body: unknown): RawObject {
  return identified.parse(body) as RawObject;
}

function resourceOf({ plural }: WrittenKind) {
  const resource = APP_MESH_RESOURCES.find((each) => each.plural === plural);
  if (resource === undefined) throw new Error(`${plural} are not among the watched resources`);
  return resource;
}

/** Where an object is in the Kubernetes API. */
export const objectPath = (kind: WrittenKind, { namespace, name }: ObjectAddress): string =>
  resourcePath(resourceOf(kind), { namespace, name });

/** Where objects of a kind are made. */
export const collectionPath = (kind: WrittenKind, namespace: string): string =>
  resourcePath(resourceOf(kind), { namespace });

/** The words for a failed request about an object. */
export function attemptOf(
  cluster: ClusterClient,
  verb: string,
  { plural, kind }: WrittenKind,
  { namespace, name }: ObjectAddress,
): Attempt {
  return { verb, resource: plural, kind, namespace, name, server: cluster.server };
}

/** An answer to a rehearsed creation: an object that was never stored has no version yet, and may have no uid. */
export function asRehearsedObject(body: unknown): RawObject {
  const { metadata, ...rest } = z.looseObject({ metadata: z.looseObject({}) }).parse(body);
  return asRawObject({ ...rest, metadata: { uid: '', resourceVersion: '', ...metadata } });
}

/** The meshes as they would be with these objects of a kind. `undefined` before the first reading. */
function modelsWith(
  source: KubernetesSource,
  { plural }: WrittenKind,
  objects: (now: readonly RawObject[]) => RawObject[],
): MeshModel[] | undefined {
  const world = source.world();
  if (world === undefined) return undefined;
  const next = { ...world, [plural]: objects(world[plural] ?? []) };
  return buildModels(next, new Date(), source.declared(), source.onlyNamespaces);
}

const others = (now: readonly RawObject[], { metadata: { namespace = '', name } }: RawObject): RawObject[] =>
  now.filter(({ metadata }) => (metadata.namespace ?? '') !== namespace || metadata.name !== name);

/** The mesh as it would be with this object in place of the one last seen. `undefined` before the first reading. */
export function modelWith(
  source: KubernetesSource,
  kind: WrittenKind,
  raw: RawObject,
): MeshModel | undefined {
  const { namespace, name } = raw.metadata;
  const key = entityKey(kind.entity, namespace ?? '', name);
  return modelsWith(source, kind, (now) => [...others(now, raw), raw])?.find(
    (model) =>
      model.mesh.key === key || model.entities.has(key) || model.malformed.some((bad) => bad.key === key),
  );
}

/** The mesh as it would be without this object. */
export const modelWithout = (
  source: KubernetesSource,
  kind: WrittenKind,
  raw: RawObject,
  mesh: EntityKey,
): MeshModel | undefined =>
  modelsWith(source, kind, (now) => others(now, raw))?.find((model) => model.mesh.key === mesh);
