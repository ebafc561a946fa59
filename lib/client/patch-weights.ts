/** Sending new weights. */
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
