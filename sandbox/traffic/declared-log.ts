/** Remembers how the mesh was declared, second by second, so that the past can be drawn as it was. */
import type { ApiResource, InMemoryControlPlane } from '../appmesh/control-plane';
import type { InProcessCluster } from '../kube/cluster';
import { FactsOfCluster } from './facts';
import { MeshView } from './view';

/** More changes than this are forgotten, the oldest first; what is left then holds for the time before, too. */
const MOST_ENTRIES = 500;

interface Entry {
  /** Epoch second from which on it held. */
  since: number;
  view: MeshView;
}

export interface DeclaredLogOptions {
  api: InMemoryControlPlane;
  cluster: InProcessCluster;
  now: () => Date;
}

/**
 * A change holds from the next second on. What the App Mesh API holds is what proxies know, so that a change shows once
 * the controller has made it there.
 */
export class DeclaredLog {
  private readonly entries: Entry[] = [];
  private readonly copies = new Map<string, ReadonlyMap<string, ApiResource>>();
  private readonly changed = new Set<string>();
  private readonly facts: FactsOfCluster;
  /** Since when the newest entry no longer holds. */
  private changedFrom: number | undefined;

  constructor(private readonly options: DeclaredLogOptions) {
    const { api, cluster } = options;
    this.facts = new FactsOfCluster(cluster, () => this.changing());
    for (const name of api.collectionNames()) this.changed.add(name);
    this.write(-Infinity);
    api.beforeChange((collection) => {
      this.changing();
      this.changed.add(collection);
    });
  }

  /** How the mesh was declared in a second that is over. */
  at(second: number): MeshView {
    this.catchUp(second);
    const { entries } = this;
    for (let i = entries.length - 1; i > 0; i--) {
      const entry = entries[i];
      if (entry && entry.since <= second) return entry.view;
    }
    const [first] = entries;
    if (!first) throw new Error('the log of the mesh is never empty');
    return first.view;
  }

  stop(): void {
    this.facts.stop();
  }

  private changing(): void {
    const from = Math.floor(this.options.now().getTime() / 1000) + 1;
    this.catchUp(from - 1);
    this.changedFrom ??= from;
  }

  /** Writes down what has held since an earlier change, if that concerns the given second. */
  private catchUp(second: number): void {
    if (this.changedFrom === undefined || this.changedFrom > second) return;
    this.write(this.changedFrom);
    this.changedFrom = undefined;
  }

  private write(since: number): void {
    for (const name of this.changed) this.copies.set(name, new Map(this.options.api.collection(name)));
    this.changed.clear();
    this.entries.push({ since, view: new MeshView(new Map(this.copies), this.facts.all) });
    if (this.entries.length > MOST_ENTRIES) this.entries.shift();
  }
}
