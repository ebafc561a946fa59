/** The picture of a mesh from its model. Linear in the number of objects and references. */
import type { EntityKey } from './keys';
import type { Entity, GatewayRoute, MeshModel, Target } from './model';
import { sameContent } from './equal';
import { inOrder } from './routing/order';
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

/** Where an edge of an entity ends, and what was meant to be there. */
interface End {
  target: Target;
  expected: Unresolved['expected'];
}

/** The edges one entity asks for. They are made of its own fields alone. */
class Drawn {
  readonly edges: TopologyEdge[] = [];
  readonly ends: End[] = [];
  /** How often each row and target were joined, to keep keys apart. */
  private readonly repeats = new Map<string, number>();

  /** Nothing is drawn for an empty reference. */
  join(
    kind: EdgeKind,
    source: EntityKey,
    target: Target,
    expected: Unresolved['expected'],
    fields: EdgeFields = {},
  ): void {
    if (target.resolution === 'unset') return;
    this.ends.push({ target, expected });
    const plain = edgeKey(kind, source, fields.row, target.key);
    const repeat = this.repeats.get(plain) ?? 0;
    this.repeats.set(plain, repeat + 1);
    const key = repeat === 0 ? plain : edgeKey(kind, source, fields.row, target.key, repeat);
    this.edges.push({
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

/** What an entity draws is worked out once for as long as it is the same object. */
const known = new WeakMap<Entity, Drawn>();

function drawnFrom(entity: Entity): Drawn {
  const before = known.get(entity);
  if (before !== undefined) return before;
  const drawn = drawEdges(entity);
  known.set(entity, drawn);
  return drawn;
}

/** What a reference leads to where this mesh does not hold it. */
const ghostOf = ({ target, expected }: End): Unresolved => ({
  key: target.key,
  kind: 'unresolved',
  expected,
  // A target that resolves and is not drawn cannot be read; it is drawn from `malformed` before any edge.
  cause: target.resolution === 'ok' || target.resolution === 'unset' ? 'missing' : target.resolution,
  namespace: target.namespace,
  name: target.name,
  arn: target.arn,
});

/** Gateway routes by the gateway they name, in the order they are tried. */
function rowsByGateway(model: MeshModel): Map<EntityKey, GatewayRoute[]> {
  const rows = new Map<EntityKey, GatewayRoute[]>();
  for (const entity of model.entities.values()) {
    if (entity.kind !== 'gatewayRoute') continue;
    const list = rows.get(entity.gateway.key);
    if (list) list.push(entity);
    else rows.set(entity.gateway.key, [entity]);
  }
  for (const [gateway, list] of rows) rows.set(gateway, inOrder(list));
  return rows;
}

function drawEdges(entity: Entity): Drawn {
  const drawn = new Drawn();
  switch (entity.kind) {
    case 'gatewayRoute': {
      const fields: EdgeFields = {
        row: entity.key,
        ...(entity.targetPort === undefined ? {} : { port: entity.targetPort }),
      };
      drawn.join('gateway-route', entity.gateway.key, entity.target, EXPECTED['gateway-route'], fields);
      break;
    }
    case 'service':
      if (entity.provider.target)
        drawn.join(
          'provider',
          entity.key,
          entity.provider.target,
          entity.provider.kind === 'node' ? 'node' : EXPECTED.provider,
        );
      break;
    case 'router':
      for (const route of entity.routes)
        for (const target of route.targets)
          drawn.join('route-target', entity.key, target, EXPECTED['route-target'], {
            row: route.name,
            weight: target.weight,
            share: target.share,
            ...(target.port === undefined ? {} : { port: target.port }),
          });
      break;
    case 'node':
      for (const backend of entity.backends)
        drawn.join(
          'backend',
          entity.key,
          backend,
          EXPECTED.backend,
          backend.viaGroup === undefined ? {} : { viaGroup: backend.viaGroup },
        );
      break;
    case 'backendGroup':
      for (const member of entity.members) drawn.join('member', entity.key, member, EXPECTED.member);
      break;
    case 'gateway':
      break;
  }
  return drawn;
}

/** The groups that nodes name: their members are drawn as backends of these nodes. */
function groupsInUse(model: MeshModel): Set<EntityKey> {
  const used = new Set<EntityKey>();
  for (const entity of model.entities.values())
    if (entity.kind === 'node') for (const { key } of entity.backendGroups) used.add(key);
  return used;
}

function drawNodes(model: MeshModel): Map<EntityKey, TopologyNode> {
  const nodes = new Map<EntityKey, TopologyNode>();
  const rows = rowsByGateway(model);
  const used = groupsInUse(model);
  for (const entity of model.entities.values()) {
    if (entity.kind === 'gateway') {
      const card: GatewayCard = { ...entity, rows: rows.get(entity.key) ?? [] };
      nodes.set(entity.key, card);
    } else if (entity.kind === 'service' || entity.kind === 'router' || entity.kind === 'node') {
      nodes.set(entity.key, entity);
    } else if (entity.kind === 'backendGroup' && !used.has(entity.key)) {
      nodes.set(entity.key, entity);
    }
  }
  for (const malformed of model.malformed) {
    const its = rows.get(malformed.key);
    nodes.set(malformed.key, its === undefined ? malformed : { ...malformed, rows: its });
  }
  for (const [gateway, routes] of rows) {
    const [first] = routes;
    if (nodes.has(gateway) || first === undefined) continue;
    const { resolution, namespace, name } = first.gateway;
    const unset = resolution === 'unset';
    nodes.set(gateway, {
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
  return nodes;
}

function keep<T extends { key: string }>(drawn: Iterable<T>, before: readonly T[]): T[] {
  let byKey: Map<string, T> | undefined;
  let place = 0;
  return Array.from(drawn, (each) => {
    // Most stand where they stood; the others are looked up.
    const there = before[place++];
    if (there === each) return each;
    const known =
      there?.key === each.key
        ? there
        : (byKey ??= new Map(before.map((one) => [one.key, one]))).get(each.key);
    return known !== undefined && sameContent(known, each) ? known : each;
  });
}

/**
 * Draws a mesh: gateways with their routes as rows, services, routers, nodes, groups that no node uses, and a
 * ghost for whatever is named and not held.
 * Nodes and edges equal to those of `previous` are the same objects.
 */
export function buildTopology(model: MeshModel, previous?: Topology): Topology {
  const nodes = drawNodes(model);
  const edges: TopologyEdge[] = [];
  for (const entity of model.entities.values()) {
    // Members of a group that nodes use are drawn as backends of these.
    if (entity.kind === 'backendGroup' && !nodes.has(entity.key)) continue;
    const drawn = drawnFrom(entity);
    for (const end of drawn.ends) if (!nodes.has(end.target.key)) nodes.set(end.target.key, ghostOf(end));
    for (const edge of drawn.edges) edges.push(edge);
  }
  if (!previous) return { nodes: [...nodes.values()], edges };
  return { nodes: keep(nodes.values(), previous.nodes), edges: keep(edges, previous.edges) };
}
