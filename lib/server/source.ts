/** A source: one Kubernetes context that is watched, its world, its state in plain words, and its hub. */
import 'server-only';
import type { Source, SourceState } from '@/lib/api/topology';
import { connect, watchResource, type ClusterClient, type WatchCache } from '@/lib/kubernetes';
import { APP_MESH_RESOURCES, type RawObject, type World } from '@/lib/providers/app-mesh';
import type { Config } from './config';
import { createHub, type Hub } from './hub';
import { sourceStateOf, type WatchedState } from './source-state';

/** How long the first picture waits for resources that do not come; what came is then shown without them. */
const PARTIAL_AFTER_MS = 15_000;

export interface MeshSource {
  id: string;
  /** `undefined` where the configuration leads to no cluster at all. */
  cluster: ClusterClient | undefined;
  hub: Hub;
  describe(): Source;
  state(): SourceState;
  onState(listener: () => void): () => void;
  /** What was read so far; `undefined` before the first complete reading. */
  world(): World | undefined;
  /** Ends the wait before the next attempt of everything that is waiting. */
  retryNow(): void;
  stop(): void;
}

/** A context name as part of a path: lower case, with everything unusual made a dash. */
export function sourceId(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return slug === '' ? 'cluster' : slug;
}

/** Connects to the configured cluster and begins to watch it. Never fails: what is wrong is told by `state`. */
export function openSource(
  config: Config,
  onRebuilt: (tookMs: number) => void = () => undefined,
): MeshSource {
  const connected = connect({
    ...(config.kubeconfig === undefined ? {} : { kubeconfig: config.kubeconfig }),
    ...(config.context === undefined ? {} : { context: config.context }),
    inCluster: config.inCluster,
  });
  const cluster = connected.ok ? connected.cluster : undefined;
  const openedAt = new Date();
  const caches = new Map<string, WatchCache>();
  const listeners = new Set<() => void>();
  let partial = false;
  let wereLive: ReadonlySet<string> = new Set();
  let lastState: SourceState = { phase: 'connecting', since: openedAt.toISOString() };

  const watched = (): WatchedState[] =>
    APP_MESH_RESOURCES.flatMap((resource) => {
      const cache = caches.get(resource.plural);
      return cache === undefined ? [] : [{ resource, state: cache.state() }];
    });

  /** Cached objects are parsed field by field in the provider; here they are only known to have metadata. */
  const objects = (plural: string): readonly RawObject[] =>
    (caches.get(plural)?.objects() ?? []) as readonly RawObject[];

  function world(): World | undefined {
    const states = watched();
    const arrived = (plural: string) =>
      states.some((s) => s.resource.plural === plural && s.state.currentAsOf !== undefined);
    const waiting = states.some((s) => s.state.currentAsOf === undefined && s.state.phase === 'connecting');
    if (!arrived('meshes') || (waiting && !partial)) return undefined;
    return Object.fromEntries(
      APP_MESH_RESOURCES.filter((resource) => arrived(resource.plural)).map((resource) => [
        resource.plural,
        objects(resource.plural),
      ]),
    );
  }

  const hub = createHub({ world, onlyNamespaces: config.namespaces, now: () => new Date(), onRebuilt });

  /** The state at this moment. While a source is live, `currentAsOf` moves on without any change being told. */
  const stateNow = (): SourceState =>
    connected.ok ? sourceStateOf(watched(), lastState, new Date()) : lastState;

  /** The first watch that comes back tells that the cluster has: the others need not wait out their turn. */
  function wakeOthers(): void {
    const live = new Set(
      watched().flatMap(({ resource, state: { phase } }) => (phase === 'live' ? [resource.plural] : [])),
    );
    const returned = [...live].some((plural) => !wereLive.has(plural));
    wereLive = live;
    if (!returned) return;
    for (const cache of caches.values()) if (cache.state().phase === 'reconnecting') cache.retryNow();
  }

  function stateChanged(): void {
    wakeOthers();
    lastState = stateNow();
    hub.markDirty();
    for (const listener of [...listeners]) listener();
  }

  if (connected.ok) {
    for (const resource of APP_MESH_RESOURCES)
      caches.set(
        resource.plural,
        watchResource(connected.cluster, resource, {
          ...(config.namespaces !== undefined && resource.namespaced
            ? { namespaces: config.namespaces }
            : {}),
          onChange: () => hub.markDirty(),
          onState: stateChanged,
        }),
      );
  } else {
    lastState = {
      phase: 'failed',
      since: openedAt.toISOString(),
      problem: { code: 'E501', detail: connected.problem },
    };
  }
  const grace = setTimeout(() => {
    partial = true;
    hub.markDirty();
  }, PARTIAL_AFTER_MS).unref();

  const name = cluster?.name ?? config.context ?? 'cluster';
  return {
    id: sourceId(name),
    cluster,
    hub,
    describe: () => ({
      id: sourceId(name),
      kind: 'kubernetes',
      name,
      server: cluster?.server ?? '',
      readOnly: config.readOnly,
      ...(config.namespaces === undefined ? {} : { namespace: config.namespaces.join(', ') }),
      state: stateNow(),
    }),
    state: stateNow,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    world,
    retryNow: () => caches.forEach((cache) => cache.retryNow()),
    stop: () => {
      clearTimeout(grace);
      caches.forEach((cache) => cache.stop());
      hub.stop();
    },
  };
}
