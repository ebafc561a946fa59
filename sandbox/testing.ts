/** A simulation for tests, and short words for what tests ask of it. */
import { ownCrds } from './crds';
import { DEFAULT_KNOBS } from './admin/knobs';
import type { Knobs, KubeObject } from './kube/types';
import { creationOrder } from './scenarios';
import { Simulation } from './simulation';

export interface Bench {
  simulation: Simulation;
  knobs: Knobs;
  turn(change: Partial<Knobs>): void;
  get(kind: string, key: string): KubeObject | undefined;
  list(kind: string): KubeObject[];
  create(object: KubeObject): KubeObject;
  /** Changes the spec in place. */
  change(kind: string, key: string, change: (spec: KubeObject['spec']) => void): void;
  remove(kind: string, key: string): void;
  /** The Events about an object: reason and message, and how often. */
  eventsOf(
    kind: string,
    key: string,
  ): { reason: string; message: string; count: number; component: string }[];
}

const API_VERSIONS: Record<string, string> = {
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Pod: 'v1',
  Service: 'v1',
  Event: 'v1',
  Namespace: 'v1',
  ConfigMap: 'v1',
};

/** `namespace/name`, or only a name for what is in no namespace. */
function place(key: string): [string | undefined, string] {
  const slash = key.indexOf('/');
  return slash === -1 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
}

/** Starts a settled simulation over some objects. A bug inside it fails the test. */
export async function startBench(objects: KubeObject[], change: Partial<Knobs> = {}): Promise<Bench> {
  const bench = { knobs: { ...DEFAULT_KNOBS, ...change } };
  const simulation = await Simulation.start({
    crds: ownCrds(),
    objects: creationOrder(objects),
    knobs: () => bench.knobs,
    onBug: (what, error) => {
      throw new Error(`${what} failed`, { cause: error });
    },
  });
  const { cluster } = simulation;
  const typeOf = (kind: string) =>
    cluster.typeOf({ apiVersion: API_VERSIONS[kind] ?? 'appmesh.k8s.aws/v1beta2', kind });
  return Object.assign(bench, {
    simulation,
    turn(next: Partial<Knobs>) {
      const before = bench.knobs;
      bench.knobs = { ...before, ...next };
      simulation.knobsTurned(before, bench.knobs);
    },
    get: (kind: string, key: string) => cluster.get(typeOf(kind), ...place(key)),
    list: (kind: string) => cluster.list(typeOf(kind)),
    create: (object: KubeObject) => cluster.create(cluster.typeOf(object), object),
    change(kind: string, key: string, edit: (spec: KubeObject['spec']) => void) {
      cluster.mutate(typeOf(kind), ...place(key), (draft) => edit(draft['spec']));
    },
    remove: (kind: string, key: string) => cluster.delete(typeOf(kind), ...place(key)),
    eventsOf(kind: string, key: string) {
      const [namespace, name] = place(key);
      return cluster
        .list(typeOf('Event'), namespace ?? 'default')
        .filter(({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === name)
        .map(({ reason, message, count, source }) => ({
          reason: String(reason),
          message: String(message),
          count: Number(count),
          component: String(source.component),
        }));
    },
  });
}

/** Whether an object's own condition says that it is active, and for which generation; `undefined` without a status. */
export function acceptance(object: KubeObject | undefined): { active: string; observed: number } | undefined {
  const status = object?.['status'];
  return status && { active: status.conditions[0].status, observed: status.observedGeneration };
}
