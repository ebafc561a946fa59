/** One call of an AWS API: at its turn, with the SDK's retries, and with failures as values. */
import type { AppMeshClient } from '@aws-sdk/client-app-mesh';
import type { Pace } from './pace';
import type { ApiFailure, ApiResult } from './types';

interface Answer {
  $metadata: { attempts?: number };
}

/** A call through a client `C`; the App Mesh API's, where none is named. */
export interface Call<T, C = AppMeshClient> {
  /** The API's name of it. */
  operation: string;
  /** What it is about, as the end of an ARN. */
  about?: string;
  writes?: boolean;
  send(client: C, options: { abortSignal: AbortSignal }): Promise<T>;
}

export type Ask<C = AppMeshClient, F = ApiFailure> = <T extends Answer>(
  call: Call<T, C>,
  signal: AbortSignal,
) => Promise<ApiResult<T, F>>;

/** Asks through a client, keeping a pace; `sort` tells what a throw means. Never throws for what a service can do. */
export function createAsk<C, F extends { kind: string }>(
  client: C,
  pace: Pace,
  sort: (operation: string, error: unknown, call: Pick<Call<never>, 'about' | 'writes'>) => F,
): Ask<C, F> {
  return async (call, signal) => {
    try {
      const result = await pace.run(() => call.send(client, { abortSignal: signal }), signal);
      // The SDK waited and tried again by itself: that is the service asking for fewer calls.
      if ((result.$metadata.attempts ?? 1) > 1) pace.ease();
      else pace.recover();
      return { ok: true, result };
    } catch (error) {
      const failure = sort(call.operation, error, call);
      if (failure.kind === 'throttled') pace.ease();
      return { ok: false, failure };
    }
  };
}
