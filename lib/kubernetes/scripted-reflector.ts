/** A reflector over a scripted cluster, for its tests: what it holds, and waiting for what it comes to. */
import { afterEach, beforeEach, vi } from 'vitest';
import { startReflector } from './reflector';
import type { Reflector, ReflectorOptions, ReflectorState } from './reflector';
import { startScriptedCluster } from './scripted-cluster';
import type { Asked, ScriptedCluster } from './scripted-cluster';

export interface ReflectorRig {
  /** As they are in the test that runs. */
  readonly scripted: ScriptedCluster;
  readonly reflector: Reflector;
  /** Every state that was told. */
  readonly states: readonly ReflectorState[];
  /** How often a change was told. */
  readonly changes: number;
  start(options?: Partial<ReflectorOptions>): void;
  /** Starts, answers the first list and opens the watch. */
  synced(resourceVersion?: string, ...items: unknown[]): Promise<Asked>;
  /** Resolves as soon as `condition` holds. */
  until(condition: () => boolean): Promise<void>;
  phase(wanted: ReflectorState['phase']): Promise<void>;
  /** Keys of what is held. */
  names(): string[];
}

export const pod = (name: string, resourceVersion = '1', more: object = {}) => ({
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, resourceVersion, ...more },
});
export const page = (resourceVersion: string, items: unknown[], token?: string) => ({
  metadata: { resourceVersion, ...(token === undefined ? {} : { continue: token }) },
  items,
});
export const event = (type: string, object: unknown) => ({ type, object });

/** Gives each test of a file a cluster of its own. Only the clock is faked: what is waited for is a request or a state, never time. */
export function reflectorRig(): ReflectorRig {
  let scripted: ScriptedCluster;
  let reflector: Reflector;
  let looks: (() => void)[];
  let states: ReflectorState[];
  let changes: number;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T12:00:00Z') });
    scripted = await startScriptedCluster();
    [looks, states, changes] = [[], [], 0];
  });
  afterEach(async () => {
    reflector.stop();
    await scripted.stop();
    vi.useRealTimers();
  });

  const look = () => looks.forEach((each) => each());
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const attempt = () => {
        if (condition()) resolve();
      };
      looks.push(attempt);
      attempt();
    });
  const phase = (wanted: ReflectorState['phase']) => until(() => reflector.state().phase === wanted);

  function start(options: Partial<ReflectorOptions> = {}): void {
    reflector = startReflector(scripted.cluster, {
      path: '/api/v1/pods',
      apiVersion: 'v1',
      kind: 'Pod',
      random: () => 0,
      ...options,
      onChange: () => {
        changes += 1;
        look();
      },
      onState: () => {
        states.push(reflector.state());
        look();
      },
    });
  }

  async function synced(resourceVersion = '10', ...items: unknown[]): Promise<Asked> {
    start();
    (await scripted.next()).json(page(resourceVersion, items));
    const watch = await scripted.next();
    watch.lines();
    await phase('live');
    return watch;
  }

  return {
    get scripted() {
      return scripted;
    },
    get reflector() {
      return reflector;
    },
    get states() {
      return states;
    },
    get changes() {
      return changes;
    },
    start,
    synced,
    until,
    phase,
    names: () => [...reflector.objects().keys()],
  };
}
