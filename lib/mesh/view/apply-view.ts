/** From a mesh to what a reader asked to see of it. */
import type { EntityKey } from '../keys';
import type { TopologyNode } from '../topology';
import { busyEntities, isOf, troubledEntities } from './hide';
import { foldLayer } from './layer';
import { around, between } from './reach';
import { isSurrounding, withSurroundings } from './surroundings';
import type { Grouping, Hidable, HiddenBy, Viewed, ViewEdge, ViewInput, ViewSpec } from './spec';

const HIDABLE: readonly Hidable[] = ['external', 'idle', 'healthy'];

function groupOf(node: TopologyNode, grouping: Grouping): string {
  switch (grouping.by) {
    case 'none':
      return '';
    case 'namespace':
      return 'ref' in node ? node.ref.namespace : node.namespace;
    case 'label':
      return 'labels' in node ? (node.labels[grouping.label] ?? '') : '';
  }
}

const sameList = <T>(a: readonly T[], b: readonly T[]) =>
  a.length === b.length && a.every((each, n) => each === b[n]);

const sameEdge = (a: ViewEdge, b: ViewEdge) =>
  a.edge === b.edge &&
  a.share === b.share &&
  a.routes === b.routes &&
  sameList(a.parts, b.parts) &&
  sameList(a.through, b.through);

function keepEdges(edges: readonly ViewEdge[], before: readonly ViewEdge[]): readonly ViewEdge[] {
  let byKey: Map<string, ViewEdge> | undefined;
  const earlier = ({ key }: ViewEdge, n: number) => {
    const there = before[n];
    if (there?.key === key) return there;
    byKey ??= new Map(before.map((edge) => [edge.key, edge]));
    return byKey.get(key);
  };
  const kept = edges.map((edge, n) => {
    const known = earlier(edge, n);
    return known !== undefined && (known === edge || sameEdge(known, edge)) ? known : edge;
  });
  return sameList(kept, before) ? before : kept;
}

function keepMap<K, V>(now: ReadonlyMap<K, V>, before: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  if (now === before || now.size !== before.size) return now;
  for (const [key, entry] of now) if (before.get(key) !== entry) return now;
  return before;
}

function keepSet<T>(now: ReadonlySet<T>, before: ReadonlySet<T>): ReadonlySet<T> {
  return now.size === before.size && [...now].every((each) => before.has(each)) ? before : now;
}

const sameCounts = (a: Viewed['hidden'], b: Viewed['hidden']) => sameList(Object.values(a), Object.values(b));

function without<V>(all: ReadonlyMap<EntityKey, V>, gone: ReadonlyMap<EntityKey, unknown>) {
  const left = new Map<EntityKey, V>();
  for (const [key, entry] of all) if (!gone.has(key)) left.set(key, entry);
  return left;
}

/** Shown entities of which nothing leads away and to which nothing leads. */
function orphansAmong(nodes: Viewed['nodes'], { edges }: ViewInput): Set<EntityKey> {
  const joined = new Set<EntityKey>();
  for (const { source, target } of edges.values()) joined.add(source).add(target);
  const orphans = new Set<EntityKey>();
  for (const [key, node] of nodes) if (!joined.has(key) && !isSurrounding(node)) orphans.add(key);
  return orphans;
}

/** What a mesh stands on is shown with one of those that stand on it, and hidden with the last for the same reason. */
function followOwners(
  { nodes, edges }: ViewInput,
  why: Map<EntityKey, HiddenBy>,
  asked: ReadonlySet<EntityKey>,
): void {
  if (why.size === 0) return;
  const alone = new Map<EntityKey, HiddenBy | undefined>();
  for (const { kind, source, target } of edges.values()) {
    if (kind !== 'dns' && kind !== 'runs') continue;
    if (why.has(target) || asked.has(target) || !nodes.has(target)) continue;
    const by = why.get(source);
    if (by === undefined || !alone.has(target)) alone.set(target, by);
  }
  for (const [key, by] of alone) if (by !== undefined) why.set(key, by);
}

/** What focus and path leave, in this order; each with what went wrong. */
function* reaches(
  spec: ViewSpec,
  nodes: ViewInput['nodes'],
  edges: readonly ViewEdge[],
): Iterable<{ by: 'focus' | 'path'; within?: ReadonlySet<EntityKey>; problem?: Viewed['problem'] }> {
  if (spec.focus) {
    const centre = spec.focus.around.filter((key) => nodes.has(key));
    if (centre.length === 0) yield { by: 'focus', problem: 'focusGone' };
    else yield { by: 'focus', within: around(centre, edges, spec.focus) };
  }
  if (spec.path) {
    const { from, to } = spec.path;
    const within = between(from, to, edges);
    if (!nodes.has(from) || !nodes.has(to)) yield { by: 'path', problem: 'focusGone' };
    else if (within) yield { by: 'path', within };
    else yield { by: 'path', within: new Set([from, to]), problem: 'noPath' };
  }
}

/**
 * Works out what is shown of a mesh. What a focus or path names is always shown, whatever else is hidden. An edge is shown
 * exactly when both its ends are. Parts equal to those of `previous` are the same objects. Linear in nodes, edges and the
 * edges of the layer.
 */
export function applyView(mesh: ViewInput, spec: ViewSpec, previous?: Viewed): Viewed {
  const asked = new Set([
    ...(spec.focus?.around ?? []),
    ...(spec.path ? [spec.path.from, spec.path.to] : []),
  ]);
  const { whole: input, left } = withSurroundings(mesh, spec.workloads, asked);
  const layer = foldLayer(input, spec.layer, asked);
  const why = new Map<EntityKey, HiddenBy>();
  for (const key of layer.folded) why.set(key, 'layer');

  let problem: Viewed['problem'];
  for (const reach of reaches(spec, input.nodes, layer.edges)) {
    problem ??= reach.problem;
    const { by, within } = reach;
    if (within)
      for (const key of input.nodes.keys())
        if (!why.has(key) && !within.has(key) && !asked.has(key)) why.set(key, by);
  }

  const hide = HIDABLE.filter((what) => spec.hide.includes(what));
  if (hide.length > 0) {
    const judged = { busy: busyEntities(input), troubled: troubledEntities(input), carried: layer.carried };
    for (const [key, node] of input.nodes) {
      if (why.has(key) || asked.has(key)) continue;
      const by = hide.find((what) => isOf(what, node, judged));
      if (by !== undefined) why.set(key, by);
    }
  }

  followOwners(input, why, asked);

  const hidden = { workloads: left.size, layer: 0, focus: 0, path: 0, idle: 0, external: 0, healthy: 0 };
  for (const by of why.values()) hidden[by] += 1;
  const nodes = why.size === 0 ? input.nodes : without(input.nodes, why);
  const edges =
    why.size === layer.folded.size
      ? layer.edges
      : layer.edges.filter(({ source, target }) => !why.has(source) && !why.has(target));
  const orphans = orphansAmong(nodes, mesh);
  for (const key of left) why.set(key, 'workloads');
  const { grouping } = spec;
  return {
    nodes: previous ? keepMap(nodes, previous.nodes) : nodes,
    edges: previous ? keepEdges(edges, previous.edges) : edges,
    groupOf(key) {
      const node = input.nodes.get(key);
      return node === undefined ? '' : groupOf(node, grouping);
    },
    orphans: previous ? keepSet(orphans, previous.orphans) : orphans,
    hidden: previous && sameCounts(previous.hidden, hidden) ? previous.hidden : hidden,
    why: previous ? keepMap(why, previous.why) : why,
    carried: layer.carried,
    problem,
  };
}
