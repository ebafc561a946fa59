/** The objects of one kind, kept current: over the whole cluster, or over the namespaces the console is limited to. */
import 'server-only';
import type { ClusterClient } from './connect';
import type { CachedObject } from './objects';
import { resourcePath } from './paths';
import type { ResourceAddress } from './paths';
import { startReflector } from './reflector';
import type { Reflector, ReflectorState } from './reflector';

export type WatchState = ReflectorState;

export interface WatchCache {
  /** Everything last read. The list is the same one until something changes. */
  objects(): readonly CachedObject[];
  state(): WatchState;
  /** Ends the wait before the next attempt. */
  retryNow(): void;
  stop(): void;
}

export interface WatchOptions {
  /** One list and watch each; without it, one for the whole cluster. */
  namespaces?: readonly string[];
  onChange(): void;
  onState(): void;
}

const SEVERITY: readonly WatchState['phase'][] = ['failed', 'connecting', 'reconnecting', 'live'];

/** The worst of several states; current as of the one that is furthest behind. */
function worstOf(states: readonly WatchState[]): WatchState {
  const [worst] = [...states].sort((a, b) => SEVERITY.indexOf(a.phase) - SEVERITY.indexOf(b.phase));
  const { currentAsOf: _, ...rest } = worst ?? { phase: 'connecting', attempt: 0 };
  const times = states.map((state) => state.currentAsOf);
  const [earliest] = times.every((time) => time !== undefined) ? [...times].sort() : [];
  return { ...rest, ...(earliest === undefined ? {} : { currentAsOf: earliest }) };
}

/** Begins to list and watch a kind. Ends only with `stop`. */
export function watchResource(
  cluster: ClusterClient,
  resource: ResourceAddress & { kind?: string; fieldSelector?: string; writers?: boolean },
  options: WatchOptions,
): WatchCache {
  let flat: readonly CachedObject[] | undefined;
  const { group, version, kind, namespaced, fieldSelector, writers } = resource;
  const scopes = namespaced && options.namespaces !== undefined ? options.namespaces : [undefined];
  const reflectors = scopes.map((namespace): Reflector =>
    startReflector(cluster, {
      path: resourcePath(resource, namespace === undefined ? {} : { namespace }),
      apiVersion: group === '' ? version : `${group}/${version}`,
      ...(kind === undefined ? {} : { kind }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
      ...(writers === undefined ? {} : { writers }),
      onChange: () => {
        flat = undefined;
        options.onChange();
      },
      onState: options.onState,
    }),
  );
  return {
    objects: () => (flat ??= reflectors.flatMap((reflector) => [...reflector.objects().values()])),
    state: () => worstOf(reflectors.map((reflector) => reflector.state())),
    retryNow: () => reflectors.forEach((reflector) => reflector.retryNow()),
    stop: () => reflectors.forEach((reflector) => reflector.stop()),
  };
}
