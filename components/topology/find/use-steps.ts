'use client';
import { useCallback, useMemo } from 'react';
import type { EntityKey } from '@/lib/mesh/keys';
import { nameOf, namespaceOf } from '@/lib/mesh/query/subject';
import type { Find } from './use-find';

export interface Steps {
  /** How many are found; `undefined` while nothing is looked for. */
  count: number | undefined;
  /** Place of the selected one among them, from 0. */
  at: number | undefined;
  go: (by: 1 | -1) => void;
}

/** A way through what is found, by namespace and name. `onGo` is given whom the next step leads to. */
export function useSteps(find: Find, selected: EntityKey | undefined, onGo: (key: EntityKey) => void): Steps {
  const { matches, subjects, wanted } = find;
  const looked = wanted.query.kind !== 'all';
  // Sorting thousands waits until somebody stands on one of them.
  const on = selected !== undefined && matches.includes(selected);
  const order = useCallback(() => {
    const rows = matches.map((key) => {
      const node = subjects().get(key)?.node;
      return { key, rank: node ? `${namespaceOf(node)}\n${nameOf(node)}\n${node.kind}` : key };
    });
    return rows.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)).map(({ key }) => key);
  }, [matches, subjects]);
  const at = useMemo(
    () => (on && selected !== undefined ? order().indexOf(selected) : undefined),
    [on, order, selected],
  );
  const go = useCallback(
    (by: 1 | -1) => {
      const ordered = order();
      const from = at ?? (by > 0 ? -1 : 0);
      const next = ordered[(from + by + ordered.length) % ordered.length];
      if (next !== undefined) onGo(next);
    },
    [order, at, onGo],
  );
  const count = looked ? matches.length : undefined;
  return useMemo(() => ({ count, at, go }), [count, at, go]);
}
