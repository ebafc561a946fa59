import type { LayoutNode, Role } from '@/lib/layout/types';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { GatewayCard, TopologyNode } from '@/lib/mesh/topology';
import { matchLines } from './gateway-rows';

/** Pixels; the style sheet takes them from here through custom properties, so both always agree. */
export const HEAD = 52;
export const ROW = { gateway: 30, router: 60, line: 22, problem: 22 } as const;
/** What each further line of a gateway's match adds to its row. */
export const MATCH_LINE = 16;
const FOOT = 10;
const WIDTH = {
  gateway: 290,
  service: 210,
  router: 300,
  node: 220,
  unresolved: 210,
  malformed: 240,
  backendGroup: 210,
  host: 220,
  kubeService: 210,
  workload: 210,
} as const;
export const COLLAPSED_SIZE = { width: 240, height: 84 } as const;

/** Malformed cards show the first problems only; the inspector has all. */
export const PROBLEMS_SHOWN = 3;

/** How high one gateway route is drawn. */
export const gatewayRowHeight = ({ match }: GatewayCard['rows'][number]): number =>
  ROW.gateway + (matchLines(match).length - 1) * MATCH_LINE;

/** How high the rows before this one are; past the last, all of them, or the line that there are none. */
export function gatewayRowTop({ rows }: Pick<GatewayCard, 'rows'>, index: number): number {
  if (rows.length === 0) return ROW.gateway;
  return rows.slice(0, index).reduce((sum, row) => sum + gatewayRowHeight(row), 0);
}

/** How large a card is drawn: known from its contents, so that a layout needs no measuring. */
export function cardSize(node: TopologyNode): { width: number; height: number } {
  const width = WIDTH[node.kind];
  switch (node.kind) {
    case 'gateway':
      return { width, height: HEAD + ROW.line + gatewayRowTop(node, Infinity) + FOOT };
    case 'service':
      return { width, height: HEAD + ROW.line + FOOT };
    case 'router':
      return { width, height: HEAD + Math.max(1, node.routes.length) * ROW.router + FOOT };
    case 'node':
      return { width, height: HEAD + 2 * ROW.line + FOOT };
    case 'unresolved':
    case 'backendGroup':
    case 'host':
    case 'kubeService':
    case 'workload':
      return { width, height: HEAD + ROW.line + FOOT };
    case 'malformed':
      return { width, height: HEAD + Math.min(PROBLEMS_SHOWN, node.problems.length) * ROW.problem + FOOT };
  }
}

/** How far below a card's top the edge of a row leaves it. */
export function rowY(node: TopologyNode, row: string | undefined): number {
  if (row === undefined) return HEAD / 2;
  if (node.kind === 'gateway') {
    const index = node.rows.findIndex((route) => route.key === row);
    const route = node.rows[index];
    if (route === undefined) return HEAD / 2;
    return HEAD + ROW.line + gatewayRowTop(node, index) + gatewayRowHeight(route) / 2;
  }
  if (node.kind === 'router') {
    const index = node.routes.findIndex((route) => route.name === row);
    return index < 0 ? HEAD / 2 : HEAD + (index + 0.5) * ROW.router;
  }
  return HEAD / 2;
}

/** The column a card stands in; what cannot be read or resolved stands where it would belong. */
export function roleOf(node: TopologyNode): Role {
  switch (node.kind) {
    case 'unresolved':
      return node.expected;
    case 'gateway':
    case 'service':
    case 'router':
    case 'node':
      return node.kind;
    case 'backendGroup':
    case 'host':
    case 'kubeService':
    case 'workload':
      return 'node';
    case 'malformed':
      break;
  }
  const kind = parseEntityKey(node.key)?.kind;
  if (kind === 'gateway' || kind === 'gatewayRoute') return 'gateway';
  return kind === 'service' || kind === 'router' ? kind : 'node';
}

export function namespaceOf(node: TopologyNode): string {
  return 'ref' in node ? node.ref.namespace : node.namespace;
}

export function nameOf(node: TopologyNode): string {
  return 'ref' in node ? node.ref.name : node.name;
}

export function layoutNodeOf(node: TopologyNode): LayoutNode {
  return { id: node.key, group: namespaceOf(node), role: roleOf(node), ...cardSize(node) };
}
