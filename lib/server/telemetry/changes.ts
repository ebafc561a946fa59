/** Changes of weights within a window: what came before one says nothing of the new weights. */
import 'server-only';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshModel, Router, Taken } from '@/lib/mesh/model';
import type { AskedWindow } from './window';

/** Whoever creates an object may write to it once more at once. */
const CREATING_MS = 3_000;

/** Of what was taken once and not updated since there is no traffic from before. */
const updatedAt = (taken: Taken | undefined): string | undefined =>
  taken !== undefined && taken.version > 1 ? taken.at : undefined;

/** When somebody last wrote what a router asks for, or that was last taken, epoch milliseconds, where that is within the window. */
function changedWithin(
  { writtenBy, taken, routes, createdAt }: Router,
  { fromMs, latestMs }: Pick<AskedWindow, 'fromMs' | 'latestMs'>,
): number | undefined {
  const times = [writtenBy?.[0]?.at ?? updatedAt(taken), ...routes.map((route) => updatedAt(route.taken))];
  const at = Math.max(...times.map((time) => (time === undefined ? 0 : Date.parse(time))));
  // There is no traffic from before a router was there.
  const created = at - Date.parse(createdAt) < CREATING_MS;
  return at > fromMs && at < latestMs && !created ? at : undefined;
}

/** Routers that were changed within the window, with when, epoch milliseconds. One that was created in it was not changed. */
export function changesIn(
  model: MeshModel,
  window: Pick<AskedWindow, 'fromMs' | 'latestMs'>,
): Map<EntityKey, number> {
  const changed = new Map<EntityKey, number>();
  for (const entity of model.entities.values()) {
    const at = entity.kind === 'router' ? changedWithin(entity, window) : undefined;
    if (at !== undefined) changed.set(entity.key, at);
  }
  return changed;
}
