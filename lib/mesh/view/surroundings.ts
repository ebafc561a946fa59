/** What a mesh stands on: the hosts and Services behind its nodes' DNS names, and what runs their pods. */
import { entityKey } from '../keys';
import type { EntityKey } from '../keys';
import { edgeKey } from '../topology';
import type { EdgeKind, RunningWorkload, Surrounding, TopologyEdge, TopologyNode } from '../topology';
import type { ViewInput } from './spec';

/** One thing a node or gateway stands on, and the edge that leads to it. */
export interface Footing {
  thing: Surrounding;
  edge: TopologyEdge;
}

export const isSurrounding = (node: TopologyNode): node is Surrounding =>
  node.kind === 'host' || node.kind === 'kubeService' || node.kind === 'workload';

function lead(kind: EdgeKind, source: EntityKey, thing: Surrounding): Footing {
  const key = edgeKey(kind, source, undefined, thing.key);
  return {
    thing,
    edge: { key, kind, source, target: thing.key, declared: true, observed: 'unknown' },
  };
}

/** DNS names are the same in capitals, and with a dot at the end. */
const plainName = (hostname: string) => hostname.toLowerCase().replace(/\.$/, '');

function* footingsOf(node: TopologyNode): Iterable<Footing> {
  if (node.kind !== 'node' && node.kind !== 'gateway') return;
  if (node.kind === 'node' && node.discovery.kind === 'dns' && node.beyond !== undefined) {
    const name = plainName(node.discovery.hostname);
    const cause = node.beyond === 'host' ? 'outside' : 'noService';
    yield lead('dns', node.key, {
      key: entityKey('host', '', name),
      kind: 'host',
      namespace: '',
      name,
      cause,
    });
  }
  if (node.kind === 'node' && node.kubernetesService !== undefined) {
    const [namespace = '', name = ''] = node.kubernetesService.split('/');
    const key = entityKey('kubeService', namespace, name);
    yield lead('dns', node.key, { key, kind: 'kubeService', namespace, name });
  }
  for (const { kind: ownerKind, namespace, name, total, ready } of node.workload.owners) {
    const key = entityKey('workload', namespace, `${ownerKind}/${name}`);
    yield lead('runs', node.key, { key, kind: 'workload', namespace, name, ownerKind, total, ready });
  }
}

/** What was worked out for a node is not worked out again as long as it is the same. */
const known = new WeakMap<TopologyNode, readonly Footing[]>();

/** What a node or gateway stands on; nothing for anything else. */
export function footings(node: TopologyNode): readonly Footing[] {
  const before = known.get(node);
  if (before) return before;
  const found = [...footingsOf(node)];
  known.set(node, found);
  return found;
}

/** Two nodes may see different pods of one Deployment; the one that sees more tells. */
const larger = (a: RunningWorkload, b: Surrounding): Surrounding =>
  b.kind === 'workload' && b.total > a.total ? b : a;

/**
 * The mesh with what it stands on. Without `workloads` only outside hosts are added and what is `asked` for; `left` holds the
 * keys of the others.
 * The input comes back as it is where there is nothing to add.
 */
export function withSurroundings(
  input: ViewInput,
  workloads: boolean,
  asked: ReadonlySet<EntityKey>,
): { whole: ViewInput; left: ReadonlySet<EntityKey> } {
  const things = new Map<EntityKey, Surrounding>();
  const edges: TopologyEdge[] = [];
  const left = new Set<EntityKey>();
  for (const node of input.nodes.values())
    for (const { thing, edge } of footings(node)) {
      if (thing.kind !== 'host' && !workloads && !asked.has(thing.key)) {
        left.add(thing.key);
        continue;
      }
      const same = things.get(thing.key);
      things.set(thing.key, same?.kind === 'workload' ? larger(same, thing) : (same ?? thing));
      edges.push(edge);
    }
  if (things.size === 0) return { whole: input, left };
  const whole = {
    ...input,
    nodes: new Map<EntityKey, TopologyNode>([...input.nodes, ...things]),
    edges: new Map([...input.edges, ...edges.map((edge) => [edge.key, edge] as const)]),
  };
  return { whole, left };
}
