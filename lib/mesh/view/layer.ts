/** Layers: which entities are folded away, and the edges that tell of them. */
import type { EntityKey } from '../keys';
import type { EdgeKey, TopologyEdge, TopologyNode } from '../topology';
import type { Layer, ViewEdge, ViewInput } from './spec';

const FOLDED: Record<Layer, readonly TopologyNode['kind'][]> = {
  full: [],
  services: ['router'],
  calls: ['service', 'router'],
};

/** What one route gives a target: its share, 0..1. */
interface Part {
  router: EntityKey;
  row: string | undefined;
  share: number;
}

/** One shown entity that a folded one leads to, and what lies between. */
interface End {
  target: EntityKey;
  parts: readonly EdgeKey[];
  /** Of the parts, those that arrive. */
  last: readonly EdgeKey[];
  through: readonly EntityKey[];
  routes: readonly Part[];
  /** Reached without a route. */
  direct: boolean;
}

export interface Layered {
  /** Entities that are told by edges only. */
  folded: ReadonlySet<EntityKey>;
  edges: readonly ViewEdge[];
  /** Folded entities by the shown one that tells of their findings. */
  carried: ReadonlyMap<EntityKey, readonly EntityKey[]>;
}

/**
 * Folds a layer. Something is folded only where it leads somewhere, since then an edge or the entity behind it can tell of
 * it: a service without provider or a router without routes stays drawn, and so does whatever is in `asked`.
 */
export function foldLayer(input: ViewInput, layer: Layer, asked: ReadonlySet<EntityKey>): Layered {
  const { nodes, edges } = input;
  const out = leavingOf(FOLDED[layer], input, asked);
  const folded: ReadonlySet<EntityKey> = new Set(out.keys());
  const ends = endsWithin(out);
  const drawn: ViewEdge[] = [];
  /** Where in `drawn` the folded edges of a source (and row) to each target are. */
  const places = new Map<string, Map<EntityKey, { at: number; end: End }>>();
  for (const edge of edges.values()) {
    const { source, row } = edge;
    if (folded.has(source)) continue;
    if (!folded.has(edge.target)) {
      if (nodes.has(source) && nodes.has(edge.target)) drawn.push(wholeEdge(edge));
      continue;
    }
    const from = nodes.get(source);
    if (from === undefined) continue;
    const kind = from.kind === 'service' ? 'routed' : 'call';
    const place = row === undefined ? source : `${source}|${row}`;
    const known = places.get(place) ?? new Map<EntityKey, { at: number; end: End }>();
    if (known.size === 0) places.set(place, known);
    for (const end of ends(edge.target).values()) {
      const there = known.get(end.target);
      const earlier = there === undefined ? undefined : drawn[there.at];
      if (there && earlier) {
        there.end = together(there.end, end);
        drawn[there.at] = foldedEdge(earlier, union(earlier.parts, [edge.key, ...end.parts]), there.end);
      } else {
        const key = `${kind}|${source}|${row ?? ''}|${end.target}`;
        known.set(end.target, { at: drawn.length, end });
        drawn.push(foldedEdge({ key, kind, source, row }, [edge.key, ...end.parts], end));
      }
    }
  }
  return { folded, edges: drawn, carried: carriersOf(input, folded, ends) };
}

function foldedEdge(
  { key, kind, source, row }: Pick<ViewEdge, 'key' | 'kind' | 'source' | 'row'>,
  parts: readonly EdgeKey[],
  { target, last, through, routes, direct }: End,
): ViewEdge {
  let most = 0;
  for (const { share } of routes) if (share > most) most = share;
  const share = direct ? undefined : most;
  const [only] = direct || routes.length > 1 ? [] : routes;
  const route = only?.row === undefined ? undefined : { router: only.router, row: only.row };
  return { key, kind, source, target, row, parts, last, route, through, share, routes: routes.length };
}

