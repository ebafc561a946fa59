/** Sending new weights. */
import { queryOptions } from '@tanstack/react-query';
import { bulkAnswer, weightsAnswer } from '@/lib/api/weights';
import type { BulkAnswer, BulkRequest, WeightsAnswer, WeightsRequest } from '@/lib/api/weights';
import { namespacePart, sourcePath } from './queries';
import { requestJson } from './request';
import type { Result } from './request';

/** The route that is written, and where it is shown. */
export interface RoutePlace {
  source: string;
  mesh: string;
  router: { namespace: string; name: string };
  route: string;
}

/** Sends new weights for one route, or asks what they would do (`dryRun`). Never retried: a write is sent once. */
export function patchWeights(
  { source, mesh, router, route }: RoutePlace,
  body: WeightsRequest,
): Promise<Result<WeightsAnswer>> {
  const [name, row] = [router.name, route].map(encodeURIComponent);
  return requestJson(
    `${sourcePath(source)}/routers/${namespacePart(router.namespace)}/${name}/routes/${row}/weights?mesh=${encodeURIComponent(mesh)}`,
    weightsAnswer,
    {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  );
}

/**
 * What new weights would do, as the cluster's dry run tells. Nothing is written. A refusal is an answer like any other, so
 * it comes back as the query's result. `version` is the live object's: another one makes it another question.
 */
export const rehearsalOptions = (place: RoutePlace, version: string, body: WeightsRequest) => {
  const { source, mesh, router, route } = place;
  return queryOptions({
    queryKey: ['rehearsal', source, mesh, router.namespace, router.name, route, version, body],
    queryFn: () => patchWeights(place, { ...body, dryRun: true }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
};

/** Sends new weights for several routes, or asks what they would do (`dryRun`). Never retried: a write is sent once. */
export const patchBulk = (body: BulkRequest): Promise<Result<BulkAnswer>> =>
  requestJson('/api/v1/routes/weights', bulkAnswer, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** What new weights for several routes would do. Nothing is written. */
export const bulkRehearsalOptions = (changes: BulkRequest['changes']) =>
  queryOptions({
    queryKey: ['bulkRehearsal', changes],
    queryFn: () => patchBulk({ changes, dryRun: true }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
