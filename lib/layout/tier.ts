import type { Unit } from './unit';

/**
 * Gives every unit its tier, so that calls run to the right: first as far left as its callers allow, then as near to
 * what it calls as it may go. An edge that closes a cycle of calls does not count. Answers how many tiers there are.
 */
export function rankUnits(units: readonly Unit[]): number {
  const order = callOrder(units);
  const place = new Map(order.map((unit, at) => [unit, at]));
  const before = (a: Unit, b: Unit) => (place.get(a) ?? 0) < (place.get(b) ?? 0);
  const entrances = units.some((unit) => unit.gateway) ? 1 : 0;
  let last = 0;
  for (const unit of order) {
    unit.tier = unit.gateway ? 0 : entrances;
    for (const { from } of unit.into) {
      if (before(from, unit)) unit.tier = Math.max(unit.tier, from.tier + 1);
    }
    last = Math.max(last, unit.tier);
  }
  for (const unit of [...order].reverse()) {
    const pull = unit.out.length - unit.into.length;
    if (unit.gateway || pull <= 0) continue;
    let next = Infinity;
    for (const { to } of unit.out) if (before(unit, to)) next = Math.min(next, to.tier);
    if (next !== Infinity) unit.tier = Math.max(unit.tier, next - 1);
  }
  return last + 1;
}

/**
 * Callers before callees: depth first from the gateways, then from what nobody here calls, then from the rest.
 * Iterative, because the call chains of a large mesh are deeper than the stack likes.
 */
function callOrder(units: readonly Unit[]): Unit[] {
  const roots = [
    ...units.filter((unit) => unit.gateway),
    ...units.filter((unit) => unit.into.length === 0),
    ...units,
  ];
  const seen = new Set<Unit>();
  const order: Unit[] = [];
  for (const root of roots) {
    if (seen.has(root)) continue;
    seen.add(root);
    const path = [{ unit: root, at: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = top.unit.out[top.at]?.to;
      top.at += 1;
      if (!target) {
        order.push(top.unit);
        path.pop();
      } else if (!seen.has(target)) {
        seen.add(target);
        path.push({ unit: target, at: 0 });
      }
    }
  }
  return order.reverse();
}

/**
 * Lays many tiers onto few, neighbours together. Calls within one tier then run back to the left.
 */
export function foldTiers(units: readonly Unit[], tiers: number, tiersMax: number): void {
  if (tiers <= tiersMax) return;
  const first = units.some((unit) => unit.gateway) ? 1 : 0;
  for (const unit of units) {
    if (unit.gateway) continue;
    unit.tier = first + Math.floor(((unit.tier - first) * (tiersMax - first)) / (tiers - first));
  }
}
