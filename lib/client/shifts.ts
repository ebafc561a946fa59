/** TrafficShifts: reading them, starting one, and asking something of one. */
import { queryOptions } from '@tanstack/react-query';
import { controlAnswer, shiftAnswer, shiftsAnswer, startAnswer } from '@/lib/api/shifts';
import type { ControlAnswer, ControlRequest, StartAnswer, StartRequest } from '@/lib/api/shifts';
import type { ControlAction } from '@/lib/shifts';
import { sourcePath } from './queries';
import { fetchJson, requestJson } from './request';
import type { Result } from './request';

const EVERY_MS = 2_000;

const shiftsApi = (source: string) => `${sourcePath(source)}/shifts`;
const shiftApi = (source: string, namespace: string, name: string) =>
  `${shiftsApi(source)}/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

/** The shifts of a source. Looked at again every 2 s while the page is seen. */
export const shiftsOptions = (source: string) =>
  queryOptions({
    queryKey: ['shifts', source],
    queryFn: ({ signal }) => fetchJson(shiftsApi(source), shiftsAnswer, { signal }),
    refetchInterval: EVERY_MS,
  });

/** One shift. Looked at again every 2 s while the page is seen. */
export const shiftOptions = (source: string, namespace: string, name: string) =>
  queryOptions({
    queryKey: ['shift', source, namespace, name],
    queryFn: ({ signal }) => fetchJson(shiftApi(source, namespace, name), shiftAnswer, { signal }),
    refetchInterval: EVERY_MS,
  });

const post = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Starts a shift, or asks what would come of it (`dryRun`). Never retried. */
export const startShift = (source: string, body: StartRequest): Promise<Result<StartAnswer>> =>
  requestJson(shiftsApi(source), startAnswer, post(body));

const isFields = (found: unknown): found is Record<string, unknown> =>
  typeof found === 'object' && found !== null && !Array.isArray(found);

/**
 * Has the server read what somebody wrote: a TrafficShift, its spec, or a part of one over `base`. It rehearses a start, so that what
 * could not be started is refused with the reason; the answer's shift is what was read.
 */
export function readWritten(
  source: string,
  written: unknown,
  base: Pick<StartRequest, 'namespace' | 'name' | 'spec'>,
): Promise<Result<StartAnswer>> {
  const object = isFields(written) ? written : {};
  const { metadata, spec } = object;
  // An object that is there already is read all the same: it keeps the name that is free.
  const { namespace = base.namespace } = isFields(metadata) ? metadata : {};
  const { name } = base;
  const { control: _, ...asked } = isFields(spec) ? spec : object;
  const { routes } = base.spec;
  const body = { namespace, name, spec: { routes, ...asked }, dryRun: true };
  return requestJson(shiftsApi(source), startAnswer, post(body));
}

/** What would come of a start. A refusal is an answer like any other. */
export const startRehearsalOptions = (source: string, body: StartRequest) =>
  queryOptions({
    queryKey: ['shiftStart', source, body],
    queryFn: () => startShift(source, { ...body, dryRun: true }),
    // The router may have another owner, or the target another pod, a moment later.
    refetchInterval: 10_000,
    gcTime: 0,
  });

/** Asks something of a shift under way; `requestId` makes it count once. */
export const sendControl = (
  source: string,
  { namespace, name }: { namespace: string; name: string },
  action: ControlAction,
  body: ControlRequest,
): Promise<Result<ControlAnswer>> =>
  requestJson(`${shiftApi(source, namespace, name)}/${action}`, controlAnswer, post(body));
