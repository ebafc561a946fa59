/** The sandbox as a whole: one simulation behind one address, its knobs, and what can be done to it. */
import type { ApiSeed } from '../appmesh/control-plane';
import type { Knobs, KubeObject } from '../kube/types';
import type { InProcessCluster } from '../kube/cluster';
import { typeId } from '../kube/store';
import { Simulation } from '../simulation';
import { Traffic } from '../traffic/traffic';
import { DEFAULT_KNOBS } from './knobs';

export interface SandboxOptions {
  /** What it starts with, for the status. */
  scenario: string;
  crds: object[];
  /** Read anew for every reset. */
  objects: () => KubeObject[];
  /** What only the App Mesh API has; also read anew for every reset. */
  apiResources?: () => ApiSeed[];
  now?: () => Date;
}

/** The connections of the HTTP face, as far as faults need them. */
export interface Connections {
  openWatches(): number;
  /** Ends every watch in good order. */
  endWatches(): void;
  /** Breaks every connection. */
  drop(): void;
}

export class Sandbox {
  knobs: Knobs = { ...DEFAULT_KNOBS };
  private startedAt = new Date();
  private downUntilMs = 0;
  private resetting: Promise<void> = Promise.resolve();
  private readonly now: () => Date;
  private current: Simulation | undefined;
  private drawn: Traffic | undefined;
  private connections: Connections | undefined;

  private constructor(private readonly options: SandboxOptions) {
    this.now = options.now ?? (() => new Date());
  }

  /** Throws an Error when an object of the scenario is refused. */
  static async start(options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(options);
    await sandbox.build();
    return sandbox;
  }

  connect(connections: Connections): void {
    this.connections = connections;
  }

  get simulation(): Simulation {
    if (!this.current) throw new Error('the sandbox has not started');
    return this.current;
  }

  get traffic(): Traffic {
    if (!this.drawn) throw new Error('the sandbox has not started');
    return this.drawn;
  }

  get cluster(): InProcessCluster {
    return this.simulation.cluster;
  }

  /** Whether the Kubernetes API is down, by knob or for a restart. */
  get isDown(): boolean {
    return this.knobs.apiDown || this.now().getTime() < this.downUntilMs;
  }

  turn(change: Partial<Knobs>): Knobs {
    const before = this.knobs;
    this.knobs = { ...before, ...change };
    this.simulation.knobsTurned(before, this.knobs);
    this.traffic.knobsTurned(before, this.knobs);
    if (this.knobs.apiDown && !before.apiDown) this.connections?.drop();
    return this.knobs;
  }

  cutWatches(): number {
    const open = this.connections?.openWatches() ?? 0;
    this.connections?.endWatches();
    return open;
  }

  /** Forgets what watches could replay. */
  expire(): void {
    this.cluster.store.compact();
  }

  /** Has the controller look at everything, as the real one does every ten hours. */
  resync(): void {
    this.simulation.resync();
  }

  restart(downMs: number): void {
    this.downUntilMs = this.now().getTime() + downMs;
    this.connections?.drop();
  }

  /** The scenario and the knobs as at the start. Every client has to list again: its old versions are gone. */
  reset(): Promise<void> {
    const next = this.resetting.then(async () => {
      const old = this.simulation;
      old.stop();
      this.knobs = { ...DEFAULT_KNOBS };
      this.downUntilMs = 0;
      await this.build(old.cluster.store.current + 1);
      this.connections?.endWatches();
    });
    this.resetting = next.catch(() => undefined);
    return next;
  }

  status(): object {
    const { cluster, simulation } = this;
    const objects: Record<string, number> = {};
    for (const type of cluster.resourceTypes()) {
      const count = cluster.store.count(typeId(type));
      if (count > 0) objects[type.kind] = count;
    }
    return {
      scenario: this.options.scenario,
      startedAt: this.startedAt.toISOString(),
      settled: !simulation.activity.busy,
      failing: simulation.activity.failing,
      down: this.isDown,
      watches: this.connections?.openWatches() ?? 0,
      resourceVersion: String(cluster.store.current),
      objects,
      appMesh: simulation.api.counts(),
    };
  }

  private async build(firstVersion?: number): Promise<void> {
    this.current = await Simulation.start({
      crds: this.options.crds,
      objects: this.options.objects(),
      apiResources: this.options.apiResources?.() ?? [],
      knobs: () => this.knobs,
      now: this.now,
      ...(firstVersion === undefined ? {} : { firstVersion }),
    });
    const { api, cluster } = this.simulation;
    this.drawn?.stop();
    this.drawn = new Traffic({ api, cluster, now: this.now, knobs: () => this.knobs });
    this.startedAt = this.now();
  }
}
