/** What the engine watches: shifts, and the mesh with the pods behind it. */
import { watchResource, type ClusterClient, type WatchCache } from '@/lib/kubernetes';
import type { MeshModel } from '@/lib/mesh/model';
import { APP_MESH_RESOURCES, buildModels, type RawObject, type World } from '@/lib/providers/app-mesh';
import { SHIFT_RESOURCE } from '@/lib/providers/app-mesh/shifts';

/** Who owns a pod is of no concern here. */
const UNNEEDED: ReadonlySet<string> = new Set(['deployments', 'replicasets']);

export interface EngineWatch {
  shifts(): readonly RawObject[];
  /** Why TrafficShifts cannot be read; `undefined` while they can. */
  shiftProblem(): string | undefined;
  /** Everything was read once, so that what is not here is not there. */
  ready(): boolean;
  /** The meshes, with these routers, which were read live, in place of those last seen. */
  models(routers: readonly RawObject[], now: Date): readonly MeshModel[];
  stop(): void;
}

const place = ({ metadata }: RawObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Begins to watch. `onShifts` and `onWorld` are told of every change. */
export function watchCluster(
  cluster: ClusterClient,
  namespaces: readonly string[] | undefined,
  { onShifts, onWorld }: { onShifts(): void; onWorld(): void },
): EngineWatch {
  const limited = namespaces === undefined ? {} : { namespaces };
  const shifts = watchResource(cluster, SHIFT_RESOURCE, {
    ...limited,
    onChange: onShifts,
    onState: onShifts,
  });
  const caches = new Map<string, WatchCache>();
  let models: readonly MeshModel[] = [];
  for (const resource of APP_MESH_RESOURCES.filter(({ plural }) => !UNNEEDED.has(plural)))
    caches.set(
      resource.plural,
      watchResource(cluster, resource, {
        ...(resource.namespaced ? limited : {}),
        onChange: onWorld,
        onState: onWorld,
      }),
    );
  /** Cached objects are parsed field by field in the provider; here they are only known to have metadata. */
  const objects = (cache: WatchCache) => cache.objects() as readonly RawObject[];

  function worldWith(routers: readonly RawObject[]): World {
    const world = Object.fromEntries([...caches].map(([plural, cache]) => [plural, objects(cache)]));
    const known = world['virtualrouters'] ?? [];
    const live = new Map(routers.map((router) => [place(router), router]));
    const isNew = routers.some((router) => {
      const seen = known.find((each) => place(each) === place(router));
      return seen?.metadata.resourceVersion !== router.metadata.resourceVersion;
    });
    if (!isNew) return world;
    return { ...world, virtualrouters: [...known.filter((each) => !live.has(place(each))), ...routers] };
  }

  return {
    shifts: () => objects(shifts),
    shiftProblem: () => {
      const { phase, problem } = shifts.state();
      return phase === 'live' ? undefined : problem?.detail;
    },
    // A kind that may not be read will not come; what depends on it is then not known.
    ready: () =>
      [...caches.values()].every((cache) => {
        const { currentAsOf, phase } = cache.state();
        return currentAsOf !== undefined || phase === 'failed';
      }),
    models: (routers, now) => (models = buildModels(worldWith(routers), now, models, namespaces)),
    stop: () => {
      shifts.stop();
      caches.forEach((cache) => cache.stop());
    },
  };
}
