/** Which weights a step means, and which a rollback does. */
import { apportion, POINTS_TOTAL } from '@/lib/mesh/weights';
import type { ShiftRoute, Strategy } from './spec';
import type { RouteWeights } from './status';
import type { TargetWeight } from './world';

export interface PlannedStep {
  /** Per cent of the pair that goes to `to`. */
  percent: number;
  holdSeconds: number;
  approval: boolean;
}

const BAKE_SECONDS = 600;

/** The steps of either strategy. Empty where the strategy is none. */
export function stepsOf({ canary, blueGreen }: Strategy): PlannedStep[] {
  if (canary !== undefined)
    return canary.steps.map(({ weight, holdSeconds = 0, approval = false }) => ({
      percent: weight,
      holdSeconds,
      approval,
    }));
  if (blueGreen === undefined) return [];
  const { preview, bakeSeconds = BAKE_SECONDS } = blueGreen;
  const full = { percent: 100, holdSeconds: bakeSeconds, approval: false };
  if (preview === undefined) return [full];
  const { holdSeconds = 0, approval = false } = preview;
  return [{ percent: 0, holdSeconds, approval }, full];
}

/** How a route of this namespace names a node: `cart-v1` → `shop/cart-v1`; ARNs and full names stay. */
export const nodeName = (node: string, namespace: string): string =>
  node.includes('/') || node.startsWith('arn:') ? node : `${namespace}/${node}`;

/** Places of the pair among the targets; `undefined` where one is missing or there twice. */
export function pairIn(
  targets: readonly TargetWeight[],
  { from, to }: Pick<ShiftRoute, 'from' | 'to'>,
  namespace: string,
): { from: number; to: number } | undefined {
  const place = (node: string): number | undefined => {
    const name = nodeName(node, namespace);
    const found = targets.flatMap((target, i) => (target.node === name ? [i] : []));
    return found.length === 1 ? found[0] : undefined;
  };
  const at = { from: place(from), to: place(to) };
  if (at.from === undefined || at.to === undefined || at.from === at.to) return undefined;
  return { from: at.from, to: at.to };
}

/** Whole points of a pool: nothing and all are exact, everything between leaves either side a point where there are two. */
function points(pool: number, percent: number): number {
  if (percent <= 0 || pool <= 0) return 0;
  if (percent >= 100) return pool;
  const rounded = Math.round((pool * percent) / 100);
  return pool < 2 ? rounded : Math.min(pool - 1, Math.max(1, rounded));
}

/**
 * The weights of a route with `percent` of the pair's part at `to`. They total 100 whatever the route totalled before: other
 * targets keep their share, in whole points. Order, nodes and ports stay.
 */
export function planWeights(
  base: readonly TargetWeight[],
  pair: { from: number; to: number },
  percent: number,
): TargetWeight[] {
  const shares = apportion(
    base.map(({ weight }) => weight),
    POINTS_TOTAL,
  );
  const pool = (shares[pair.from] ?? 0) + (shares[pair.to] ?? 0);
  const toPoints = points(pool, percent);
  return base.map((target, i) => ({
    ...target,
    weight: i === pair.to ? toPoints : i === pair.from ? pool - toPoints : (shares[i] ?? 0),
  }));
}

/** The weights of before on the targets of now. A target that was not there gets nothing. */
export function restoreWeights(
  now: readonly TargetWeight[],
  snapshot: readonly TargetWeight[],
): TargetWeight[] {
  return now.map((target) => ({
    ...target,
    weight: snapshot.find((old) => isSameTarget(old, target))?.weight ?? 0,
  }));
}

const isSameTarget = (a: TargetWeight, b: TargetWeight): boolean => a.node === b.node && a.port === b.port;

/** Whether two lists name the same targets in the same order with the same written weights. */
export const sameWeights = (a: readonly TargetWeight[], b: readonly TargetWeight[]): boolean =>
  a.length === b.length &&
  a.every((target, i) => {
    const other = b[i];
    return other !== undefined && isSameTarget(target, other) && target.weight === other.weight;
  });

/** Whether two lists name the same targets in the same order. */
export const sameNodes = (a: readonly TargetWeight[], b: readonly TargetWeight[]): boolean =>
  a.length === b.length && a.every((target, i) => b[i] !== undefined && isSameTarget(target, b[i]));

/** For people: `75/25`, routes apart by a space. */
export const weightsText = (routes: readonly Pick<RouteWeights, 'targets'>[]): string =>
  routes.map(({ targets }) => targets.map(({ weight }) => weight).join('/')).join(' ');
