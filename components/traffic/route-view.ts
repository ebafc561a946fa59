/** A route and its draft side by side, as the bar and the editor show them. */
import type { EntityKey } from '@/lib/mesh/keys';
import type { Route, WeightedTarget } from '@/lib/mesh/model';
import type { WeightsDraft } from '@/lib/mesh/weights';
import { equalsLive, normaliseWeights, sameSeen, sameTargets, seenTargets } from '@/lib/mesh/weights';

export interface TargetView {
  key: EntityKey;
  /** As short as tells the targets of the route apart: `cart-v2`, `shop/cart-v2`, `cart-v2:8080`. */
  name: string;
  /** As written. */
  weight: number;
  /** 0..1 */
  share: number;
  /** Points of the draft; without one, the live weights as points that total 100. */
  points: number;
  locked: boolean;
}

export interface RouteView {
  targets: TargetView[];
  /** A draft is held that fits the route and would change somebody's share. */
  changed: boolean;
  /** What is live is not what the draft was begun from. `targets`: the route names other targets now. */
  moved: 'no' | 'weights' | 'targets';
  /** Live weights that are no points totalling 100: what they mean. */
  normalised: boolean;
  allZero: boolean;
}

function shortNames(targets: readonly WeightedTarget[]): string[] {
  const plain = targets.map(({ name, arn }) => (name === '' ? (arn?.split('/').at(-1) ?? '–') : name));
  const unique = (names: readonly string[], i: number) =>
    names.filter((name) => name === names[i]).length < 2;
  const spaced = targets.map(({ namespace }, i) =>
    namespace === '' ? (plain[i] ?? '') : `${namespace}/${plain[i] ?? ''}`,
  );
  const ported = targets.map(({ port }, i) => `${plain[i] ?? ''}:${port ?? ''}`);
  return targets.map((_, i) => {
    for (const names of [plain, spaced, ported]) if (unique(names, i)) return names[i] ?? '';
    return `${plain[i] ?? ''} #${i + 1}`;
  });
}

/** Describes a route with the draft that is held for it, if any. */
export function viewRoute(route: Route, draft: WeightsDraft | undefined): RouteView {
  const live = seenTargets(route);
  const names = shortNames(route.targets);
  const { points, changed: normalised } = normaliseWeights(live.map(({ weight }) => weight));
  const fits = draft !== undefined && sameTargets(draft.base.targets, live);
  return {
    targets: route.targets.map(({ key, weight, share }, i) => ({
      key,
      name: names[i] ?? '',
      weight,
      share,
      points: (fits ? draft.weights[i] : points[i]) ?? 0,
      locked: fits && draft.locked[i] === true,
    })),
    changed: fits && !equalsLive(draft, live),
    moved: draft === undefined || sameSeen(draft.base.targets, live) ? 'no' : fits ? 'weights' : 'targets',
    normalised,
    allZero: live.length > 0 && live.every(({ weight }) => weight <= 0),
  };
}

/** Pixels by which dividers that stand at the same place are pushed apart, so that each can be grasped. */
const APART_PX = 10;

/** How far each divider is drawn from where it stands. `at` holds the place of each in percent, ascending. */
export function dividerOffsets(at: readonly number[]): number[] {
  return at.map((place, i) => {
    const first = at.indexOf(place);
    const count = at.filter((other) => other === place).length;
    const rank = i - first;
    if (place <= 0) return rank * APART_PX;
    if (place >= 100) return (rank - count + 1) * APART_PX;
    return (rank - (count - 1) / 2) * APART_PX;
  });
}
