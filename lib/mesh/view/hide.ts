/** What a reader may hide, said precisely. */
import type { EntityKey } from '../keys';
import type { TopologyNode } from '../topology';
import type { Hidable, ViewInput } from './spec';
import { subjectsOf } from './subjects';

/**
 * The entities something could be sent to or from: ends of an edge of the mesh that is not a weighted target with weight 0.
 * What a busy one stands on is busy with it.
 */
export function busyEntities({ edges }: Pick<ViewInput, 'edges'>): Set<EntityKey> {
  const busy = new Set<EntityKey>();
  for (const { kind, weight, source, target } of edges.values()) {
    if (kind === 'dns' || kind === 'runs' || (kind === 'route-target' && weight === 0)) continue;
    busy.add(source);
    busy.add(target);
  }
  for (const { kind, source, target } of edges.values())
    if ((kind === 'dns' || kind === 'runs') && busy.has(source)) busy.add(target);
  return busy;
}

/** The entities a finding is about, and those that tell of it in their stead. */
export function troubledEntities({ nodes, findings }: ViewInput): Set<string> {
  const subjects = new Set<string>(findings.map((finding) => finding.subject));
  const troubled = new Set<string>();
  for (const node of nodes.values())
    if (subjectsOf(node).some((key) => subjects.has(key))) troubled.add(node.key);
  for (const key of subjects) troubled.add(key);
  return troubled;
}

/** Accepted (or never reported on), with every pod it has ready. Nobody knows how something foreign is, and nothing is against it. */
function isSound(node: TopologyNode): boolean {
  switch (node.kind) {
    case 'unresolved':
      return node.cause === 'foreign';
    case 'malformed':
      return false;
    case 'host':
      return node.cause === 'outside';
    case 'backendGroup':
    case 'kubeService':
      return true;
    case 'workload':
      return node.ready === node.total;
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
 * - external: named here and held elsewhere, by another mesh or outside the cluster, or an outside host. What is missing is
 *   a fault, and what was not read may be anything.
 * - healthy: no finding about it or about what it tells of, accepted, and all its pods ready.
 */
export function isOf(what: Hidable, node: TopologyNode, { busy, troubled, carried }: Judged): boolean {
  switch (what) {
    case 'idle':
      return node.kind !== 'malformed' && !busy.has(node.key);
    case 'external':
      return node.kind === 'unresolved'
        ? node.cause === 'foreign' || node.cause === 'otherMesh'
        : node.kind === 'host' && node.cause === 'outside';
    case 'healthy':
      return (
        isSound(node) &&
        !troubled.has(node.key) &&
        !(carried.get(node.key)?.some((key) => troubled.has(key)) ?? false)
      );
  }
}
