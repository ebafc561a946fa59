/** Which part of a mesh each span of a trace stands for. */
import type { EntityKey } from '../keys';
import type { Entity, MeshModel } from '../model';
import type { Hop, Span, Trace } from './trace';

/** What a span says of itself: its mesh and proxy, and the cluster it sent to. */
export interface SpanName {
  mesh: string;
  /** AWS name of the proxy. */
  proxy: string;
  /** Envoy's name of the cluster, `cds_egress_<mesh>_<node>_<protocol>_<port>`. */
  upstream?: string | undefined;
}

class Finder {
  private readonly proxies = new Map<string, Entity>();
  private readonly clusters: { prefix: string; key: EntityKey }[] = [];

  constructor(private readonly model: MeshModel) {
    for (const entity of model.entities.values()) {
      if (entity.kind !== 'node' && entity.kind !== 'gateway') continue;
      if (!this.proxies.has(entity.awsName)) this.proxies.set(entity.awsName, entity);
      if (entity.kind === 'node')
        this.clusters.push({
          prefix: `cds_egress_${model.mesh.awsName}_${entity.awsName}_`,
          key: entity.key,
        });
    }
    // A name may begin with another one: the longest that fits is meant.
    this.clusters.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  proxy({ mesh, proxy }: SpanName): Entity | undefined {
    const [own] = mesh.split('@', 1);
    return own === this.model.mesh.awsName ? this.proxies.get(proxy) : undefined;
  }

  cluster(name: string): EntityKey | undefined {
    return this.clusters.find(({ prefix }) => name.startsWith(prefix))?.key;
  }

  /** Services that `caller` may send to and that lead to `node`, each with its way. */
  ways(caller: Entity, node: EntityKey): Hop[] {
    const allowed: { service: EntityKey; gatewayRoute?: EntityKey }[] = [];
    if (caller.kind === 'node') allowed.push(...caller.backends.map(({ key }) => ({ service: key })));
    if (caller.kind === 'gateway')
      for (const entity of this.model.entities.values())
        if (entity.kind === 'gatewayRoute' && entity.gateway.key === caller.key)
          allowed.push({ service: entity.target.key, gatewayRoute: entity.key });
    return allowed.flatMap((start) => this.through(start.service, node).map((hop) => ({ ...start, ...hop })));
  }

  private through(service: EntityKey, node: EntityKey): Hop[] {
    const entity = this.model.entities.get(service);
    const provider = entity?.kind === 'service' ? entity.provider.target?.key : undefined;
    if (provider === undefined) return [];
    if (provider === node) return [{}];
    const router = this.model.entities.get(provider);
    if (router?.kind !== 'router') return [];
    return router.routes.flatMap(({ name, targets }) =>
      targets.some(({ key }) => key === node) ? [{ router: provider, route: name }] : [],
    );
  }
}

/** What several ways have in common: of two routes to one node, a trace does not tell which was taken. */
function common(ways: readonly Hop[]): Hop {
  const [first, ...rest] = ways;
  if (first === undefined) return {};
  const same = <K extends keyof Hop>(field: K) => rest.every((each) => each[field] === first[field]);
  return {
    ...(same('gatewayRoute') ? { gatewayRoute: first.gatewayRoute } : {}),
    ...(same('service') ? { service: first.service } : {}),
    ...(same('router') ? { router: first.router } : {}),
    ...(same('router') && same('route') ? { route: first.route } : {}),
  };
}

const place = (entity: Entity): Hop =>
  entity.kind === 'gateway' ? { gateway: entity.key } : entity.kind === 'node' ? { node: entity.key } : {};

/** The nearest span above that a proxy of the mesh wrote. */
function callerOf(
  span: Span,
  byId: ReadonlyMap<string, Span>,
  found: ReadonlyMap<string, Entity>,
): Entity | undefined {
  const own = found.get(span.id);
  const seen = new Set<string>();
  for (let at = span.parent; at !== undefined && !seen.has(at); at = byId.get(at)?.parent) {
    seen.add(at);
    const entity = found.get(at);
    if (entity !== undefined && entity !== own) return entity;
  }
  return undefined;
}

/**
 * A trace with the hops filled in: a proxy's own span has its gateway or node, and how it was reached from the proxy above
 * it; a span that names the cluster it sent to has the node behind that. What several routes have in common is told, and
 * nothing else.
 */
export function resolveHops(
  model: MeshModel,
  trace: Trace,
  names: Readonly<Record<string, SpanName>>,
): Trace {
  const finder = new Finder(model);
  const byId = new Map(trace.spans.map((span) => [span.id, span]));
  const found = new Map<string, Entity>();
  for (const span of trace.spans) {
    const name = names[span.id];
    const entity = name && finder.proxy(name);
    if (entity) found.set(span.id, entity);
  }
  const spans = trace.spans.map((span) => {
    const entity = found.get(span.id);
    if (!entity) return span;
    const upstream = names[span.id]?.upstream;
    const sentTo = upstream === undefined ? undefined : finder.cluster(upstream);
    if (sentTo !== undefined)
      return { ...span, hop: { ...common(finder.ways(entity, sentTo)), node: sentTo } };
    const caller = entity.kind === 'node' ? callerOf(span, byId, found) : undefined;
    const way = caller ? common(finder.ways(caller, entity.key)) : {};
    return { ...span, hop: { ...way, ...place(entity) } };
  });
  return { ...trace, spans };
}
