'use client';
/** What is looked at on the Traffic screen, kept in its URL. */
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import { createUrlView } from './url-view';

export const ROUTE_SORTS = ['name', 'changed', 'findings'] as const;
export type RouteSort = (typeof ROUTE_SORTS)[number];

export interface TrafficView {
  /** What is searched for, as it is typed. */
  text: string;
  grouped: boolean;
  sort: RouteSort;
  /** Whether measured shares are asked for. */
  measured: boolean;
  /** The opened router, where it is, and its opened route. `selected` and `route` are those of the topology as well. */
  source: string | undefined;
  mesh: string | undefined;
  selected: EntityKey | undefined;
  route: string | undefined;
}

/** Reads the query string; what does not fit is left out. */
export function readTrafficView(search: string): TrafficView {
  const query = new URLSearchParams(search);
  const selected = query.get('selected');
  return {
    text: query.get('q') ?? '',
    grouped: query.get('group') !== 'none',
    sort: ROUTE_SORTS.find((each) => each === query.get('sort')) ?? 'name',
    measured: query.get('measured') !== 'off',
    source: query.get('source') || undefined,
    mesh: query.get('mesh') || undefined,
    selected: selected !== null && parseEntityKey(selected) ? (selected as EntityKey) : undefined, // just parsed
    route: query.get('route') || undefined,
  };
}

/** Writes the view into a query string. Defaults are left out. */
export function writeTrafficView(search: string, view: TrafficView): string {
  const query = new URLSearchParams(search);
  const put = (name: string, text: string | undefined) => {
    if (text === undefined || text === '') query.delete(name);
    else query.set(name, text);
  };
  put('q', view.text);
  put('group', view.grouped ? undefined : 'none');
  put('sort', view.sort === 'name' ? undefined : view.sort);
  put('measured', view.measured ? undefined : 'off');
  for (const name of ['source', 'mesh', 'selected', 'route'] as const) put(name, view[name]);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * The view in the URL and how to change parts of it. Opening a route is a step of the history, typing is none. It shares its event
 * with the view of the topology: the bar of a route selects by that one.
 */
export const useTrafficView = createUrlView<TrafficView>({
  event: 'meshdeck:view',
  read: readTrafficView,
  write: writeTrafficView,
  isStep: (before, after) =>
    [before.source, before.mesh, before.selected].join(' ') !==
    [after.source, after.mesh, after.selected].join(' '),
});
