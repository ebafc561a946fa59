/** Manifests, as they lie in a repository, as the world they would make: what the webhooks of the controller add is added here. */
import { meshCr } from './cr';
import { APP_MESH_GROUP, APP_MESH_RESOURCES } from './resources';
import type { RawObject, World } from './resources';
import { selects } from './workloads';

/** An object of a manifest. Everything below is parsed later, field by field. */
export interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string | undefined;
    labels?: Record<string, string> | undefined;
    annotations?: Record<string, string> | undefined;
  };
  [field: string]: unknown;
}

/** Stands for the mesh that manifests without any Mesh belong to: nothing is known of it but that it drops what is not listed. */
export const IMPLIED_MESH = 'mesh-not-in-manifests';

const uidOf = ({ kind, metadata }: ManifestObject): string =>
  `manifest:${kind}/${metadata.namespace ?? ''}/${metadata.name}`;

function raw(object: ManifestObject, namespaced: boolean): RawObject {
  const { name, namespace, labels, annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      name,
      ...(namespaced ? { namespace: namespace ?? 'default' } : {}),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      uid: uidOf(object),
      resourceVersion: '0',
      generation: 1,
    },
  };
}

const specOf = (object: RawObject): Record<string, unknown> => {
  const spec: unknown = object['spec'];
  return typeof spec === 'object' && spec !== null ? { ...spec } : {};
};

/** The mesh that takes a namespace: the one whose selector does, or the only one there is. */
function designated(meshes: readonly RawObject[], labels: Record<string, string>): RawObject | undefined {
  const [only, second] = meshes;
  if (second === undefined) return only;
  return meshes.find((mesh) => {
    const parsed = meshCr.safeParse({ spec: mesh['spec'] ?? {} });
    const selector = parsed.success ? parsed.data.spec.namespaceSelector : undefined;
    return selector ? selects(selector, labels) : false;
  });
}

/**
 * The world of some manifests. Members get the meshRef that the webhook would give them; kinds that are in no manifest count as
 * not read, so that nothing is said of what may well be elsewhere. Not for clusters: these say themselves who belongs where.
 */
export function worldOfManifests(objects: readonly ManifestObject[]): World {
  const world: Record<string, RawObject[]> = {};
  for (const object of objects) {
    const [group = ''] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [''];
    const resource = APP_MESH_RESOURCES.find((each) => each.group === group && each.kind === object.kind);
    if (resource !== undefined) (world[resource.plural] ??= []).push(raw(object, resource.namespaced));
  }
  const meshes = (world['meshes'] ??= []);
  if (meshes.length === 0)
    meshes.push(
      raw(
        { apiVersion: `${APP_MESH_GROUP}/v1beta2`, kind: 'Mesh', metadata: { name: IMPLIED_MESH }, spec: {} },
        false,
      ),
    );
  const labels = new Map(
    (world['namespaces'] ?? []).map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
  );
  for (const { group, plural, namespaced } of APP_MESH_RESOURCES) {
    if (group !== APP_MESH_GROUP || !namespaced) continue;
    world[plural] = (world[plural] ?? []).map((object) => {
      const spec = specOf(object);
      if (spec['meshRef'] !== undefined) return object;
      const mesh = designated(meshes, labels.get(object.metadata.namespace ?? '') ?? {});
      if (mesh === undefined) return object;
      return { ...object, spec: { ...spec, meshRef: { name: mesh.metadata.name, uid: mesh.metadata.uid } } };
    });
  }
  return world;
}
