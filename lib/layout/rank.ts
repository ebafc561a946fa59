import type { LayoutEdge, LayoutInput, Role } from './types';

const STEP: Record<Role, number> = { gateway: 0, service: 1, router: 2, node: 0 };

/** A tier is service, router and node; three of them are still readable side by side on one screen. */
const TIERS_LEAST = 3;

/** A rank's place in the pattern gateway (0), then service, router, node repeated: 1 2 3, 4 5 6 … */
function nextRank(role: Role, atLeast: number): number {
  if (role === 'gateway') return 0;
  const wanted = STEP[role];
  let rank = Math.max(atLeast, role === 'node' ? 3 : wanted);
  while (rank % 3 !== wanted) rank += 1;
  return rank;
}

/** Edges by source, in the order given, without self-loops and edges to what is not there. */
function outgoing(input: LayoutInput): Map<string, string[]> {
  const out = new Map<string, string[]>(input.nodes.map((node) => [node.id, []]));
  for (const { source, target } of input.edges) {
    if (source !== target && out.has(target)) out.get(source)?.push(target);
  }
  return out;
}

/**
 * Visits everything depth first and answers the nodes in reverse topological order with the edges that close a cycle
 * left out. Iterative: call chains of a large mesh are deeper than the stack likes.
 */
function withoutCycles(
  roots: readonly string[],
  out: Map<string, string[]>,
): { order: string[]; kept: LayoutEdge[] } {
  const state = new Map<string, 'open' | 'done'>();
  const order: string[] = [];
  const kept: LayoutEdge[] = [];
  for (const root of roots) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const path = [{ id: root, at: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = out.get(top.id)?.[top.at];
      top.at += 1;
      if (target === undefined) {
        state.set(top.id, 'done');
        order.push(top.id);
        path.pop();
        continue;
      }
      const seen = state.get(target);
      if (seen !== 'open') kept.push({ source: top.id, target });
      if (seen === undefined) {
        state.set(target, 'open');
        path.push({ id: target, at: 0 });
      }
    }
  }
  return { order, kept };
}

/**
 * The column of every node, counted from 0: the longest path from the left, on the next column of the node's role. An
 * edge that closes a call cycle does not count. Very deep meshes are folded, so that the picture stays about as wide
 * as it is high; calls inside one fold then run back to the left.
 */
export function rankNodes(input: LayoutInput): Map<string, number> {
  const out = outgoing(input);
  const called = new Set([...out.values()].flat());
  const roleOf = new Map(input.nodes.map((node) => [node.id, node.role]));
  const byId = [...input.nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
  const roots = [
    ...byId.filter((node) => node.role === 'gateway'),
    ...byId.filter((node) => !called.has(node.id)),
    ...byId,
  ].map((node) => node.id);
  const { order, kept } = withoutCycles(roots, out);

  const into = new Map<string, string[]>();
  for (const { source, target } of kept) {
    const sources = into.get(target);
    if (sources) sources.push(source);
    else into.set(target, [source]);
  }
  const ranks = new Map<string, number>();
  for (const id of order.reverse()) {
    const before = (into.get(id) ?? []).map((source) => ranks.get(source) ?? 0);
    ranks.set(id, nextRank(roleOf.get(id) ?? 'node', Math.max(-1, ...before) + 1));
  }
  return fold(ranks, Math.max(TIERS_LEAST, Math.round(Math.sqrt(input.nodes.length) / 3)));
}

function fold(ranks: Map<string, number>, tiersMax: number): Map<string, number> {
  const tierOf = (rank: number) => Math.floor((rank - 1) / 3);
  const tiers = Math.max(0, ...[...ranks.values()].map(tierOf)) + 1;
  if (tiers <= tiersMax) return ranks;
  return new Map(
    [...ranks].map(([id, rank]) => {
      if (rank === 0) return [id, 0];
      const tier = Math.floor((tierOf(rank) * tiersMax) / tiers);
      return [id, tier * 3 + 1 + ((rank - 1) % 3)];
    }),
  );
}
