/** A source that is one Kubernetes context: watched, with its world, its state in plain words, and its hub. */
import 'server-only';
import type { Source, SourcePart, SourceState } from '@/lib/api/topology';
import { connect, watchResource, type ClusterClient, type WatchCache } from '@/lib/kubernetes';
import type { PolicyRule } from '@/lib/mesh/backends/policy';
import { policyFindings } from '@/lib/mesh/backends/policy-findings';
import type { MeshModel } from '@/lib/mesh/model';
import { APP_MESH_RESOURCES, buildModels, type RawObject, type World } from '@/lib/providers/app-mesh';
import { SHIFT_RESOURCE } from '@/lib/providers/app-mesh/shifts';
import { watchAcceptances, type Taken } from './acceptances';
import { FAST_MS } from './app-mesh/poll';
import type { AppMeshSource } from './app-mesh/source';
import type { Config } from './config';
import { createHub } from './hub';
import { createJoining, type TakenMesh } from './joining';
import type { SourceBase } from './source';
import { sourceStateOf, unreadOf, type WatchedState } from './source-state';

/** How long the first picture waits for resources that do not come; what came is then shown without them. */
const PARTIAL_AFTER_MS = 1_500;

/** How soon after its last reading an API is read again when the controller has taken something there. */
const READ_WITHIN_MS: Record<Taken, number | undefined> = { anew: 0, some: 2_000, none: undefined };

export interface KubernetesSource extends SourceBase {
  kind: 'kubernetes';
  /** `undefined` where the configuration leads to no cluster at all. */
  cluster: ClusterClient | undefined;
  /** What was read so far; `undefined` before the first complete reading. */
  world(): World | undefined;
  /** The meshes as the cluster's objects alone describe them. */
  declared(): readonly MeshModel[];
  /** The namespaces that are read, where not all are. */
  onlyNamespaces: readonly string[] | undefined;
  /** The TrafficShifts of the cluster, watched apart from the mesh: a cluster without their CRD lacks nothing else. */
  shifts: WatchCache | undefined;
  /** The same mesh as App Mesh APIs hold it. */
  taken(mesh: string): TakenMesh[];
}

/** Which cluster, and how it is called. */
export interface ContextChoice {
  kubeconfig?: string | undefined;
  context?: string | undefined;
  inCluster: boolean;
}

/** A cluster on the way to being a source: connected or not, with the name it goes by. */
export interface ChosenCluster {
  name: string;
  connected: ReturnType<typeof connect>;
}

/** Prepares a connection. Never fails: what is wrong is told by the source's state. */
export function chooseCluster({ kubeconfig, context, inCluster }: ContextChoice): ChosenCluster {
  const connected = connect({
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    inCluster,
  });
  return { name: connected.ok ? connected.cluster.name : (context ?? 'cluster'), connected };
}

export interface KubernetesSourceOptions {
  id: string;
  config: Pick<Config, 'namespaces' | 'readOnly'>;
  /** Where what the cluster asks for is taken. */
  apis: readonly AppMeshSource[];
  /** Rules for the whitelist. */
  rules: readonly PolicyRule[];
  onRebuilt?(tookMs: number): void;
}

/** Begins to watch a cluster. */
export function openKubernetesSource(
  { name, connected }: ChosenCluster,
  { id, config, apis, rules, onRebuilt = () => undefined }: KubernetesSourceOptions,
): KubernetesSource {
  const cluster = connected.ok ? connected.cluster : undefined;
  const openedAt = new Date();
  const caches = new Map<string, WatchCache>();
  const listeners = new Set<() => void>();
  let partial = false;
  let wereLive: ReadonlySet<string> = new Set();
  let lastState: SourceState = { phase: 'connecting', since: openedAt.toISOString() };
  let declared: readonly MeshModel[] = [];
  let drifted: ReadonlySet<string> = new Set();
  const taken = watchAcceptances();
  const limited = config.namespaces === undefined ? {} : { namespaces: config.namespaces };

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

  const joining = createJoining(apis);
  const hub = createHub({
    read: (now) => {
      const known = world();
      if (known === undefined) return undefined;
      declared = buildModels(known, now, declared, config.namespaces);
      const withinMs = READ_WITHIN_MS[taken(declared)];
      if (withinMs !== undefined) apis.forEach((api) => api.nudge(withinMs));
      const readings = declared.map((model) => joining.join(model, now));
      // What parts ways now may have been taken since the APIs were last read.
      if (readings.some(({ findings = [] }) => findings.some(({ id }) => !drifted.has(id))))
        apis.forEach((api) => api.nudge(FAST_MS));
      drifted = new Set(readings.flatMap(({ findings = [] }) => findings.map(({ id }) => id)));
      if (rules.length === 0) return readings;
      return readings.map((reading) => ({
        ...reading,
        findings: [...(reading.findings ?? []), ...policyFindings(reading.model, rules)],
      }));
    },
    now: () => new Date(),
    onRebuilt,
  });

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
    for (const cache of [...caches.values(), ...(shifts === undefined ? [] : [shifts])])
      if (cache.state().phase === 'reconnecting') cache.retryNow();
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
          ...(resource.namespaced ? limited : {}),
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
  const shifts = connected.ok
    ? watchResource(connected.cluster, SHIFT_RESOURCE, {
        ...limited,
        onChange: () => undefined, // whoever shows shifts asks for them
        onState: () => undefined,
      })
    : undefined;
  const unhear = apis.flatMap((api) => [
    api.hub.subscribe(() => hub.markDirty()),
    api.onState(() => {
      hub.markDirty();
      for (const listener of [...listeners]) listener();
    }),
  ]);
  const grace = setTimeout(() => {
    partial = true;
    hub.markDirty();
  }, PARTIAL_AFTER_MS).unref();

  const declaredMesh = (name: string) => declared.find(({ mesh }) => mesh.ref.name === name)?.mesh;

  function ownPart(): SourcePart {
    const { phase, currentAsOf, problem } = stateNow();
    const { kinds, problem: reason } = unreadOf(watched());
    const why = problem ?? reason;
    return {
      source: id,
      name,
      kind: 'kubernetes',
      phase,
      ...(phase === 'live' || currentAsOf === undefined ? {} : { currentAsOf }),
      ...(kinds.length === 0 ? {} : { what: kinds }),
      ...(why === undefined ? {} : { problem: why }),
    };
  }

  return {
    kind: 'kubernetes',
    id,
    name,
    cluster,
    hub,
    onlyNamespaces: config.namespaces,
    shifts,
    describe: (): Source => ({
      id,
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
    parts: (mesh) => [ownPart(), ...joining.parts(declaredMesh(mesh))],
    taken: (mesh) => joining.taken(declaredMesh(mesh)),
    // Whoever looks at a mesh of the cluster looks at what its control plane took as well.
    attend: () => {
      const leaves = apis.map((api) => api.attend());
      return () => leaves.forEach((leave) => leave());
    },
    world,
    declared: () => declared,
    retryNow: () => {
      caches.forEach((cache) => cache.retryNow());
      shifts?.retryNow();
      apis.forEach((api) => api.retryNow());
    },
    stop: () => {
      clearTimeout(grace);
      unhear.forEach((stop) => stop());
      caches.forEach((cache) => cache.stop());
      shifts?.stop();
      hub.stop();
    },
  };
}
