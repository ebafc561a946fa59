import { tellings, toldKeys } from '@/lib/client/edge-tellings';
import type { Telling } from '@/lib/client/edge-tellings';
import type { Finding } from '@/lib/mesh/finding';
import type { EntityKey } from '@/lib/mesh/keys';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { TopologyNode } from '@/lib/mesh/topology';
import type { ViewEdge } from '@/lib/mesh/view/spec';
import { nameOf, namespaceOf } from './card-size';
import { healthOf } from './health';
import type { Health } from './health';
import type { ShownCard } from './shown-graph';
import type { MeasuredCells } from '@/components/telemetry/overlay/list-columns';

/** One end of an edge: where it leads, and its part of the route's requests (0..1) where a route gives it one. */
export interface Lead extends Telling {
  id: string;
  key: EntityKey;
  /** Missing where what it names is not shown. */
  kind?: TopologyNode['kind'] | undefined;
  name: string;
  share?: number | undefined;
  route?: ViewEdge['route'];
}

/** What one row of a card leads to; without `route` it is the object itself that leads there. */
export interface LeadLine {
  id: string;
  route?: { name: string; editable: boolean } | undefined;
  leads: Lead[];
}

export interface ListRow extends MeasuredCells {
  key: EntityKey;
  kind: TopologyNode['kind'];
  namespace: string;
  name: string;
  leadsTo: LeadLine[];
  health: Health;
  findings: readonly Finding[];
  gone: boolean;
}

type Leading = Pick<ViewEdge, 'key' | 'kind' | 'source' | 'target' | 'row' | 'share' | 'last' | 'route'>;

/** A router's routes are named by themselves, a gateway's are objects with a key. */
function routeOf(node: TopologyNode, row: string): LeadLine['route'] {
  if (node.kind === 'router') return { name: row, editable: true };
  return { name: parseEntityKey(row)?.name ?? row, editable: false };
}

function linesOf(
  node: TopologyNode,
  edges: readonly Leading[],
  kinds: ReadonlyMap<EntityKey, TopologyNode['kind']>,
  tellingOf: (id: string) => Telling,
): LeadLine[] {
  const lines = new Map<string, LeadLine>();
  for (const { key, target, row, share, route } of edges) {
    const id = row ?? '';
    const line = lines.get(id) ?? {
      id,
      route: row === undefined ? undefined : routeOf(node, row),
      leads: [],
    };
    lines.set(id, line);
    const name = parseEntityKey(target)?.name ?? target;
    line.leads.push({ id: key, key: target, kind: kinds.get(target), name, share, route, ...tellingOf(key) });
  }
  return [...lines.values()];
}

/** The cards as rows of a table: each with what its edges lead to, a line per route, in the order the object names them. */
export function listRows(cards: readonly ShownCard[], edges: readonly Leading[]): ListRow[] {
  const tellingOf = tellings(new Map(edges.map((edge) => [edge.key, toldKeys(edge)])));
  const leaving = new Map<EntityKey, Leading[]>();
  for (const edge of edges) {
    const list = leaving.get(edge.source);
    if (list) list.push(edge);
    else leaving.set(edge.source, [edge]);
  }
  const kinds = new Map(cards.map(({ node }) => [node.key, node.kind]));
  return cards.map(({ node, findings, goneAt }) => ({
    key: node.key,
    kind: node.kind,
    namespace: namespaceOf(node),
    name: nameOf(node),
    leadsTo: linesOf(node, leaving.get(node.key) ?? [], kinds, tellingOf),
    health: healthOf(node, goneAt !== undefined),
    findings,
    gone: goneAt !== undefined,
  }));
}
