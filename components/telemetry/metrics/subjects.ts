/** What the lines of an object can be of: all it receives, or one of its edges. Pure. */
import type { Picture } from '@/lib/client/picture';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { EdgeKey, EdgeKind, TopologyEdge, TopologyNode } from '@/lib/mesh/topology';

/** Kinds of objects that requests pass through; of the others nothing is measured. */
const MEASURED: readonly TopologyNode['kind'][] = ['gateway', 'service', 'router', 'node', 'unresolved'];
const CARRIES: readonly EdgeKind[] = ['gateway-route', 'provider', 'route-target', 'backend'];

export const isMeasured = ({ kind }: Pick<TopologyNode, 'kind'>): boolean => MEASURED.includes(kind);

export interface EdgeSubject {
  key: EdgeKey;
  way: 'from' | 'to';
  /** The other end. */
  name: string;
  /** Name of the route or gateway route it leaves by. */
  route: string | undefined;
}

/** namespace/name, or the name of what has no namespace. */
export function shortName(key: EntityKey): string {
  const parsed = parseEntityKey(key);
  if (!parsed) return key;
  return parsed.namespace === '' ? parsed.name : `${parsed.namespace}/${parsed.name}`;
}

/** The edges that carry requests to and from an object. */
export function edgeSubjects(edges: Picture['edges'], of: EntityKey): EdgeSubject[] {
  const found: EdgeSubject[] = [];
  const add = ({ key, row }: TopologyEdge, way: EdgeSubject['way'], other: EntityKey) =>
    found.push({ key, way, name: shortName(other), route: row && (parseEntityKey(row)?.name ?? row) });
  for (const edge of edges.values()) {
    if (!CARRIES.includes(edge.kind)) continue;
    if (edge.target === of) add(edge, 'from', edge.source);
    if (edge.source === of) add(edge, 'to', edge.target);
  }
  const text = ({ way, name, route }: EdgeSubject) => `${way} ${name} ${route ?? ''}`;
  return found.sort((a, b) => text(a).localeCompare(text(b)));
}

/** The edges of one route of a router, in the order of its targets; those of a route with one target cannot be compared. */
export function routeEdges(edges: Picture['edges'], router: EntityKey, route: string): TopologyEdge[] {
  return [...edges.values()].filter(
    ({ kind, source, row }) => kind === 'route-target' && source === router && row === route,
  );
}
