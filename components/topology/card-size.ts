import type { LayoutNode, Role } from '@/lib/layout/types';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { TopologyNode } from '@/lib/mesh/topology';

/** Pixels; the style sheet takes them from here through custom properties, so both always agree. */
export const HEAD = 52;
export const ROW = { gateway: 30, router: 60, line: 22, problem: 22 } as const;
const FOOT = 10;
const WIDTH = {
  gateway: 240,
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

/** How large a card is drawn: known from its contents, so that a layout needs no measuring. */
export function cardSize(node: TopologyNode): { width: number; height: number } {
  const width = WIDTH[node.kind];
  switch (node.kind) {
    case 'gateway':
      return { width, height: HEAD + ROW.line + Math.max(1, node.rows.length) * ROW.gateway + FOOT };
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
    return index < 0 ? HEAD / 2 : HEAD + ROW.line + (index + 0.5) * ROW.gateway;
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
