/** GET /api/v1/routes: every weighted route of every mesh. */
import { z } from 'zod';
import type { WeightedRoute } from '@/lib/mesh/weighted-routes';
import { sourceKind } from './topology';

/** Made and checked by the server's own code. */
const made = <T>() => z.custom<T>((candidate) => typeof candidate === 'object' && candidate !== null);

/**
 * Why the weights cannot be written: the route or router says so, the console is read-only, the source is not current
 * (`reconnecting`), or the cluster does not permit it (`forbidden`).
 */
export const routeBarCode = z.enum([
  'readOnly', 'reconnecting', 'gone', 'deleting', 'frozen', 'owned', 'forbidden', 'unknownRoute', 'noTargets',
  'oneTarget',
]); // prettier-ignore

export interface ListedRoute extends Omit<WeightedRoute, 'bar'> {
  source: string;
  mesh: string;
  /** ok: as far as is known before the cluster is asked, the weights may be written. */
  write:
    | { ok: true }
    | {
        ok: false;
        code: z.infer<typeof routeBarCode>;
        values?: Record<string, string | number> | undefined;
      };
}

/** One place meshes are read from, as far as it matters to a list of routes. */
export const listedSource = z.object({
  id: z.string(),
  name: z.string(),
  kind: sourceKind,
  server: z.string(),
  phase: z.enum(['connecting', 'live', 'reconnecting', 'failed']),
  /** Whether anything was read of it; without, it may hold routes that are not listed. */
  ready: z.boolean(),
  meshes: z.number().int(),
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
});
export type ListedSource = z.infer<typeof listedSource>;

export const routesAnswer = z.object({
  routes: z.array(made<ListedRoute>()),
  /** Of how many. */
  total: z.number().int(),
  sources: z.array(listedSource),
  /** With `q` only: the expression as it was understood. */
  query: z.string().optional(),
  /** Fields of the expression that only measurements answer; there are none here, so that these find nothing. */
  unmeasured: z.array(z.string()).optional(),
});
export type RoutesAnswer = z.infer<typeof routesAnswer>;
