/**
 * The arithmetic of a weight draft: integers from 0 to 100 that always total 100. Order is the route's order. The API
 * allows up to 100 per route and reads weights as relative shares; drafts use the whole 100 so that a weight is a percentage.
 */

const TOTAL = 100;

export interface DraftTarget {
  /** 0..100, integer. */
  weight: number;
  /** A locked target keeps its weight whatever the others do. */
  locked: boolean;
}

export type Draft = readonly DraftTarget[];

/**
 * Splits `total` over the targets in proportion to `parts` (≥ 0), in integers, by largest remainder; ties go to the
 * earlier target. All parts zero: even shares. Not for locked targets: leave them out first.
 */
export function apportion(parts: readonly number[], total: number): number[] {
  if (parts.length === 0) return [];
  const sum = parts.reduce((all, part) => all + part, 0);
  const exact = parts.map((part) => (sum === 0 ? total / parts.length : (part / sum) * total));
  const whole = exact.map(Math.floor);
  const left = total - whole.reduce((all, share) => all + share, 0);
  const winners = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
    .slice(0, left)
    .map(({ index }) => index);
  return whole.map((share, index) => share + (winners.includes(index) ? 1 : 0));
}

/** Begins a draft from weights as they stand, whatever they total: 3 and 1 become 75 and 25, a lone 1 becomes 100. */
export function beginDraft(weights: readonly number[]): Draft {
  return apportion(weights, TOTAL).map((weight) => ({ weight, locked: false }));
}

/**
 * Sets one target; the unlocked others share what is left in their present proportion. The wish is rounded and clamped
 * to what the locked ones leave. A locked target, or one with no unlocked other beside it, stays as it is.
 */
export function setWeight(draft: Draft, index: number, wish: number): Draft {
  const others = draft.flatMap((target, at) => (at !== index && !target.locked ? [at] : []));
  if (draft[index]?.locked !== false || others.length === 0 || Number.isNaN(wish)) return draft;
  const held = draft.reduce(
    (sum, target, at) => (at !== index && target.locked ? sum + target.weight : sum),
    0,
  );
  const weight = Math.max(0, Math.min(TOTAL - held, Math.round(wish)));
  const shares = apportion(
    others.map((at) => draft[at]?.weight ?? 0),
    TOTAL - held - weight,
  );
  return draft.map((target, at) => {
    if (at === index) return { ...target, weight };
    const place = others.indexOf(at);
    return place < 0 ? target : { ...target, weight: shares[place] ?? 0 };
  });
}

/** Moves the divider after target `index`: points go between it and the next unlocked target on the right. */
export function moveDivider(draft: Draft, index: number, points: number): Draft {
  const right = draft.findIndex((target, at) => at > index && !target.locked);
  const from = draft[index];
  const to = draft[right];
  if (!from || from.locked || !to || Number.isNaN(points)) return draft;
  const moved = Math.max(-from.weight, Math.min(to.weight, Math.round(points)));
  return draft.map((target, at) => {
    if (at === index) return { ...target, weight: target.weight + moved };
    return at === right ? { ...target, weight: target.weight - moved } : target;
  });
}

/** Even shares among the unlocked targets. */
export function even(draft: Draft): Draft {
  const open = draft.flatMap((target, at) => (target.locked ? [] : [at]));
  const held = draft.reduce((sum, target) => (target.locked ? sum + target.weight : sum), 0);
  const shares = apportion(
    open.map(() => 1),
    TOTAL - held,
  );
  return draft.map((target, at) =>
    target.locked ? target : { ...target, weight: shares[open.indexOf(at)] ?? 0 },
  );
}

/** Exchanges the weights of a route with exactly two unlocked targets (blue/green); any other stays as it is. */
export function swap(draft: Draft): Draft {
  const [first, second] = draft;
  if (draft.length !== 2 || !first || !second || first.locked || second.locked) return draft;
  return [
    { ...first, weight: second.weight },
    { ...second, weight: first.weight },
  ];
}

/** Locks or unlocks one target. */
export function setLocked(draft: Draft, index: number, locked: boolean): Draft {
  return draft.map((target, at) => (at === index ? { ...target, locked } : target));
}

/** How far a change reaches: the most points any target moves, and whether one ends at 0 or 100 that did not stand there. */
export function blastRadius(
  before: readonly number[],
  after: readonly number[],
): { points: number; extreme: boolean } {
  const moves = before.map((weight, at) => Math.abs((after[at] ?? 0) - weight));
  const extreme = after.some((weight, at) => (weight === 0 || weight === TOTAL) && weight !== before[at]);
  return { points: Math.max(0, ...moves), extreme };
}
