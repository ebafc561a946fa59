/** Sending changes of a mesh's egress filter. */
import { queryOptions } from '@tanstack/react-query';
import { egressAnswer } from '@/lib/api/egress';
import type { EgressAnswer, EgressRequest } from '@/lib/api/egress';
import { meshPath } from './queries';
import { requestJson } from './request';
import type { Result } from './request';

/** Sends a change, or asks what it would do (`dryRun`). Never retried: a write is sent once. */
export const patchEgress = (
  source: string,
  mesh: string,
  body: EgressRequest,
): Promise<Result<EgressAnswer>> =>
  requestJson(`${meshPath(source, mesh)}/egress`, egressAnswer, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** What a change would do, as the cluster's dry run tells; a refusal is an answer like any other. */
export const egressRehearsalOptions = (source: string, mesh: string, body: EgressRequest) =>
  queryOptions({
    queryKey: ['egressRehearsal', source, mesh, body],
    queryFn: () => patchEgress(source, mesh, { ...body, dryRun: true }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
