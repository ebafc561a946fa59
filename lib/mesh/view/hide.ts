/** What a reader may hide, said precisely. */
import type { EntityKey } from '../keys';
import type { TopologyNode } from '../topology';
import type { Hidable, ViewInput } from './spec';

/** The entities something could be sent to or from: ends of an edge that is not a weighted target with weight 0. */
export function busyEntities({ edges }: Pick<ViewInput, 'edges'>): Set<EntityKey> {
  const busy = new Set<EntityKey>();
  for (const { kind, weight, source, target } of edges.values()) {
    if (kind === 'route-target' && weight === 0) continue;
    busy.add(source);
    busy.add(target);
  }
  return busy;
}

/** The entities a finding is about. A gateway route has no card: its gateway's tells of it. */
export function troubledEntities({ nodes, edges, findings }: ViewInput): Set<string> {
  const troubled = new Set<string>(findings.map((finding) => finding.subject));
  for (const node of nodes.values())
    if (node.kind === 'gateway' && node.rows.some((row) => troubled.has(row.key))) troubled.add(node.key);
  for (const { kind, source, row } of edges.values())
    // The row such an edge leaves is the key of the gateway route.
    if (kind === 'gateway-route' && row !== undefined && troubled.has(row)) troubled.add(source);
  return troubled;
}

/** Accepted (or never reported on), with every pod it has ready. */
function isSound(node: TopologyNode): boolean {
  switch (node.kind) {
    case 'unresolved':
      return node.cause === 'foreign';
    case 'malformed':
      return false;
    case 'service':
    case 'router':
      return node.acceptance === 'accepted' || node.acceptance === 'unknown';
    case 'gateway':
    case 'node':
      return (
        (node.acceptance === 'accepted' || node.acceptance === 'unknown') &&
        node.workload.ready === node.workload.total
      );
  }
}

export interface Judged {
  busy: ReadonlySet<EntityKey>;
  troubled: ReadonlySet<string>;
  carried: ReadonlyMap<EntityKey, readonly EntityKey[]>;
}

/**
 * Whether a node is of what is to be hidden.
 * - idle: no edge of it could carry anything: it has none, or weighted targets with weight 0 only. An object that cannot be
 *   read may have edges nobody knows of, and is not idle.
 * - external: named here and held elsewhere, by another mesh or outside the cluster. What is simply missing is a fault.
 * - healthy: no finding about it or about what it tells of, accepted, and all its pods ready. Nobody knows how something
 *   foreign is; it counts as healthy, since nothing is known against it.
 */
export function isOf(what: Hidable, node: TopologyNode, { busy, troubled, carried }: Judged): boolean {
  switch (what) {
    case 'idle':
      return node.kind !== 'malformed' && !busy.has(node.key);
    case 'external':
      return node.kind === 'unresolved' && node.cause !== 'missing';
    case 'healthy':
      return (
        isSound(node) &&
        !troubled.has(node.key) &&
        !(carried.get(node.key)?.some((key) => troubled.has(key)) ?? false)
      );
  }
}
