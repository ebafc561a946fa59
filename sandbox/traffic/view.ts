/** The mesh as it was declared at one moment: what the App Mesh API held, and the facts of the cluster. */
import type { ApiResource } from '../appmesh/control-plane';
import { collectionOf, type ApiKind } from '../appmesh/resource-id';
import { factsKey, type AllFacts, type ProxyFacts } from './facts';
import { MeshPlan } from './plan';

export type Collections = ReadonlyMap<string, ReadonlyMap<string, ApiResource>>;

/** What holds for a resource that has no object in the cluster. */
const UNKNOWN: ProxyFacts = { annotation: undefined, ready: true, pastProxy: [] };

export class MeshView {
  private readonly plans = new Map<string, MeshPlan>();

  constructor(
    private readonly collections: Collections,
    private readonly facts: AllFacts,
  ) {}

  meshNames(): string[] {
    return [...(this.collections.get(collectionOf({ kind: 'mesh', mesh: '', name: '' }))?.keys() ?? [])];
  }

  find(kind: ApiKind, mesh: string, name: string): ApiResource | undefined {
    return this.collections.get(collectionOf({ kind, mesh, name }))?.get(name);
  }

  list(kind: ApiKind, mesh: string, parent?: string): ApiResource[] {
    const id = { kind, mesh, name: '', ...(parent === undefined ? {} : { parent }) };
    return [...(this.collections.get(collectionOf(id))?.values() ?? [])];
  }

  factsOf(kind: 'virtualNode' | 'virtualGateway', mesh: string, name: string): ProxyFacts {
    const key = factsKey(kind, mesh, name);
    for (const facts of this.facts.values()) {
      const found = facts.get(key);
      if (found) return found;
    }
    return UNKNOWN;
  }

  /** The ways requests can take in a mesh, worked out as they are taken. */
  plan(mesh: string): MeshPlan {
    const known = this.plans.get(mesh);
    if (known) return known;
    const plan = new MeshPlan(mesh, this);
    this.plans.set(mesh, plan);
    return plan;
  }
}