/** The edges of each entity that is to be folded. Those from or to something that is not there are left out. */
function leavingOf(
  kinds: readonly TopologyNode['kind'][],
  { nodes, edges }: ViewInput,
  asked: ReadonlySet<EntityKey>,
): Map<EntityKey, TopologyEdge[]> {
  const out = new Map<EntityKey, TopologyEdge[]>();
  if (kinds.length === 0) return out;
  for (const edge of edges.values()) {
    const list = out.get(edge.source);
    if (list) {
      if (nodes.has(edge.target)) list.push(edge);
      continue;
    }
    const kind = nodes.get(edge.source)?.kind;
    if (kind === undefined || !kinds.includes(kind) || !nodes.has(edge.target) || asked.has(edge.source))
      continue;
    out.set(edge.source, [edge]);
  }
  return out;
}

type Ends = (key: EntityKey) => ReadonlyMap<EntityKey, End>;

/** Where folded entities lead. A service leads to a router or node, a router to nodes: there is no way round in circles. */
function endsWithin(out: ReadonlyMap<EntityKey, readonly TopologyEdge[]>): Ends {
  const known = new Map<EntityKey, ReadonlyMap<EntityKey, End>>();
  const ends: Ends = (key) => {
    const before = known.get(key);
    if (before) return before;
    const found = new Map<EntityKey, End>();
    known.set(key, found);
    const reach = (end: End) => {
      const same = found.get(end.target);
      found.set(end.target, same ? together(same, end) : end);
    };
    for (const edge of out.get(key) ?? []) {
      const { key: part, kind, target, row, share } = edge;
      if (out.has(target))
        for (const end of ends(target).values())
          reach({ ...end, parts: [part, ...end.parts], through: [key, ...end.through] });
      else if (kind === 'route-target') {
        const routes = [{ router: key, row, share: share ?? 0 }];
        reach({ target, parts: [part], last: [part], through: [key], routes, direct: false });
      } else reach({ target, parts: [part], last: [part], through: [key], routes: [], direct: true });
    }
    for (const end of found.values()) end.routes = summed(end.routes);
    return found;
  };
  return ends;
}

/** Targets that stand in one route twice take the sum of both. */
function summed(routes: readonly Part[]): readonly Part[] {
  if (routes.length < 2) return routes;
  const sums: Part[] = [];
  for (const each of routes) {
    const same = sums.find(({ router, row }) => router === each.router && row === each.row);
    if (same) same.share += each.share;
    else sums.push({ ...each });
  }
  return sums;
}

const union = <T>(a: readonly T[], b: readonly T[]): readonly T[] => [...new Set([...a, ...b])];

/** Two ways to one target. Ways over the same router pass the same routes. */
function together(a: End, b: End): End {
  return {
    target: a.target,
    parts: union(a.parts, b.parts),
    last: union(a.last, b.last),
    through: union(a.through, b.through),
    routes: union(a.routes, b.routes),
    direct: a.direct || b.direct,
  };
}

/** An edge is drawn as the same object as long as it is the same edge. */
const whole = new WeakMap<TopologyEdge, ViewEdge>();

function wholeEdge(edge: TopologyEdge): ViewEdge {
  const known = whole.get(edge);
  if (known) return known;
  const { key, kind, source, target, row, share } = edge;
  const routes = kind === 'route-target' ? 1 : 0;
  const route = routes === 1 && row !== undefined ? { router: source, row } : undefined;
  const parts = [key];
  const made = {
    key,
    kind,
    source,
    target,
    row,
    edge,
    parts,
    last: parts,
    route,
    through: [],
    share,
    routes,
  };
  whole.set(edge, made);
  return made;
}

/** A folded router belongs to the services before it, where one is shown; anything else folded to what it leads to. */
function carriersOf(
  { nodes, edges }: ViewInput,
  folded: ReadonlySet<EntityKey>,
  ends: Ends,
): ReadonlyMap<EntityKey, readonly EntityKey[]> {
  const carried = new Map<EntityKey, EntityKey[]>();
  if (folded.size === 0) return carried;
  const carry = (by: EntityKey, key: EntityKey) => {
    const list = carried.get(by);
    if (list) list.push(key);
    else carried.set(by, [key]);
  };
  const told = new Set<EntityKey>();
  for (const { kind, source, target } of edges.values()) {
    if (kind !== 'provider' || !folded.has(target) || folded.has(source) || !nodes.has(source)) continue;
    carry(source, target);
    told.add(target);
  }
  for (const key of folded) {
    if (told.has(key)) continue;
    for (const end of ends(key).keys()) carry(end, key);
  }
  return carried;
}
