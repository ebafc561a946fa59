/** What each weighted target really got, beside what its weight promises. */
import type { EntityKey } from '../keys';
import type { MeshModel, Route, Router } from '../model';
import type { EdgeKey } from '../topology';
import type { EvidenceKind, TimeWindow } from './measured';
import type { MeasuredShare, Split } from './overlay';
import type { Passages } from './passage';
import { EVIDENCE } from './tally';
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
  edges: EdgeKey[];
}

/** A route's targets, each once, with the edges that stand for it. */
function targetsOf(router: Router, route: Route, ways: Ways): WeightedNode[] {
  const targets = new Map<EntityKey, WeightedNode>();
  for (const { key, weight, share, resolution } of route.targets) {
    if (resolution === 'unset') continue;
    const known = targets.get(key);
    if (known) {
      known.weight += weight;
      known.declaredShare += share;
      continue;
    }
    const edges = ways.routes(router.key, key).flatMap((edge) => (edge.row === route.name ? [edge.key] : []));
    targets.set(key, { target: key, weight, declaredShare: share, edges });
  }
  return [...targets.values()];
}

/** The edges of one target have its whole traffic each. */
const countOf = ({ edges: [edge] }: WeightedNode, counted: Counted, evidence: EvidenceKind): number =>
  edge === undefined ? 0 : (counted.edges.figures(edge, evidence)?.requests ?? 0);

function shareOf(node: WeightedNode, hits: number, count: number): MeasuredShare {
  const { target, weight, declaredShare } = node;
  const plain = { target, weight, declaredShare, count: hits };
  return count === 0
    ? plain
    : { ...plain, observedShare: hits / count, ...wilson(hits, count, CONFIDENCE_95) };
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
  model: MeshModel;
  ways: Ways;
  window: TimeWindow;
  /** Of the whole window, and of later parts of it. */
  counted: readonly Counted[];
  changedAt?: ReadonlyMap<EntityKey, number> | undefined;
}

/** When the weights of a route were last changed, as far as its own history or somebody who watched tells. */
function lastChange(router: Router, route: Route, changedAt: SplitInput['changedAt']): number {
  const entry = router.history.find((each) => each.route === route.name);
  return Math.max(entry ? Date.parse(entry.at) : 0, changedAt?.get(router.key) ?? 0);
}

/** One split for each route with two targets or more. CloudWatch counts where it saw anything, else X-Ray's samples. */
export function splitsOf({ model, ways, window, counted, changedAt }: SplitInput): Split[] {
  const parts = [...counted].sort(inOrder);
  const splits: Split[] = [];
  for (const router of model.entities.values()) {
    if (router.kind !== 'router') continue;
    for (const route of router.routes) {
      const targets = targetsOf(router, route, ways);
      if (targets.length < 2) continue;
      const changed = lastChange(router, route, changedAt);
      const part = parts.find(({ fromMs }) => fromMs >= changed);
      const sinceMs = part?.fromMs ?? Math.min(changed, window.toMs);
      splits.push({ router: router.key, route: route.name, sinceMs, ...judged(targets, part) });
    }
  }
  return splits;
}

function judged(
  targets: readonly WeightedNode[],
  part: Counted | undefined,
): Pick<Split, 'evidence' | 'count' | 'shares' | 'verdict'> {
  const [first = 'cloudwatch'] = EVIDENCE;
  const sum = (evidence: EvidenceKind) =>
    part ? targets.reduce((count, each) => count + countOf(each, part, evidence), 0) : 0;
  const evidence = EVIDENCE.find((each) => sum(each) >= 1) ?? first;
  const count = sum(evidence);
  const own = new Set<string>(targets.flatMap(({ edges }) => edges));
  const isOthers = (edge: EdgeKey) =>
    part !== undefined && [...part.edges.others(edge, evidence)].some((other) => !own.has(other));
  const mixed = count > 0 && targets.some(({ edges }) => edges.some(isOthers));
  const shares = targets.map((each) => shareOf(each, part ? countOf(each, part, evidence) : 0, count));
  return { evidence, count, shares, verdict: verdictOf(shares, count, mixed) };
}
