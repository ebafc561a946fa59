/** Objects of the mesh that are written: where they are in the Kubernetes API, and the mesh as it would be with one of them changed. */
import 'server-only';
import { z } from 'zod';
import { entityKey } from '@/lib/mesh/keys';
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
  plural: 'virtualrouters' | 'virtualnodes' | 'meshes';
  kind: 'VirtualRouter' | 'VirtualNode' | 'Mesh';
  entity: 'router' | 'node' | 'mesh';
}
export const ROUTER: WrittenKind = { plural: 'virtualrouters', kind: 'VirtualRouter', entity: 'router' };
export const NODE: WrittenKind = { plural: 'virtualnodes', kind: 'VirtualNode', entity: 'node' };
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

/** Where an object is in the Kubernetes API. */
export function objectPath({ plural }: WrittenKind, { namespace, name }: ObjectAddress): string {
  const resource = APP_MESH_RESOURCES.find((each) => each.plural === plural);
  if (resource === undefined) throw new Error(`${plural} are not among the watched resources`);
  return resourcePath(resource, { namespace, name });
}

/** The words for a failed request about an object. */
export function attemptOf(
  cluster: ClusterClient,
  verb: string,
  { plural, kind }: WrittenKind,
  { namespace, name }: ObjectAddress,
): Attempt {
  return { verb, resource: plural, kind, namespace, name, server: cluster.server };
}

/** The mesh as it would be with this object in place of the one last seen. `undefined` before the first reading. */
export function modelWith(
  source: KubernetesSource,
  { plural, entity }: WrittenKind,
  raw: RawObject,
): MeshModel | undefined {
  const world = source.world();
  if (world === undefined) return undefined;
  const { namespace = '', name } = raw.metadata;
  const others = (world[plural] ?? []).filter(
    ({ metadata }) => (metadata.namespace ?? '') !== namespace || metadata.name !== name,
  );
  const key = entityKey(entity, namespace, name);
  const next = { ...world, [plural]: [...others, raw] };
  return buildModels(next, new Date(), source.declared(), source.onlyNamespaces).find(
    (model) =>
      model.mesh.key === key || model.entities.has(key) || model.malformed.some((bad) => bad.key === key),
  );
}
