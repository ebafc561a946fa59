/** A cluster with everything that lives in it: App Mesh controller, workloads, and the objects it starts with. */
import { AppMeshController } from './appmesh/controller';
import { InMemoryControlPlane, type ApiSeed } from './appmesh/control-plane';
import { ControllerClient } from './appmesh/controller-client';
import type { Silence } from './appmesh/api-errors';
import { Repeats } from './appmesh/http/repeats';
import { isOwnDeployment } from './appmesh/own-deployment';
import { grantedQuotas } from './appmesh/quotas';
import { sidecarInjector } from './appmesh/injection';
import { appMeshWebhooks } from './appmesh/webhooks';
import { createCluster, type InProcessCluster } from './kube/cluster';
import type { Knobs, KubeObject } from './kube/types';
import { Activity } from './loop/activity';
import { EventRecorder } from './loop/events';
import { Informer } from './loop/informer';
import { WorkloadController } from './workloads/controller';
import { workloadDefaults } from './workloads/defaults';

/** From the creation of a pod until it is ready. Real ones take longer; long enough to be seen. */
const POD_START_MS = 1_500;

export interface SimulationOptions {
  crds: object[];
  /** In an order the cluster accepts. */
  objects: KubeObject[];
  /** What only the App Mesh API has, each after what it needs. */
  apiResources?: ApiSeed[];
  knobs: () => Knobs;
  now?: () => Date;
  /** resourceVersion to begin with, see ClusterOptions. */
  firstVersion?: number;
  /** Told of errors no part of the sandbox should ever have. */
  onBug?: (what: string, error: unknown) => void;
}

const toStandardError = (what: string, error: unknown) =>
  void process.stderr.write(
    `sandbox: ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );

/** Why the App Mesh API does not answer the controller. */
const silenceOf = ({ appMeshApi }: Knobs): Silence | undefined =>
  appMeshApi === 'down' || appMeshApi === 'gone' ? appMeshApi : undefined;

export class Simulation {
  readonly cluster: InProcessCluster;
  readonly activity = new Activity();
  /** The App Mesh API, for the controller and for clients of its own. */
  readonly api: InMemoryControlPlane;
  readonly repeats = new Repeats();
  private readonly controller: AppMeshController;
  private readonly workloads: WorkloadController;
  private readonly informer: Informer;
  private seeding = true;
  /** Quotas of the account; empty while it is filled. */
  private granted: ReadonlyMap<string, number> = new Map();
  /** Changes of objects other than Events. */
  private changes = 0;

  private constructor({
    crds,
    knobs,
    firstVersion,
    now = () => new Date(),
    onBug = toStandardError,
  }: SimulationOptions) {
    const cluster = createCluster({ crds, now, ...(firstVersion === undefined ? {} : { firstVersion }) });
    this.cluster = cluster;
    const informer = new Informer(cluster);
    this.informer = informer;
    const events = new EventRecorder(cluster, now);
    this.api = new InMemoryControlPlane({
      now,
      quota: (name) => knobs().appMeshQuotas[name] ?? this.granted.get(name) ?? Infinity,
    });
    const { activity } = this;
    const common = { cluster, informer, events, now, activity, onBug };
    this.controller = new AppMeshController({
      ...common,
      api: new ControllerClient(this.api, () => silenceOf(knobs())),
      knobs,
      delayMs: () => (this.seeding ? 0 : knobs().reconcileDelayMs),
    });
    this.workloads = new WorkloadController({
      ...common,
      podStartMs: () => (this.seeding ? 0 : POD_START_MS),
    });
    cluster.addAdmission(workloadDefaults());
    cluster.addAdmission(sidecarInjector(cluster, informer, knobs));
    cluster.addAdmission(appMeshWebhooks(cluster, knobs));
    informer.onChange(({ type, event, object, previous }) => {
      if (type.kind !== 'Event') this.changes++;
      // The rollout of the controller itself: its next pod begins with everything there is.
      const rolledOut = event !== 'MODIFIED' || object.metadata.generation !== previous?.metadata.generation;
      if (!this.seeding && rolledOut && isOwnDeployment(object)) this.resync();
    });
  }

  /** A cluster that has settled: everything is active and running that can be. Throws when an object is refused. */
  static async start(options: SimulationOptions): Promise<Simulation> {
    const simulation = new Simulation(options);
    simulation.load(options.objects);
    await simulation.controller.seed(() => simulation.found(options.apiResources ?? []));
    simulation.workloads.seed();
    await simulation.activity.idle();
    simulation.granted = grantedQuotas((name) => simulation.api.mostUsed(name));
    simulation.seeding = false;
    return simulation;
  }

  /** Has the controller look at everything, as it does when it starts and every few hours. */
  resync(): void {
    this.controller.resync();
  }

  /** To be called after a knob was turned. A controller that comes back looks at everything. */
  knobsTurned(before: Knobs, after: Knobs): void {
    if (before.controllerDown && !after.controllerDown) this.resync();
    this.activity.changed();
  }

  /**
   * Resolves when nothing is queued and another attempt at what fails changes nothing. Stops trying once `abandoned`;
   * what is left then goes on by itself.
   */
  async settle(abandoned: () => boolean = () => false): Promise<void> {
    for (;;) {
      await this.activity.idle();
      const before = this.changes;
      this.activity.hurry();
      await this.activity.idle();
      if (this.changes === before || abandoned()) return;
    }
  }

  stop(): void {
    this.informer.stop();
    this.activity.stop();
  }

  private found(resources: ApiSeed[]): void {
    for (const { id, spec, tags = {} } of resources) this.api.create(id, spec, new Map(Object.entries(tags)));
  }

  private load(objects: KubeObject[]): void {
    const { cluster } = this;
    const namespaces = cluster.resourceType('', 'namespaces');
    for (const name of ['default', 'kube-system'])
      cluster.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    for (const object of objects) {
      const type = cluster.typeOf(object);
      const { name, namespace } = object.metadata;
      if (!cluster.get(type, type.namespaced ? (namespace ?? 'default') : undefined, name))
        cluster.create(type, object, { fieldManager: 'kubectl-client-side-apply' });
    }
  }
}
