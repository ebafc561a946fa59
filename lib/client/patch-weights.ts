/** Sending new weights. */
import { queryOptions } from '@tanstack/react-query';
import { weightsAnswer } from '@/lib/api/weights';
import type { WeightsAnswer, WeightsRequest } from '@/lib/api/weights';
import { sourcePath } from './queries';
import { requestJson } from './request';
import type { Result } from './request';

/** Sends new weights for one route, or asks what they would do (`dryRun`). Never retried: a write is sent once. */
export function patchWeights(
  source: string,
  router: { namespace: string; name: string },
  route: string,
  body: WeightsRequest,
): Promise<Result<WeightsAnswer>> {
  const [namespace, name, row] = [router.namespace, router.name, route].map(encodeURIComponent);
  return requestJson(
    `${sourcePath(source)}/routers/${namespace}/${name}/routes/${row}/weights`,
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
 * it comes back as the query's result. `resourceVersion` is the live object's: another one makes it another question.
 */
export const rehearsalOptions = (
  source: string,
  router: { namespace: string; name: string; resourceVersion: string },
  route: string,
  body: WeightsRequest,
) =>
  queryOptions({
    queryKey: ['rehearsal', source, router.namespace, router.name, route, router.resourceVersion, body],
    queryFn: () => patchWeights(source, router, route, { ...body, dryRun: true }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
