'use client';
import { useMemo, useState } from 'react';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import type { Picture } from '@/lib/client/picture';
import type { ViewState } from '@/lib/client/view-state';
import type { EntityKey } from '@/lib/mesh/keys';
import type { TelemetryStore } from '@/lib/client/telemetry-store';
import { useAnswerOf } from '@/lib/client/use-telemetry';
import { asksForTime, matchesQuery, measuredFieldsOf } from '@/lib/mesh/query/match';
import { parseQuery } from '@/lib/mesh/query/parse';
import { loneSubject, subjectsOf } from '@/lib/mesh/query/subject';
import type { Subject, Subjects } from '@/lib/mesh/query/subject';
import type { Query, QueryError } from '@/lib/mesh/query/syntax';
import type { TopologyNode } from '@/lib/mesh/topology';
import type { Viewed } from '@/lib/mesh/view/spec';
import { useClock } from './use-clock';

const EVERYTHING: Query = { kind: 'all' };
const NO_SUBJECTS: Subjects = new Map();

export interface Expression {
  /** What is applied: the last text that could be read. */
  query: Query;
  /** What is wrong with the text as it stands. */
  error: QueryError | undefined;
}

export interface Find {
  wanted: Expression;
  unwanted: Expression;
  /** Whether it is left on screen, and whether it stands back there. */
  shows: (node: TopologyNode) => boolean;
  dims: (node: TopologyNode) => boolean;
  /** What the expression finds and nothing hides, of what the view shows. Empty while nothing is looked for. */
  matches: readonly EntityKey[];
  /** Whether an expression would find anything. */
  finds: (query: Query) => boolean;
  /** Whether what is measured is asked for. */
  asksMeasured: boolean;
  /** The objects of the picture as the language sees them. */
  subjects: () => Subjects;
}

/** The text as an expression; one that cannot be read leaves the last that could. */
export function useExpression(text: string): Expression {
  const parsed = useMemo(() => parseQuery(text), [text]);
  const [valid, setValid] = useState<Query>(EVERYTHING);
  if (parsed.ok && parsed.query !== valid) setValid(parsed.query);
  return useMemo(
    () => (parsed.ok ? { query: parsed.query, error: undefined } : { query: valid, error: parsed.error }),
    [parsed, valid],
  );
}

type Measured = TelemetryAnswer['telemetry'];

/** The subjects of one picture after another: worked out when first asked for, what did not change kept from the last. */
function createKeeper() {
  let last: { picture: Picture; measured: Measured | undefined; subjects: Subjects } | undefined;
  return (picture: Picture | undefined, measured: Measured | undefined): Subjects => {
    if (picture === undefined) return NO_SUBJECTS;
    if (last?.picture !== picture || last.measured !== measured)
      last = { picture, measured, subjects: subjectsOf({ ...picture, telemetry: measured }, last?.subjects) };
    return last.subjects;
  };
}

/** What the search of the view finds in a picture. */
export function useFind(
  { text, dim, hide }: Pick<ViewState, 'text' | 'dim' | 'hide'>,
  picture: Picture | undefined,
  /** What the view of the mesh leaves to look at. */
  viewed: Viewed['nodes'] | undefined,
  telemetry: TelemetryStore,
): Find {
  const wanted = useExpression(text);
  const unwanted = useExpression(hide);
  const now = useClock(asksForTime(wanted.query) || asksForTime(unwanted.query));
  const asksMeasured = useMemo(
    () => measuredFieldsOf(wanted.query).length > 0 || measuredFieldsOf(unwanted.query).length > 0,
    [wanted.query, unwanted.query],
  );
  const measured = useAnswerOf(asksMeasured ? telemetry : undefined)?.telemetry;
  const [subjectsIn] = useState(createKeeper);

  return useMemo(() => {
    const lone = new WeakMap<TopologyNode, Subject>();
    const subjectOf = (node: TopologyNode): Subject => {
      const known = subjectsIn(picture, measured).get(node.key) ?? lone.get(node);
      if (known) return known;
      const alone = loneSubject(node);
      lone.set(node, alone);
      return alone;
    };
    const [asks, hides] = [wanted.query.kind !== 'all', unwanted.query.kind !== 'all'];
    const found = (node: TopologyNode) => !asks || matchesQuery(wanted.query, subjectOf(node), now);
    const left = (node: TopologyNode) => !hides || !matchesQuery(unwanted.query, subjectOf(node), now);
    const matches: EntityKey[] = [];
    if (asks && viewed) for (const [key, node] of viewed) if (left(node) && found(node)) matches.push(key);
    return {
      wanted,
      unwanted,
      shows: (node) => left(node) && (dim || found(node)),
      dims: (node) => dim && !found(node),
      matches,
      asksMeasured,
      finds(query) {
        for (const node of viewed?.values() ?? [])
          if (left(node) && matchesQuery(query, subjectOf(node), now)) return true;
        return false;
      },
      subjects: () => subjectsIn(picture, measured),
    };
  }, [picture, measured, asksMeasured, viewed, wanted, unwanted, dim, now, subjectsIn]);
}
