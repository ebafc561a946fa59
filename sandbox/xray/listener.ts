/** The X-Ray API over HTTP, as the AWS SDKs call it: REST-JSON, every operation a POST to a path of its own. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, send } from '../kube/server';
import { StatusError, type Knobs } from '../kube/types';
import { pause } from '../loop/work-queue';
import { AwsError, checkSigned } from '../traffic/aws-error';
import { modeOf, refusalOf, type Refusal } from '../traffic/faults';
import type { Traffic } from '../traffic/traffic';
import { answer } from './handler';
import { XRAY_PATHS, isXRayPath } from './operations';
import { fieldsOf } from './requests';

export interface TelemetryOptions {
  /** Asked for each request: a reset replaces it. */
  traffic: () => Traffic;
  knobs: () => Knobs;
  /** A number from 0 to 1 for each request. */
  chance: () => number;
}

const REFUSALS: Record<Refusal['kind'], { code: string; status: number }> = {
  forbidden: { code: 'AccessDeniedException', status: 403 },
  expired: { code: 'ExpiredTokenException', status: 403 },
  throttled: { code: 'ThrottledException', status: 429 },
};

/** Answers requests to the paths of X-Ray. */
export function xrayListener(options: TelemetryOptions) {
  let referenceIds = 0;
  const nextReferenceId = (count: number) => (referenceIds += count) - count;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('x-amzn-requestid', randomUUID());
    try {
      const given = await serve(options, request, nextReferenceId);
      if (given === 'silence') request.socket.destroy();
      else send(response, 200, given);
    } catch (error) {
      refuse(response, error);
    }
  };
}

async function serve(
  { traffic, knobs, chance }: TelemetryOptions,
  request: IncomingMessage,
  nextReferenceId: (count: number) => number,
): Promise<object | 'silence'> {
  if (knobs().xrayMode === 'down') return 'silence';
  checkSigned(request.headers.authorization);
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (!isXRayPath(path) || request.method !== 'POST')
    throw new AwsError('UnknownOperationException', 404, `There is no operation ${request.method} ${path}.`);
  const operation = XRAY_PATHS[path];
  const fields = fieldsOf(await readBody(request));
  const api = { name: 'xray', mode: knobs().xrayMode, operations: knobs().xrayOperations };
  const mode = modeOf(api, operation);
  await pause(mode === 'slow' ? knobs().telemetryDelayMs : 0);
  const refusal = refusalOf(api, operation, knobs(), chance());
  if (refusal) {
    const { code, status } = REFUSALS[refusal.kind];
    throw new AwsError(code, status, refusal.message);
  }
  return answer({ traffic: traffic(), knobs: knobs(), mode, nextReferenceId }, operation, fields);
}

/** Anything that is no AwsError is a bug and becomes a 500, but for what is wrong with the request's transport. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const known =
    error instanceof AwsError
      ? error
      : error instanceof StatusError
        ? new AwsError('InvalidRequestException', 400, error.message)
        : new AwsError('InternalFailure', 500, `Internal error: ${String(error)}`);
  if (!response.req.complete) response.setHeader('connection', 'close');
  send(
    response,
    known.status,
    { Message: known.message, message: known.message },
    { 'x-amzn-errortype': known.code },
  );
}
