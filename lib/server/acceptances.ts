/** What the controller of a cluster has taken to its App Mesh API since the last look, as the objects' status tells it. */
import 'server-only';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshModel } from '@/lib/mesh/model';

/** `anew`: a mesh was made again. `some`: an object was accepted, or one that was is gone. */
export type Taken = 'anew' | 'some' | 'none';

/** Looks at the meshes of a cluster again and again; the first look has nothing to compare with. */
export function watchAcceptances(): (declared: readonly MeshModel[]) => Taken {
  let meshes: ReadonlyMap<EntityKey, string> = new Map();
  let accepted: ReadonlyMap<EntityKey, string> = new Map();
  return (declared) => {
    const [meshesBefore, before] = [meshes, accepted];
    meshes = new Map(declared.map(({ mesh }) => [mesh.key, mesh.ref.uid]));
    accepted = new Map(
      declared.flatMap(({ entities }) =>
        [...entities.values()]
          .filter(({ acceptance }) => acceptance === 'accepted')
          .map(({ key, ref }) => [key, `${ref.uid} ${ref.generation}`] as const),
      ),
    );
    if ([...meshes].some(([key, uid]) => (meshesBefore.get(key) ?? uid) !== uid)) return 'anew';
    if (meshesBefore.size === 0) return 'none';
    const gone = [...before.keys()].some((key) => !accepted.has(key));
    const news = [...accepted].some(([key, version]) => before.get(key) !== version);
    return gone || news ? 'some' : 'none';
  };
}
