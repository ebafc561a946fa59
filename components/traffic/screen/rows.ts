/** The rows of the list of routes: their order, their groups, their pages. */
import type { ListedRoute } from '@/lib/api/routes';
import type { RouteSort } from '@/lib/client/traffic-view';

/** Rows of one page. */
export const PAGE_ROWS = 50;

/** Tells a route apart from every other. */
export const rowId = ({ source, mesh, router, route }: ListedRoute): string =>
  JSON.stringify([source, mesh, router, route.name]);

export interface RowGroup {
  /** Of a mesh; one group without a name where rows are not grouped. */
  source: string;
  mesh: string;
  rows: ListedRoute[];
  /** How many rows the group has on all pages. */
  total: number;
}

const RANK = { error: 3, warning: 2, info: 1 } as const;

const worst = ({ findings }: ListedRoute): number =>
  findings.reduce((most, { severity }) => Math.max(most, RANK[severity]), 0);

function byName(a: ListedRoute, b: ListedRoute): number {
  return (
    a.namespace.localeCompare(b.namespace, 'en') ||
    a.name.localeCompare(b.name, 'en') ||
    a.route.index - b.route.index
  );
}

const ORDERS: Record<RouteSort, (a: ListedRoute, b: ListedRoute) => number> = {
  name: byName,
  // The newest first; what was never changed, last.
  changed: (a, b) => (b.changed?.at ?? '').localeCompare(a.changed?.at ?? '') || byName(a, b),
  findings: (a, b) => worst(b) - worst(a) || b.findings.length - a.findings.length || byName(a, b),
};

const meshOf = ({ source, mesh }: ListedRoute): string => JSON.stringify([source, mesh]);

/** Rows in order: by mesh first where they are grouped, then by what they are sorted by. */
export function orderRows(routes: readonly ListedRoute[], sort: RouteSort, grouped: boolean): ListedRoute[] {
  const order = ORDERS[sort];
  return [...routes].sort((a, b) => (grouped ? meshOf(a).localeCompare(meshOf(b), 'en') : 0) || order(a, b));
}

/** One page of ordered rows in groups. A page out of range is the nearest there is. */
export function pageOf(
  rows: readonly ListedRoute[],
  page: number,
  grouped: boolean,
): { groups: RowGroup[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const at = Math.min(Math.max(1, page), pages);
  const shown = rows.slice((at - 1) * PAGE_ROWS, at * PAGE_ROWS);
  if (!grouped)
    return { groups: [{ source: '', mesh: '', rows: shown, total: rows.length }], page: at, pages };
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(meshOf(row), (totals.get(meshOf(row)) ?? 0) + 1);
  const groups: RowGroup[] = [];
  for (const row of shown) {
    const last = groups.at(-1);
    if (last?.source === row.source && last.mesh === row.mesh) last.rows.push(row);
    else
      groups.push({
        source: row.source,
        mesh: row.mesh,
        rows: [row],
        total: totals.get(meshOf(row)) ?? 1,
      });
  }
  return { groups, page: at, pages };
}
