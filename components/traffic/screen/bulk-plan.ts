/** Several routes and one change: what is sent, and in which writes. */
import type { ListedRoute } from '@/lib/api/routes';
import type { BulkRequest } from '@/lib/api/weights';
import { changeRoute } from '@/lib/mesh/bulk-weights';
import type { BulkChange, BulkSkip } from '@/lib/mesh/bulk-weights';
import { blastRadius } from '@/lib/mesh/weights';
import type { BlastRadius, SeenTarget } from '@/lib/mesh/weights';

export interface PlannedRoute {
  row: ListedRoute;
  after: SeenTarget[];
}

export interface BulkPlan {
  changes: PlannedRoute[];
  skipped: { row: ListedRoute; skip: BulkSkip }[];
}

/** What a change makes of each route. */
export function planBulk(rows: readonly ListedRoute[], change: BulkChange): BulkPlan {
  const plan: BulkPlan = { changes: [], skipped: [] };
  for (const row of rows) {
    const made = changeRoute(row.targets, change);
    if (made.ok) plan.changes.push({ row, after: made.targets });
    else plan.skipped.push({ row, skip: made.skip });
  }
  return plan;
}

const NO_NAMESPACE = '_';

const seen = ({ targets }: ListedRoute): SeenTarget[] =>
  targets.map(({ node, weight, port }) => ({ node, weight, ...(port === undefined ? {} : { port }) }));

const carried = (targets: readonly SeenTarget[]) =>
  targets.every(({ weight }) => Number.isInteger(weight) && weight >= 0 && weight <= 100);

/** The request for a plan. Seen weights that the contract cannot carry are left out; the version then guards alone. */
export const bulkChanges = ({ changes }: BulkPlan): BulkRequest['changes'] =>
  changes.map(({ row, after }) => ({
    source: row.source,
    mesh: row.mesh,
    namespace: row.namespace === '' ? NO_NAMESPACE : row.namespace,
    router: row.name,
    route: row.route.name,
    targets: after,
    expected: { ...row.expected, ...(carried(seen(row)) ? { targets: seen(row) } : {}) },
  }));

/** How much the whole plan moves, at most, and who gets nothing or everything. */
export function bulkRadius({ changes }: BulkPlan): BlastRadius {
  const all = changes.map(({ row, after }) => blastRadius(seen(row), after));
  return {
    maxPoints: Math.max(0, ...all.map(({ maxPoints }) => maxPoints)),
    toZero: [...new Set(all.flatMap(({ toZero }) => toZero))],
    toFull: [...new Set(all.flatMap(({ toFull }) => toFull))],
  };
}
