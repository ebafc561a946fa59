/** Sending changes of backends. */
import { queryOptions } from '@tanstack/react-query';
import { bulkBackendsAnswer } from '@/lib/api/backends';
import type { BulkBackendsAnswer, BulkBackendsRequest } from '@/lib/api/backends';
import { requestJson } from './request';
import type { Result } from './request';

/** Sends changes for one or several nodes, or asks what they would do (`dryRun`). Never retried: a write is sent once. */
export const patchBackends = (body: BulkBackendsRequest): Promise<Result<BulkBackendsAnswer>> =>
  requestJson('/api/v1/nodes/backends', bulkBackendsAnswer, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/**
 * What changes would do, as the cluster's dry run tells. Nothing is written. A refusal is an answer like any other, so it comes
 * back as the query's result.
 */
export const backendsRehearsalOptions = (changes: BulkBackendsRequest['changes']) =>
  queryOptions({
    queryKey: ['backendsRehearsal', changes],
    queryFn: () => patchBackends({ changes, dryRun: true }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
