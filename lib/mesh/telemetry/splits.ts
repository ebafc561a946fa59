/** What each weighted target really got, beside what its weight promises. */
import type { EntityKey } from '../keys';
import type { MeshModel, Route, Router } from '../model';
import type { TopologyEdge } from '../topology';
import type { EvidenceKind, TimeWindow } from './measured';
import type { MeasuredShare, Split } from './overlay';
import type { Passages } from './passage';
import type { Places } from './places';
import { EVIDENCE_KINDS } from './measured';
import type { Ways } from './ways';
import { CONFIDENCE_95, isWithin, wilson } from './wilson';

/** Requests below which nothing is called equal. */
export const ENOUGH = 30;
/** Half a band that is still narrow enough to say something. */
const NARROW = 0.1;

/** What was counted from some time on, to the end of the window. */
export interface Counted {
  fromMs: number;
  edges: Passages['edges'];
}

interface WeightedNode {
  target: EntityKey;
  weight: number;
  declaredShare: number;
  /** Places of the edges that stand for it; each has its whole traffic. */
  edges: number[];
}

/** A route with two targets or more, each once. */
export interface WeightedRoute {
  router: Router;
  route: Route;
  targets: WeightedNode[];
  /** Places of all its edges. */
  own: ReadonlySet<number>;
  /** When its weights were last changed as far as its own history tells, epoch milliseconds; else 0. */
  changedMs: number;
}

function targetsOf(router: Router, route: Route, ways: Ways, places: Places<TopologyEdge>): WeightedNode[] {
  const targets = new Map<EntityKey, WeightedNode>();
  for (const { key, weight, share, resolution } of route.targets) {
    if (resolution === 'unset') continue;
    const known = targets.get(key);
    if (known) {
      known.weight += weight;
      known.declaredShare += share;
      continue;
    }
    const edges = ways
      .routes(router.key, key)
      .flatMap((edge) => (edge.row === route.name ? [places.of(edge)] : []));
    targets.set(key, { target: key, weight, declaredShare: share, edges });
  }
  return [...targets.values()];
}

export function weightedRoutesOf(
  model: MeshModel,
  ways: Ways,
  places: Places<TopologyEdge>,
): WeightedRoute[] {
  const found: WeightedRoute[] = [];
  for (const router of model.entities.values()) {
    if (router.kind !== 'router') continue;
    for (const route of router.routes) {
      const targets = targetsOf(router, route, ways, places);
      if (targets.length < 2) continue;
      const entry = router.history.find((each) => each.route === route.name);
      found.push({
        router,
        route,
        targets,
        own: new Set(targets.flatMap(({ edges }) => edges)),
        changedMs: entry ? Date.parse(entry.at) : 0,
      });
    }
  }
  return found;
}

const countOf = ({ edges: [edge] }: WeightedNode, counted: Counted, evidence: EvidenceKind): number =>
  edge === undefined ? 0 : counted.edges.requests(edge, evidence);

function shareOf(node: WeightedNode, hits: number, count: number): MeasuredShare {
  const { target, weight, declaredShare } = node;
  if (count === 0) return { target, weight, declaredShare, count: hits };
  const { low, high } = wilson(hits, count, CONFIDENCE_95);
  return { target, weight, declaredShare, count: hits, observedShare: hits / count, low, high };
}

function verdictOf(shares: readonly MeasuredShare[], count: number, mixed: boolean): Split['verdict'] {
  if (mixed) return 'mixed';
  let narrow = false;
  let inside = true;
  for (const { low, high, declaredShare } of shares) {
    if (low === undefined || high === undefined) return 'tooFew';
    narrow ||= high - low < 2 * NARROW;
    inside &&= isWithin(declaredShare, { low, high });
  }
  if (!inside) return 'differs';
  return narrow && count >= ENOUGH ? 'agrees' : 'tooFew';
}

const inOrder = (a: Counted, b: Counted): number => a.fromMs - b.fromMs;

export interface SplitInput {
  routes: readonly WeightedRoute[];
  window: TimeWindow;
  /** Of the whole window, and of later parts of it. */
  counted: readonly Counted[];
  changedAt?: ReadonlyMap<EntityKey, number> | undefined;
}

/** One split for each route with two targets or more. CloudWatch counts where it saw anything, else X-Ray's samples. */
export function splitsOf({ routes, window, counted, changedAt }: SplitInput): Split[] {
  const parts = [...counted].sort(inOrder);
  return routes.map((weighted) => {
    const { router, route, changedMs } = weighted;
    const changed = Math.max(changedMs, changedAt?.get(router.key) ?? 0);
    const part = parts.find(({ fromMs }) => fromMs >= changed);
    const sinceMs = part?.fromMs ?? Math.min(changed, window.toMs);
    return { router: router.key, route: route.name, sinceMs, ...judged(weighted, part) };
  });
}

function judged(
  { targets, own }: WeightedRoute,
  part: Counted | undefined,
): Pick<Split, 'evidence' | 'count' | 'shares' | 'verdict'> {
  const [first = 'cloudwatch'] = EVIDENCE_KINDS;
  const sum = (evidence: EvidenceKind) =>
    part ? targets.reduce((count, each) => count + countOf(each, part, evidence), 0) : 0;
  const evidence = EVIDENCE_KINDS.find((each) => sum(each) >= 1) ?? first;
  const count = sum(evidence);
  const isOthers = (edge: number) =>
    part !== undefined && part.edges.places(edge, evidence).some((other) => !own.has(other));
  const mixed = count > 0 && targets.some(({ edges }) => edges.some(isOthers));
  const shares = targets.map((each) => shareOf(each, part ? countOf(each, part, evidence) : 0, count));
  return { evidence, count, shares, verdict: verdictOf(shares, count, mixed) };
}
