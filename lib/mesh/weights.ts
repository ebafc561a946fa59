/**
 * Draft arithmetic of a weighted route. A draft holds whole points that total exactly 100; the live route may hold any
 * relative weights. Pure: nothing here reads a clock or sends anything.
 */
import type { EntityRef, Route, Router, WeightedTarget } from './model';

/** The total of every draft. App Mesh reads weights as relative, and allows at most 100 in all. */
export const POINTS_TOTAL = 100;

/** The points offered for one target at a click. */
export const PRESET_POINTS = [0, 1, 5, 10, 25, 50, 100] as const;

/** One target as the caller saw it. `node` is namespace/name, or the ARN where the route names one. */
export interface SeenTarget {
  node: string;
  /** As written in the object. */
  weight: number;
  /** Only where the route names the same node twice. */
  port?: number | undefined;
}

/** What a draft was begun from; sent along as `expected`, so that a change in between is found. */
export interface DraftBase {
  uid: string;
  resourceVersion: string;
  targets: SeenTarget[];
}

/** A change in the making. `weights[i]` and `locked[i]` belong to `base.targets[i]`; the weights total 100. */
export interface WeightsDraft {
  base: DraftBase;
  weights: number[];
  locked: boolean[];
  /** The live weights did not total 100 (or were no whole points) and were converted when the draft began. */
  normalised: boolean;
  /** Proportions of all targets before the run of changes to `index`: moving one target away and back loses nothing. */
  memory?: { index: number; proportions: number[] } | undefined;
}

/** How a target is named in a weights request. Where both a reference and an ARN are written, the ARN wins. */
export function targetReference(target: Pick<WeightedTarget, 'namespace' | 'name' | 'arn'>): string {
  return target.arn ?? `${target.namespace}/${target.name}`;
}

/** The targets of a route as a request names them, in the object's order. The port is given only where it tells two apart. */
export function seenTargets(route: Route): SeenTarget[] {
  const references = route.targets.map(targetReference);
  return route.targets.map((target, i) => {
    const node = references[i] ?? '';
    const twice = references.filter((other) => other === node).length > 1;
    return {
      node,
      weight: target.weight,
      ...(twice && target.port !== undefined ? { port: target.port } : {}),
    };
  });
}

/**
 * Splits `total` whole points by proportion with the largest-remainder method. Ties go to the earlier entry; negative and
 * non-finite proportions count as 0; where all are 0 the split is even. Empty in, empty out.
 */
export function apportion(proportions: readonly number[], total: number): number[] {
  if (proportions.length === 0) return [];
  const finite = proportions.map((p) => (Number.isFinite(p) && p > 0 ? p : 0));
  const highest = Math.max(...finite);
  // Scaling by the highest keeps the sum finite and tiny proportions exact enough.
  const usable = highest > 0 ? finite.map((p) => p / highest) : finite.map(() => 1);
  const sum = usable.reduce((a, b) => a + b, 0);
  const exact = usable.map((p) => (p * total) / sum);
  const result = exact.map(Math.floor);
  const left = total - result.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) result[index] = (result[index] ?? 0) + 1;
  return result;
}

/** Live weights as whole points that total 100: 3/1 → 75/25, 1 → 100. All zero becomes an even split. */
export function normaliseWeights(weights: readonly number[]): { points: number[]; changed: boolean } {
  const points = apportion(weights, POINTS_TOTAL);
  return { points, changed: points.some((point, i) => point !== weights[i]) };
}

/**
 * What a write to a route is measured against: the object that holds it. In a cluster that is the router. For an App Mesh API,
 * whose objects have no namespace, a route is a resource of its own.
 */
export function writtenObject(
  router: Pick<Router, 'ref'>,
  { taken }: Pick<Route, 'taken'>,
): Pick<EntityRef, 'uid' | 'resourceVersion' | 'generation'> {
  if (router.ref.namespace !== '' || taken === undefined) return router.ref;
  return { uid: taken.uid, resourceVersion: String(taken.version), generation: taken.version };
}

