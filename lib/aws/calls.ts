/** One call of the App Mesh API: at its turn, with the SDK's retries, and with failures as values. */
import type { AppMeshClient } from '@aws-sdk/client-app-mesh';
import { failureOf } from './failure';
import type { Pace } from './pace';
import type { ApiResult } from './types';

interface Answer {
  $metadata: { attempts?: number };
}

export interface Call<T> {
  /** The API's name of it. */
  operation: string;
  /** What it is about, as the end of an ARN. */
  about?: string;
  writes?: boolean;
  send(client: AppMeshClient, options: { abortSignal: AbortSignal }): Promise<T>;
}

export type Ask = <T extends Answer>(call: Call<T>, signal: AbortSignal) => Promise<ApiResult<T>>;

/** Asks through a client, keeping a pace. Never throws for what a service can do. */
export function createAsk(client: AppMeshClient, pace: Pace): Ask {
  return async (call, signal) => {
    try {
      const result = await pace.run(() => call.send(client, { abortSignal: signal }), signal);
      // The SDK waited and tried again by itself: that is the service asking for fewer calls.
      if ((result.$metadata.attempts ?? 1) > 1) pace.ease();
      else pace.recover();
      return { ok: true, result };
    } catch (error) {
      const failure = failureOf(call.operation, error, call);
      if (failure.kind === 'throttled') pace.ease();
      return { ok: false, failure };
    }
  };
}
