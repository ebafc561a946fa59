import type { LayoutEdge, LayoutNode, Role } from './types';
import { GAP, INTO } from './types';

/** The columns of a tier, from the left. A gateway stands where a node would, in a tier of its own. */
const COLUMN: Record<Role, number> = { service: 0, router: 1, node: 2, gateway: 2 };

interface UnitCard {
  node: LayoutNode;
  /** 0 service, 1 router, 2 node or gateway. */
  column: number;
  /** From the unit's top. */
  y: number;
}

/** All edges from one unit to another, as one line. Heights are counted from the tops of the two units. */
export interface Link {
  from: Unit;
  to: Unit;
  fromColumn: number;
  fromY: number;
  toColumn: number;
  toY: number;
  /** How many edges it stands for. */
  weight: number;
}

/** What is read as one line: a service with its router and the nodes that only this router leads to. */
export interface Unit {
  cards: UnitCard[];
  gateway: boolean;
  height: number;
  out: Link[];
  into: Link[];
  /** Counted from 0 at the left of its block. */
  tier: number;
  /** From the top of its block. */
  y: number;
}

/**
 * Puts the cards of one namespace together to units and answers these in the order of their first cards. A card belongs
 * to the first one that leads to it from an earlier column. `nodes` must be sorted by id, so that the answer does not
 * depend on the order in which the graph was given.
 */
export function unitsOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Unit[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owner = ownersOf(byId, edges);
  const unitOf = new Map<string, Unit>();
  const units: Unit[] = [];
  for (const column of [0, 1, 2]) {
    for (const node of nodes) {
      if (COLUMN[node.role] !== column) continue;
      const owned = owner.get(node.id);
      let unit = owned === undefined ? undefined : unitOf.get(owned);
      if (!unit) {
        unit = { cards: [], gateway: node.role === 'gateway', height: 0, out: [], into: [], tier: 0, y: 0 };
        units.push(unit);
      }
      unit.cards.push({ node, column, y: 0 });
      unitOf.set(node.id, unit);
    }
  }
  const inner = new Map<Unit, LayoutEdge[]>();
  for (const edge of edges) {
    const unit = unitOf.get(edge.source);
    if (!unit || unit !== unitOf.get(edge.target)) continue;
    const list = inner.get(unit);
    if (list) list.push(edge);
    else inner.set(unit, [edge]);
  }
  for (const unit of units) arrange(unit, inner.get(unit) ?? []);
  link(edges, unitOf);
  return units;
}

function ownersOf(byId: ReadonlyMap<string, LayoutNode>, edges: readonly LayoutEdge[]): Map<string, string> {
  const owner = new Map<string, string>();
  for (const { source, target } of edges) {
    const from = byId.get(source);
    const to = byId.get(target);
    if (!from || !to || from.role === 'gateway' || to.role === 'gateway') continue;
    if (COLUMN[from.role] >= COLUMN[to.role]) continue;
    const known = owner.get(target);
    if (known === undefined || source < known) owner.set(target, source);
  }
  return owner;
}

/** Stacks the cards of each column in the order of the rows that lead to them, then levels router and service with their targets. */
function arrange(unit: Unit, edges: readonly LayoutEdge[]): void {
  const { cards } = unit;
  if (cards.length > 1) {
    const byId = new Map(cards.map((card) => [card.node.id, card]));
    const rowOf = new Map<string, number>();
    for (const { source, target, sourceY = 0 } of edges) {
      const from = byId.get(source);
      if (from) rowOf.set(target, Math.min(rowOf.get(target) ?? Infinity, from.y + sourceY));
    }
    for (const column of [1, 2]) {
      const stacked = cards.filter((card) => card.column === column);
      stacked.sort((a, b) => (rowOf.get(a.node.id) ?? 0) - (rowOf.get(b.node.id) ?? 0));
      let y = 0;
      for (const card of stacked) {
        card.y = y;
        y += card.node.height + GAP.card;
      }
    }
    for (const column of [1, 0]) {
      let free = -Infinity;
      for (const card of cards) {
        if (card.column !== column) continue;
        let level = 0;
        let count = 0;
        for (const { source, target, sourceY } of edges) {
          const to = byId.get(target);
          if (source !== card.node.id || !to || to.column <= column) continue;
          level += to.y + into(to.node) - (sourceY ?? card.node.height / 2);
          count += 1;
        }
        card.y = Math.max(free, count > 0 ? Math.round(level / count) : 0);
        free = card.y + card.node.height + GAP.card;
      }
    }
  }
  const top = Math.min(...cards.map((card) => card.y));
  for (const card of cards) {
    card.y -= top;
    unit.height = Math.max(unit.height, card.y + card.node.height);
  }
}

/** Where an edge ends, from the top of its target. */
const into = (node: LayoutNode): number => Math.min(INTO, node.height / 2);

function link(edges: readonly LayoutEdge[], unitOf: ReadonlyMap<string, Unit>): void {
  const cardOf = new Map<string, UnitCard>();
  const linkOf = new Map<Unit, Map<Unit, Link>>();
  for (const unit of new Set(unitOf.values())) for (const card of unit.cards) cardOf.set(card.node.id, card);
  for (const { source, target, sourceY } of edges) {
    const from = unitOf.get(source);
    const to = unitOf.get(target);
    const start = cardOf.get(source);
    const end = cardOf.get(target);
    if (!from || !to || from === to || !start || !end) continue;
    let links = linkOf.get(from);
    if (!links) linkOf.set(from, (links = new Map()));
    let known = links.get(to);
    if (!known) {
      known = { from, to, fromColumn: start.column, fromY: 0, toColumn: end.column, toY: 0, weight: 0 };
      links.set(to, known);
      from.out.push(known);
      to.into.push(known);
    }
    const share = 1 / (known.weight + 1);
    known.fromY += (start.y + (sourceY ?? start.node.height / 2) - known.fromY) * share;
    known.toY += (end.y + into(end.node) - known.toY) * share;
    known.weight += 1;
  }
}
