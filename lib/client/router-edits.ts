/** Sending edits of routers: canaries by header and targets that come or go. */
import { queryOptions } from '@tanstack/react-query';
import { routerEditAnswer } from '@/lib/api/router-edits';
import type { RouterEditAnswer, RouterEditRequest } from '@/lib/api/router-edits';
import { namespacePart, sourcePath } from './queries';
import { requestJson } from './request';
import type { Result } from './request';

interface RouterPlace {
  source: string;
  router: { namespace: string; name: string };
}

/** Edits a router, or asks what that would do (`dryRun`). Never retried: a write is sent once. */
export const editRouterAt = (
  { source, router }: RouterPlace,
  body: RouterEditRequest,
): Promise<Result<RouterEditAnswer>> =>
  requestJson(
    `${sourcePath(source)}/routers/${namespacePart(router.namespace)}/${encodeURIComponent(router.name)}/edits`,
    routerEditAnswer,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );

/** What an edit would do. Nothing is written; a refusal is an answer like any other. */
export const editRehearsalOptions = (place: RouterPlace, body: RouterEditRequest) =>
  queryOptions({
    queryKey: ['routerEdit', place.source, place.router.namespace, place.router.name, body],
    queryFn: () => editRouterAt(place, { ...body, dryRun: true }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
