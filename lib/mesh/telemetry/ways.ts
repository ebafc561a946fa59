/** The ways that a picture declares: from gateways and nodes over services and routers to nodes. */
import type { EntityKey } from '../keys';
import type { Topology, TopologyEdge, TopologyNode } from '../topology';

export type Edges = readonly TopologyEdge[];
const NONE: Edges = [];

/** Edges by where they begin and end. */
class Joined {
  private readonly edges = new Map<EntityKey, Map<EntityKey, TopologyEdge[]>>();

  add(edge: TopologyEdge, from: EntityKey = edge.source, to: EntityKey = edge.target): void {
    const known = this.edges.get(from) ?? new Map<EntityKey, TopologyEdge[]>();
    if (known.size === 0) this.edges.set(from, known);
    const list = known.get(to);
    if (list) list.push(edge);
    else known.set(to, [edge]);
  }

  between(from: EntityKey, to: EntityKey): Edges {
    return this.edges.get(from)?.get(to) ?? NONE;
  }

  ends(from: EntityKey): Iterable<EntityKey> {
    return this.edges.get(from)?.keys() ?? [];
  }
}

export class Ways {
  private readonly first = new Joined();
  private readonly callers = new Joined();
  private readonly provided = new Map<EntityKey, TopologyEdge[]>();
  private readonly providing = new Joined();
  private readonly routed = new Joined();
  private readonly kinds: ReadonlyMap<EntityKey, TopologyNode['kind']>;
  private readonly through = new Map<EntityKey, Map<EntityKey, EntityKey[]>>();

  constructor({ nodes, edges }: Topology) {
    this.kinds = new Map(nodes.map(({ key, kind }) => [key, kind]));
    for (const edge of edges)
      switch (edge.kind) {
        case 'gateway-route':
        case 'backend':
          this.first.add(edge);
          this.callers.add(edge, edge.target, edge.source);
          break;
        case 'provider':
          this.provide(edge);
          this.providing.add(edge, edge.target, edge.source);
          break;
        case 'route-target':
          this.routed.add(edge);
          break;
        default: // no traffic passes along the others
      }
  }

  private provide(edge: TopologyEdge): void {
    const known = this.provided.get(edge.source);
    if (known) known.push(edge);
    else this.provided.set(edge.source, [edge]);
  }

  /** Gateway routes or backends that let `source` send to a service. */
  allowed(source: EntityKey, service: EntityKey): Edges {
    return this.first.between(source, service);
  }

  /** From a service to its router or node. */
  providers(service: EntityKey): Edges {
    return this.provided.get(service) ?? NONE;
  }

  /** The routes of a router that name a node. */
  routes(router: EntityKey, node: EntityKey): Edges {
    return this.routed.between(router, node);
  }

  /** Everything that `source` may send to. */
  servicesFrom(source: EntityKey): Iterable<EntityKey> {
    return this.first.ends(source);
  }

  callersOf(service: EntityKey): Iterable<EntityKey> {
    return this.callers.ends(service);
  }

  servicesOf(router: EntityKey): Iterable<EntityKey> {
    return this.providing.ends(router);
  }

  /** The picture does not show all that lies behind a service. */
  isOpenEnded(service: EntityKey): boolean {
    if (this.kinds.get(service) !== 'service') return true;
    return this.providers(service).some(({ target }) => {
      const kind = this.kinds.get(target);
      return kind === 'unresolved' || kind === 'malformed';
    });
  }

  isRouter(key: EntityKey): boolean {
    return this.kinds.get(key) === 'router';
  }

  /** unseen: the service, or the router behind it, is not of this picture, or cannot be read. */
  leads(service: EntityKey, node: EntityKey): 'yes' | 'no' | 'unseen' {
    for (const { target } of this.providers(service))
      if (target === node || this.routes(target, node).length > 0) return 'yes';
    return this.isOpenEnded(service) ? 'unseen' : 'no';
  }

  /** The services over which `source` may reach `node`. */
  between(source: EntityKey, node: EntityKey): readonly EntityKey[] {
    const known = this.through.get(source) ?? this.reachOf(source);
    this.through.set(source, known);
    return known.get(node) ?? [];
  }

  private reachOf(source: EntityKey): Map<EntityKey, EntityKey[]> {
    const reach = new Map<EntityKey, EntityKey[]>();
    for (const service of this.first.ends(source)) {
      const ends = new Set<EntityKey>();
      for (const { target } of this.providers(service))
        if (this.isRouter(target)) for (const node of this.routed.ends(target)) ends.add(node);
        else ends.add(target);
      for (const end of ends) {
        const services = reach.get(end);
        if (services) services.push(service);
        else reach.set(end, [service]);
      }
    }
    return reach;
  }
}
