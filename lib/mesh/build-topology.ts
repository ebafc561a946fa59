/** The picture of a mesh from its model. Linear in the number of objects and references. */
import type { EntityKey } from './keys';
import type { Entity, GatewayRoute, MeshModel, Target } from './model';
import { sameContent } from './equal';
import { edgeKey } from './topology';
import type { EdgeKind, GatewayCard, Topology, TopologyEdge, TopologyNode, Unresolved } from './topology';

const EXPECTED = {
  'gateway-route': 'service',
  provider: 'router',
  'route-target': 'node',
  backend: 'service',
  member: 'service',
} as const satisfies Partial<Record<EdgeKind, Unresolved['expected']>>;

type EdgeFields = Partial<Pick<TopologyEdge, 'row' | 'weight' | 'share' | 'port' | 'viaGroup'>>;

class Picture {
  readonly nodes = new Map<EntityKey, TopologyNode>();
  readonly edges = new Map<string, TopologyEdge>();
  /** How often each row and target were joined, to keep keys apart. */
  private readonly repeats = new Map<string, number>();

  /** Draws what the reference leads to, as a ghost where this mesh does not hold it. Nothing is drawn for an empty reference. */
  join(
    kind: EdgeKind,
    source: EntityKey,
    target: Target,
    expected: Unresolved['expected'],
    fields: EdgeFields = {},
  ): void {
    if (target.resolution === 'unset') return;
    if (!this.nodes.has(target.key))
      this.nodes.set(target.key, {
        key: target.key,
        kind: 'unresolved',
        expected,
        // A target that resolves and is not drawn cannot be read; it is drawn from `malformed` before any edge.
        cause: target.resolution === 'ok' ? 'missing' : target.resolution,
        namespace: target.namespace,
        name: target.name,
        arn: target.arn,
      });
    const plain = edgeKey(kind, source, fields.row, target.key);
    const repeat = this.repeats.get(plain) ?? 0;
    this.repeats.set(plain, repeat + 1);
    const key = repeat === 0 ? plain : edgeKey(kind, source, fields.row, target.key, repeat);
    this.edges.set(key, {
      key,
      kind,
      source,
      target: target.key,
      ...fields,
      declared: true,
      observed: 'unknown',
    });
  }
}

/** Gateway routes by the gateway they name, in the order they are tried: by priority, then by name. */
function rowsByGateway(model: MeshModel): Map<EntityKey, GatewayRoute[]> {
  const rows = new Map<EntityKey, GatewayRoute[]>();
  for (const entity of model.entities.values()) {
    if (entity.kind !== 'gatewayRoute') continue;
    const list = rows.get(entity.gateway.key);
    if (list) list.push(entity);
    else rows.set(entity.gateway.key, [entity]);
  }
  const priority = (route: GatewayRoute) => route.priority ?? Number.POSITIVE_INFINITY;
  for (const list of rows.values())
    list.sort((a, b) => {
      const byPriority = priority(a) === priority(b) ? 0 : priority(a) - priority(b);
      return byPriority || (a.key < b.key ? -1 : 1);
    });
  return rows;
}

function drawEdges(picture: Picture, entity: Entity): void {
  switch (entity.kind) {
    case 'gatewayRoute': {
      const fields: EdgeFields = {
        row: entity.key,
        ...(entity.targetPort === undefined ? {} : { port: entity.targetPort }),
      };
      picture.join('gateway-route', entity.gateway.key, entity.target, EXPECTED['gateway-route'], fields);
      return;
    }
    case 'service':
      if (entity.provider.target)
        picture.join(
          'provider',
          entity.key,
          entity.provider.target,
          entity.provider.kind === 'node' ? 'node' : EXPECTED.provider,
        );
      return;
    case 'router':
      for (const route of entity.routes)
        for (const target of route.targets)
          picture.join('route-target', entity.key, target, EXPECTED['route-target'], {
            row: route.name,
            weight: target.weight,
            share: target.share,
            ...(target.port === undefined ? {} : { port: target.port }),
          });
      return;
    case 'node':
      for (const backend of entity.backends)
        picture.join(
          'backend',
          entity.key,
          backend,
          EXPECTED.backend,
          backend.viaGroup === undefined ? {} : { viaGroup: backend.viaGroup },
        );
      return;
    case 'backendGroup':
      if (picture.nodes.has(entity.key))
        for (const member of entity.members) picture.join('member', entity.key, member, EXPECTED.member);
      return;
    case 'gateway':
      return;
  }
}

/** The groups that nodes name: their members are drawn as backends of these nodes. */
function groupsInUse(model: MeshModel): Set<EntityKey> {
  const used = new Set<EntityKey>();
  for (const entity of model.entities.values())
    if (entity.kind === 'node') for (const { key } of entity.backendGroups) used.add(key);
  return used;
}

function drawNodes(picture: Picture, model: MeshModel): void {
  const rows = rowsByGateway(model);
  const used = groupsInUse(model);
  for (const entity of model.entities.values()) {
    if (entity.kind === 'gateway') {
      const card: GatewayCard = { ...entity, rows: rows.get(entity.key) ?? [] };
      picture.nodes.set(entity.key, card);
    } else if (entity.kind === 'service' || entity.kind === 'router' || entity.kind === 'node') {
      picture.nodes.set(entity.key, entity);
    } else if (entity.kind === 'backendGroup' && !used.has(entity.key)) {
      picture.nodes.set(entity.key, entity);
    }
  }
  for (const malformed of model.malformed) {
    const its = rows.get(malformed.key);
    picture.nodes.set(malformed.key, its === undefined ? malformed : { ...malformed, rows: its });
  }
  for (const [gateway, routes] of rows) {
    const [first] = routes;
    if (picture.nodes.has(gateway) || first === undefined) continue;
    const { resolution, namespace, name } = first.gateway;
    const unset = resolution === 'unset';
    picture.nodes.set(gateway, {
      key: gateway,
      kind: 'unresolved',
      expected: 'gateway',
      cause: unset || resolution === 'ok' ? 'missing' : resolution,
      // A route that names no gateway still leads somewhere, and must come from somewhere.
      namespace: unset ? first.ref.namespace : namespace,
      name: unset ? '?' : name,
      rows: routes,
    });
  }
}

function keep<T extends { key: string }>(drawn: Iterable<T>, before: readonly T[]): T[] {
  const earlier = new Map(before.map((each) => [each.key, each]));
  return Array.from(drawn, (each) => {
    const known = earlier.get(each.key);
    return known !== undefined && sameContent(known, each) ? known : each;
  });
}

/**
 * Draws a mesh: gateways with their routes as rows, services, routers, nodes, groups that no node uses, and a
 * ghost for whatever is named and not held.
 * Nodes and edges equal to those of `previous` are the same objects.
 */
export function buildTopology(model: MeshModel, previous?: Topology): Topology {
  const picture = new Picture();
  drawNodes(picture, model);
  for (const entity of model.entities.values()) drawEdges(picture, entity);
  if (!previous) return { nodes: [...picture.nodes.values()], edges: [...picture.edges.values()] };
  return {
    nodes: keep(picture.nodes.values(), previous.nodes),
    edges: keep(picture.edges.values(), previous.edges),
  };
}
