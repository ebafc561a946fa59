/** The App Mesh controller: a queue for each kind, fed by what changes in the cluster. */
import type { Activity } from '../loop/activity';
import type { EventRecorder } from '../loop/events';
import { keyOf, type Informer } from '../loop/informer';
import { pause, WorkQueue } from '../loop/work-queue';
import type { Cluster, Knobs } from '../kube/types';
import type { ControlPlane } from './control-plane';
import { isMeshKind, MESH_KINDS, type MeshKind } from './kinds';
import { Reconciler, Stopped } from './reconciler';
import { References } from './references';
import { addMeshIndexes, affectedBy } from './triggers';

/** Reconciles at a time, as the real controller has it. */
const CONCURRENCY = 3;
const MESH_CONCURRENCY = 1;

export interface ControllerOptions {
  cluster: Cluster;
  informer: Informer;
  events: EventRecorder;
  api: ControlPlane;
  knobs: () => Knobs;
  now: () => Date;
  /** Time of one step; nothing while the sandbox starts. */
  delayMs: () => number;
  activity: Activity;
  onBug: (key: string, error: unknown) => void;
}

export class AppMeshController {
  readonly queues: Record<MeshKind, WorkQueue>;
  private readonly references: References;
  /** Kinds that are worked on: while the cluster is set up, only those whose foundations stand. */
  private readonly open = new Set<MeshKind>();

  constructor(private readonly options: ControllerOptions) {
    const { cluster, informer, events, api, knobs, now, delayMs, activity, onBug } = options;
    addMeshIndexes(cluster, informer);
    const references = new References(cluster, informer);
    this.references = references;
    const step = async () => {
      await pause(delayMs());
      if (knobs().controllerDown) throw new Stopped();
    };
    const queue = (kind: MeshKind) => {
      const reconciler = new Reconciler(kind, {
        cluster,
        informer,
        events,
        tools: { api, references, step },
        now,
      });
      return new WorkQueue({
        concurrency: kind === 'Mesh' ? MESH_CONCURRENCY : CONCURRENCY,
        run: (key) => reconciler.run(key),
        paused: () => knobs().controllerDown || !this.open.has(kind),
        changed: activity.changed,
        onBug: (key, error) => onBug(`${kind} ${key}`, error),
      });
    };
    this.queues = {
      Mesh: queue('Mesh'),
      VirtualNode: queue('VirtualNode'),
      VirtualGateway: queue('VirtualGateway'),
      VirtualRouter: queue('VirtualRouter'),
      VirtualService: queue('VirtualService'),
      GatewayRoute: queue('GatewayRoute'),
    };
    activity.add(...Object.values(this.queues));
    informer.onChange((change) => {
      for (const object of affectedBy(change, informer))
        if (isMeshKind(object.kind)) this.queues[object.kind].add(keyOf(object));
    });
  }

  /** Accepts what the cluster starts with, one kind after the other, so that nothing has to wait for anything. `founded` is called once the meshes are there. */
  async seed(founded: () => void = () => undefined): Promise<void> {
    for (const kind of MESH_KINDS) {
      this.open.add(kind);
      this.enqueueAll(kind);
      await this.options.activity.idle();
      if (kind === 'Mesh') founded();
    }
  }

  /** Looks at every object, as a controller does when it starts. */
  resync(): void {
    for (const kind of MESH_KINDS) this.enqueueAll(kind);
  }

  private enqueueAll(kind: MeshKind): void {
    for (const object of this.options.informer.all(this.references.typeOf(kind)))
      this.queues[kind].add(keyOf(object));
    this.queues[kind].wake();
  }
}
