/** The part of a picture that an expression of the find language asks for. */
import 'server-only';
import type { FoundTopology, TopologyAnswer } from '@/lib/api/topology';
import { createTranslate } from '@/lib/i18n/translate';
import { matchesQuery, measuredFieldsOf } from '@/lib/mesh/query/match';
import { parseQuery } from '@/lib/mesh/query/parse';
import { printQuery } from '@/lib/mesh/query/print';
import { subjectsOf } from '@/lib/mesh/query/subject';
import type { Subjects } from '@/lib/mesh/query/subject';
import type { Query } from '@/lib/mesh/query/syntax';
import { fail, type Failure } from './problem';

const english = createTranslate('en');

/** Pictures are asked more than once, and each is one object for as long as it stands. */
const known = new WeakMap<TopologyAnswer, Subjects>();

/** The objects of a picture as the find language sees them. */
export function subjectsIn(answer: TopologyAnswer): Subjects {
  const before = known.get(answer);
  if (before) return before;
  const subjects = subjectsOf({
    nodes: new Map(answer.nodes.map((node) => [node.key, node])),
    edges: new Map(answer.edges.map((edge) => [edge.key, edge])),
    findings: answer.findings,
  });
  known.set(answer, subjects);
  return subjects;
}

/** An expression as it is understood. E105 for one that cannot be read. */
export function readQuery(text: string): { ok: true; query: Query } | Failure {
  const parsed = parseQuery(text);
  if (parsed.ok) return parsed;
  const { at, length, message, values, expected } = parsed.error;
  const reason = english(message, values);
  return fail('E105', {
    values: { at, length, reason, expected: expected.join(' ') },
    errors: [{ path: 'q', message: reason }],
  });
}

/**
 * The nodes that match, the edges between them and the findings on them, with `matched` of `total` nodes and the
 * expression as it was understood. E105 for one that cannot be read. `now` is in milliseconds since 1970.
 */
export function findIn(
  answer: TopologyAnswer,
  text: string,
  now: number,
): { ok: true; answer: FoundTopology } | Failure {
  const parsed = readQuery(text);
  if (!parsed.ok) return parsed;
  const { query } = parsed;
  const unmeasured = measuredFieldsOf(query);
  const keys = new Set<string>();
  const shown = new Set<string>();
  for (const [key, subject] of subjectsIn(answer)) {
    if (!matchesQuery(query, subject, now)) continue;
    keys.add(key);
    for (const finding of subject.findings) shown.add(finding.id);
  }
  return {
    ok: true,
    answer: {
      ...answer,
      nodes: answer.nodes.filter((node) => keys.has(node.key)),
      edges: answer.edges.filter((edge) => keys.has(edge.source) && keys.has(edge.target)),
      findings: answer.findings.filter((finding) => shown.has(finding.id)),
      query: printQuery(query),
      matched: keys.size,
      total: answer.nodes.length,
      ...(unmeasured.length > 0 ? { unmeasured } : {}),
    },
  };
}
