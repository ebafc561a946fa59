/** Traces from X-Ray: lists of summaries, newest stretch first, and single traces. Both are billed by the trace. */
import 'server-only';
import { XRAY_LONGEST_MS } from '@/lib/aws/x-ray';
import type { XRayApi, XRaySummary } from '@/lib/aws/x-ray';
import type { Stretch } from '@/lib/aws/windows';
import type { TraceSummary } from '@/lib/mesh/telemetry/trace';
import { readTrace, traceIdMs } from './read-trace';
import { statusOf } from './segment-dto';
import type { TraceQuery, TraceReader } from './types';

/** What is left to list: a stretch, and X-Ray's own token within its newest piece. */
interface Place {
  rest: Stretch;
  token: string | undefined;
}

const writePlace = ({ rest, token = '' }: Place): string => [rest.fromMs, rest.toMs, token].join('~');

/** `undefined` where the text is none of ours. */
function readPlace(text: string): Place | undefined {
  const [, fromMs, toMs, token] = /^(\d{1,15})~(\d{1,15})~(.*)$/s.exec(text) ?? [];
  if (fromMs === undefined || toMs === undefined) return undefined;
  return {
    rest: { fromMs: Number(fromMs), toMs: Number(toMs) },
    token: token === '' ? undefined : token,
  };
}

const summaryOf = (found: XRaySummary): TraceSummary => ({
  id: found.id,
  startMs: found.startMs ?? traceIdMs(found.id) ?? 0,
  durationMs: found.durationMs ?? 0,
  responseMs: found.partial ? undefined : found.responseMs,
  status: statusOf(found),
  http: found.http,
  partial: found.partial,
  services: found.services,
  annotations: found.annotations,
});

const invalidToken = {
  troubles: [
    { kind: 'invalid' as const, operation: 'GetTraceSummaries', detail: 'the token is none of this list' },
  ],
  spent: { metrics: 0, traces: 0, calls: 0 },
};

/** The newest piece of a stretch that X-Ray answers at once. */
const newestPiece = ({ fromMs, toMs }: Stretch): Stretch => ({
  fromMs: Math.max(fromMs, toMs - XRAY_LONGEST_MS),
  toMs,
});

function placeAfter({ rest }: Place, piece: Stretch, nextToken: string | undefined): string | undefined {
  if (nextToken !== undefined) return writePlace({ rest, token: nextToken });
  const older = { fromMs: rest.fromMs, toMs: piece.fromMs };
  return older.fromMs < older.toMs ? writePlace({ rest: older, token: undefined }) : undefined;
}

/**
 * One call per page of a list. A window longer than 6 h goes on, by its token, with the next older piece: a page may be empty
 * and yet not the last. A token holds the window that it is for; that of the query is not looked at again.
 */
export function createTraceReader({ api }: { api: XRayApi }): TraceReader {
  return {
    async list({ expression, window, token }: TraceQuery, signal) {
      const { fromMs, toMs } = window;
      const place = token === undefined ? { rest: { fromMs, toMs }, token: undefined } : readPlace(token);
      if (place === undefined) return invalidToken;
      const piece = newestPiece(place.rest);
      const { result, troubles, calls } = await api.traceSummaries(piece, expression, place.token, signal);
      if (result === undefined) return { troubles, spent: { metrics: 0, traces: 0, calls } };
      return {
        result: {
          traces: result.summaries.map(summaryOf),
          nextToken: placeAfter(place, piece, result.nextToken),
        },
        troubles,
        spent: { metrics: 0, traces: result.scanned, calls },
      };
    },

    async read(id, signal) {
      const { result, troubles, calls } = await api.traces([id], signal);
      const found = result?.find((trace) => trace.id === id);
      return {
        ...(found ? { result: readTrace(found) } : {}),
        troubles,
        spent: { metrics: 0, traces: found ? 1 : 0, calls },
      };
    },
  };
}