/** Begins a draft from what is live now. Nothing is locked. */
export function beginDraft(router: Pick<Router, 'ref'>, route: Route): WeightsDraft {
  const targets = seenTargets(route);
  const { points, changed } = normaliseWeights(targets.map((target) => target.weight));
  const { uid, resourceVersion } = writtenObject(router, route);
  return {
    base: { uid, resourceVersion, targets },
    weights: points,
    locked: targets.map(() => false),
    normalised: changed,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Points the locked targets other than `index` leave. */
function available(draft: WeightsDraft, index: number): number {
  return POINTS_TOTAL - sum(draft.weights.filter((_, i) => i !== index && draft.locked[i] === true));
}

/** Highest points a target can take; its own points when it is locked or has no partner to trade with. */
export function reachable(draft: WeightsDraft, index: number): { min: number; max: number } {
  const own = draft.weights[index] ?? 0;
  const partner = draft.weights.some((_, i) => i !== index && draft.locked[i] !== true);
  if (draft.locked[index] === true || !partner) return { min: own, max: own };
  return { min: 0, max: available(draft, index) };
}

/**
 * Gives one target `points` (rounded, clamped to what locked targets leave); unlocked others share the rest in their
 * proportion, locked ones stay. Unchanged when the target is locked or no other may move.
 */
export function setWeight(draft: WeightsDraft, index: number, points: number): WeightsDraft {
  const { min, max } = reachable(draft, index);
  if (min === max || !Number.isFinite(points)) return draft;
  const wanted = Math.min(max, Math.max(min, Math.round(points)));
  const memory = draft.memory?.index === index ? draft.memory : { index, proportions: [...draft.weights] };
  const others = draft.weights.map((_, i) => i).filter((i) => i !== index && draft.locked[i] !== true);
  const shares = apportion(
    others.map((i) => memory.proportions[i] ?? 0),
    available(draft, index) - wanted,
  );
  const weights = [...draft.weights];
  weights[index] = wanted;
  others.forEach((other, i) => (weights[other] = shares[i] ?? 0));
  return { ...draft, weights, memory };
}

/**
 * Moves the divider between target `index` and the next by `delta` points. One side's nearest unlocked target grows; the
 * other side shrinks from the divider outwards, so that a divider pushes through parked (0-point) and locked targets.
 * Clamped to what the shrinking side holds; unchanged where a side has no unlocked target.
 */
export function moveDivider(draft: WeightsDraft, index: number, delta: number): WeightsDraft {
  const whole = Math.round(delta);
  if (!Number.isFinite(whole) || whole === 0) return draft;
  const unlocked = draft.weights.map((_, i) => i).filter((i) => draft.locked[i] !== true);
  const left = unlocked.filter((i) => i <= index).reverse();
  const right = unlocked.filter((i) => i > index);
  const [growing] = whole > 0 ? left : right;
  if (growing === undefined) return draft;
  const weights = [...draft.weights];
  let missing = Math.abs(whole);
  for (const i of whole > 0 ? right : left) {
    const taken = Math.min(missing, weights[i] ?? 0);
    weights[i] = (weights[i] ?? 0) - taken;
    missing -= taken;
  }
  weights[growing] = (weights[growing] ?? 0) + Math.abs(whole) - missing;
  return { ...draft, weights, memory: undefined };
}

/** Where a divider stands (points left of it) and how far it can go either way. */
export function dividerRange(draft: WeightsDraft, index: number): { at: number; min: number; max: number } {
  const at = sum(draft.weights.slice(0, index + 1));
  const span = (from: number, to: number): number =>
    sum(draft.weights.filter((_, i) => i >= from && i < to && draft.locked[i] !== true));
  const open = (from: number, to: number): boolean => draft.locked.slice(from, to).includes(false);
  const movable = open(0, index + 1) && open(index + 1, draft.weights.length);
  if (!movable) return { at, min: at, max: at };
  return { at, min: at - span(0, index + 1), max: at + span(index + 1, draft.weights.length) };
}

/** Splits what the locked targets leave evenly among the others. */
export function evenOut(draft: WeightsDraft): WeightsDraft {
  const free = draft.weights.map((_, i) => i).filter((i) => draft.locked[i] !== true);
  const shares = apportion(
    free.map(() => 1),
    sum(free.map((i) => draft.weights[i] ?? 0)),
  );
  const weights = [...draft.weights];
  free.forEach((target, i) => (weights[target] = shares[i] ?? 0));
  return { ...draft, weights, memory: undefined };
}

/** Exchanges the two targets of a two-target route; unchanged for other routes or where one is locked. */
export function swapTargets(draft: WeightsDraft): WeightsDraft {
  if (draft.weights.length !== 2 || draft.locked.includes(true)) return draft;
  return { ...draft, weights: [...draft.weights].reverse(), memory: undefined };
}

/** Locks or unlocks one target. */
export function setLocked(draft: WeightsDraft, index: number, locked: boolean): WeightsDraft {
  return {
    ...draft,
    locked: draft.locked.map((was, i) => (i === index ? locked : was)),
    memory: undefined,
  };
}

/** Whether the draft would change nobody's share of `live`. Never true for a route whose weights are all zero. */
export function equalsLive(draft: WeightsDraft, live: readonly SeenTarget[]): boolean {
  if (!sameTargets(draft.base.targets, live) || sum(live.map((target) => target.weight)) <= 0) return false;
  const { points } = normaliseWeights(live.map((target) => target.weight));
  return points.every((point, i) => point === draft.weights[i]);
}

/** Whether two lists name the same targets in the same order, whatever their weights. */
export function sameTargets(a: readonly SeenTarget[], b: readonly SeenTarget[]): boolean {
  return a.length === b.length && a.every((one, i) => one.node === b[i]?.node && one.port === b[i]?.port);
}

/** Whether two lists name the same targets with the same written weights. */
export function sameSeen(a: readonly SeenTarget[], b: readonly SeenTarget[]): boolean {
  return sameTargets(a, b) && a.every((one, i) => one.weight === b[i]?.weight);
}

/**
 * Puts a draft on top of what is live now: targets it knows keep their points and locks, new ones start at 0, gone ones
 * leave their points to the rest in proportion. Locks are dropped where that is needed to total 100.
 */
export function rebaseDraft(draft: WeightsDraft, router: Pick<Router, 'ref'>, route: Route): WeightsDraft {
  const fresh = beginDraft(router, route);
  const used = new Set<number>();
  const mine = fresh.base.targets.map((target) => {
    const at = draft.base.targets.findIndex(
      (old, i) => !used.has(i) && old.node === target.node && old.port === target.port,
    );
    if (at >= 0) used.add(at);
    return at;
  });
  const kept = mine.map((at) => draft.weights[at] ?? 0);
  const whole = sum(kept) === POINTS_TOTAL;
  return {
    ...fresh,
    weights: whole ? kept : apportion(kept, POINTS_TOTAL),
    locked: mine.map((at) => whole && draft.locked[at] === true),
  };
}

/** The targets a draft asks for. */
export function draftTargets(draft: WeightsDraft): SeenTarget[] {
  return draft.base.targets.map((target, i) => ({ ...target, weight: draft.weights[i] ?? 0 }));
}

/** How much a change moves, in percentage points of the route's traffic. */
export interface BlastRadius {
  /** Largest move of any one target, 0..100. */
  maxPoints: number;
  /** Nodes that had traffic and get none. */
  toZero: string[];
  /** Nodes that did not have all traffic and get all of it. */
  toFull: string[];
}

/** Compares two lists of the same targets by share. A route whose weights are all zero counts as 0 for each. */
export function blastRadius(before: readonly SeenTarget[], after: readonly SeenTarget[]): BlastRadius {
  const percent = (list: readonly SeenTarget[], i: number): number => {
    const total = sum(list.map((target) => target.weight));
    return total > 0 ? ((list[i]?.weight ?? 0) * 100) / total : 0;
  };
  const radius: BlastRadius = { maxPoints: 0, toZero: [], toFull: [] };
  after.forEach((target, i) => {
    const was = percent(before, i);
    const is = percent(after, i);
    radius.maxPoints = Math.max(radius.maxPoints, Math.abs(is - was));
    if (was > 0 && is === 0) radius.toZero.push(target.node);
    if (was < 100 && is === 100) radius.toFull.push(target.node);
  });
  return radius;
}

/** What a change of this size asks of the user: one click, a tick, or typing the route's name. */
export function confirmationFor(radius: BlastRadius): 'click' | 'tick' | 'type' {
  if (radius.toZero.length > 0 || radius.toFull.length > 0) return 'type';
  // The margin forgives shares such as 1/3, which are no whole points.
  return radius.maxPoints <= 10 + 1e-9 ? 'click' : 'tick';
}
