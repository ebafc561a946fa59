/** Taking a recorded change back. The server checks the same again. */
import type { HistoryEntry, Route, Router } from '@/lib/mesh/model';
import { seenTargets } from '@/lib/mesh/weights';
import type { SeenTarget } from '@/lib/mesh/weights';

export type UndoRefusal = 'none' | 'older' | 'changed' | 'targets';

interface Named {
  node: string;
  weight: number;
}

const lines = (targets: readonly Named[]): string =>
  targets
    .map(({ node, weight }) => `${weight} ${node}`)
    .sort()
    .join('\n');

const nodes = (targets: readonly Named[]): string =>
  targets
    .map(({ node }) => node)
    .sort()
    .join('\n');

/** The router with what this tab remembers of a route, where the object itself keeps nothing. */
export const withSession = (router: Router, remembered: readonly HistoryEntry[]): Router =>
  router.keepsHistory || remembered.length === 0 ? router : { ...router, history: [...remembered] };

/** The recorded changes of one route, newest first. */
export const historyOf = (router: Router, route: string): HistoryEntry[] =>
  router.history.filter((entry) => entry.route === route);

/** Whether an entry can be taken back: only the newest of its route, and only while its weights still stand. */
export function undoable(router: Router, route: Route, entry: HistoryEntry | undefined): true | UndoRefusal {
  if (!entry) return 'none';
  if (historyOf(router, route.name)[0]?.id !== entry.id) return 'older';
  const live = seenTargets(route);
  if (nodes(live) !== nodes(entry.before)) return 'targets';
  return lines(live) === lines(entry.after) ? true : 'changed';
}

/** The targets that put the weights of an entry back, in the route's order. */
export function undoTargets(route: Route, entry: HistoryEntry): SeenTarget[] {
  const left = [...entry.before];
  return seenTargets(route).map((target) => {
    const at = left.findIndex(({ node }) => node === target.node);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    return { ...target, weight: found?.weight ?? target.weight };
  });
}
