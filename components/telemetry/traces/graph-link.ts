/** The way of a trace through the mesh, as a search of the topology. Pure. */
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Hop, Span } from '@/lib/mesh/telemetry/trace';
import { inQuotes } from '@/lib/mesh/query/tokens';

/** What has a card of its own; a gateway route is a row of its gateway. */
const cardsOf = ({ gateway, service, router, node }: Hop): EntityKey[] =>
  [gateway, service, router, node].filter((key) => key !== undefined);

/** The objects that a trace went through, each once, in the order it met them. */
export const wayOf = (spans: readonly Pick<Span, 'hop'>[]): EntityKey[] => [
  ...new Set(spans.flatMap(({ hop }) => cardsOf(hop))),
];

/** An expression of the find language that finds exactly these objects; '' for none. */
export function findExpression(keys: readonly EntityKey[]): string {
  const groups = new Map<string, { kind: string; namespace: string; names: string[] }>();
  for (const key of keys) {
    const parsed = parseEntityKey(key);
    if (!parsed) continue;
    const { kind, namespace, name } = parsed;
    const id = `${kind}:${namespace}`;
    const group = groups.get(id) ?? { kind, namespace, names: [] };
    groups.set(id, group);
    group.names.push(name);
  }
  const tests = [...groups.values()].map(({ kind, namespace, names }) => {
    const within = namespace === '' ? '' : ` and namespace = ${inQuotes(namespace)}`;
    return `kind = ${kind}${within} and name in (${names.map(inQuotes).join(', ')})`;
  });
  return tests.length > 1 ? tests.map((test) => `(${test})`).join(' or ') : (tests[0] ?? '');
}

/** The topology with the way of a trace standing out from the rest. */
export function wayHref(topology: string, spans: readonly Pick<Span, 'hop'>[]): string | undefined {
  const q = findExpression(wayOf(spans));
  return q === '' ? undefined : `${topology}?${new URLSearchParams({ q, dim: '1' })}`;
}
