/** Whether a recorded change can be taken back. */
import 'server-only';
import type { WeightsRequest } from '@/lib/api/weights';
import type { Route, Router } from '@/lib/mesh/model';
import { seenTargets } from '@/lib/mesh/weights';
import { fail, type Failure } from '../problem';
import { sameWeights } from './conflict';

interface Named {
  node: string;
  weight: number;
}

const named = (targets: readonly Named[]): Named[] => targets.map(({ node, weight }) => ({ node, weight }));

/**
 * Refuses (E404) an undo that does not put back exactly what one entry of this route's history replaced, or that would
 * take back somebody else's later change with it.
 */
export function checkUndo(body: WeightsRequest, router: Router, route: Route): Failure | undefined {
  if (body.undo === undefined) return undefined;
  const entry = router.history.find(({ id, route: of }) => id === body.undo && of === route.name);
  if (entry === undefined) return fail('E404', { values: { reason: 'unknown' } });
  if (!sameWeights(entry.before, named(body.targets))) return fail('E404', { values: { reason: 'targets' } });
  if (!sameWeights(entry.after, named(seenTargets(route))))
    return fail('E404', { values: { reason: 'changed' } });
  return undefined;
}
