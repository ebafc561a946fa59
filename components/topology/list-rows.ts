import type { Finding } from '@/lib/mesh/finding';
import type { EntityKey } from '@/lib/mesh/keys';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { TopologyEdge, TopologyNode } from '@/lib/mesh/topology';
import { nameOf, namespaceOf } from './card-size';
import { healthOf } from './health';
import type { Health } from './health';
import type { ShownCard } from './shown-graph';

export interface ListRow {
  key: EntityKey;
  kind: TopologyNode['kind'];
  namespace: string;
  name: string;
  leadsTo: { name: string; share?: number | undefined }[];
  health: Health;
  findings: readonly Finding[];
}

/** The cards as rows of a table: each with what its edges lead to, in the order the object names them. */
export function listRows(cards: readonly ShownCard[], edges: Iterable<TopologyEdge>): ListRow[] {
  const leads = new Map<EntityKey, ListRow['leadsTo']>();
  for (const { source, target, share } of edges) {
    const lead = { name: parseEntityKey(target)?.name ?? target, share };
    const list = leads.get(source);
    if (list) list.push(lead);
    else leads.set(source, [lead]);
  }
  return cards.map(({ node, findings, goneAt }) => ({
    key: node.key,
    kind: node.kind,
    namespace: namespaceOf(node),
    name: nameOf(node),
    leadsTo: leads.get(node.key) ?? [],
    health: healthOf(node, goneAt !== undefined),
    findings,
  }));
}
