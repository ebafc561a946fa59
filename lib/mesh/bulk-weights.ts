/** One change for several routes: what it makes of each, or why it makes nothing of it. */
import { evenOut, normaliseWeights, setWeight, swapTargets } from './weights';
import type { SeenTarget, WeightsDraft } from './weights';

/** Everything alike; the two targets exchanged; or so many points for the target of a version. */
export type BulkChange =
  { kind: 'even' } | { kind: 'swap' } | { kind: 'share'; version: string; points: number };

/** same: it would change nothing. notTwo: only two targets can be exchanged. noVersion: no target is of that version, or several. */
export type BulkSkip = 'same' | 'notTwo' | 'noVersion';

interface Named extends SeenTarget {
  name: string;
}

/** The version a target is named after: what follows the last dash, as in `cart-v2`; the whole name without one. */
export const versionOf = (name: string): string => name.slice(name.lastIndexOf('-') + 1);

/** The versions of some routes, each with the number of routes that have exactly one target of it; the most frequent first. */
export function versionsOf(
  routes: readonly { targets: readonly Pick<Named, 'name'>[] }[],
): { version: string; routes: number }[] {
  const counts = new Map<string, number>();
  for (const { targets } of routes) {
    const own = targets.map(({ name }) => versionOf(name));
    for (const version of own)
      if (own.filter((each) => each === version).length === 1)
        counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return [...counts]
    .map(([version, count]) => ({ version, routes: count }))
    .sort((a, b) => b.routes - a.routes || (a.version < b.version ? 1 : -1));
}

/** The weights of a route after a change; they total 100. Not for routes with fewer than two targets. */
export function changeRoute(
  targets: readonly Named[],
  change: BulkChange,
): { ok: true; targets: SeenTarget[] } | { ok: false; skip: BulkSkip } {
  const live = targets.map(({ weight }) => weight);
  const { points } = normaliseWeights(live);
  const draft: WeightsDraft = {
    base: { uid: '', resourceVersion: '', targets: [...targets] },
    weights: points,
    locked: targets.map(() => false),
    normalised: false,
  };
  const next = apply(draft, targets, change);
  if (typeof next === 'string') return { ok: false, skip: next };
  const dead = live.every((weight) => weight <= 0);
  if (!dead && next.weights.every((weight, i) => weight === points[i])) return { ok: false, skip: 'same' };
  return {
    ok: true,
    targets: targets.map(({ node, port }, i) => ({
      node,
      weight: next.weights[i] ?? 0,
      ...(port === undefined ? {} : { port }),
    })),
  };
}

function apply(draft: WeightsDraft, targets: readonly Named[], change: BulkChange): WeightsDraft | BulkSkip {
  switch (change.kind) {
    case 'even':
      return evenOut(draft);
    case 'swap':
      return targets.length === 2 ? swapTargets(draft) : 'notTwo';
    case 'share': {
      const own = targets.flatMap(({ name }, i) => (versionOf(name) === change.version ? [i] : []));
      const [index] = own;
      return index === undefined || own.length > 1 ? 'noVersion' : setWeight(draft, index, change.points);
    }
  }
}
