/** Changes for a repository. */
import type { JsonPatchOp } from './patch';
import { APP_MESH_GROUP, APP_MESH_VERSION } from './resources';
import type { RawObject } from './resources';

/** A patch as an entry of `patches` of a kustomization. The uid is left out, for a repository has none. */
export function kustomizePatch(
  { kind, metadata: { name, namespace } }: RawObject,
  patch: readonly JsonPatchOp[],
): { target: Record<string, string>; patch: JsonPatchOp[] } {
  return {
    target: {
      ...{ group: APP_MESH_GROUP, version: APP_MESH_VERSION, kind, name },
      ...(namespace === undefined ? {} : { namespace }),
    },
    patch: patch.filter(({ path }) => path !== '/metadata/uid'),
  };
}
