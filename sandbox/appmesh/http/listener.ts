/** The App Mesh API over HTTP, as the AWS SDKs and the AWS CLI call it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, send } from '../../kube/server';
import { StatusError, type Knobs } from '../../kube/types';
import { pause } from '../../loop/work-queue';
import { ApiError } from '../api-errors';
import { delayOf, refusalOf } from './faults';
import { answer, type ApiState } from './handler';
import { callOf } from './operations';

export interface AppMeshListenerOptions {
  /** Asked for each request: a reset replaces it. */
  state: () => ApiState;
  knobs: () => Knobs;
  /** A number from 0 to 1 for each request. */
  chance: () => number;
}

export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers requests below `/v20190125/`. */
export function appMeshListener(options: AppMeshListenerOptions): Listener {
  return async (request, response) => {
    response.setHeader('x-amzn-requestid', randomUUID());
    try {
      const given = await serve(options, request);
      if (given === 'silence') request.socket.destroy();
      else send(response, 200, given);
    } catch (error) {
      refuse(response, error);
    }
  };
}

async function serve(
  { state, knobs, chance }: AppMeshListenerOptions,
  request: IncomingMessage,
): Promise<object | 'silence'> {
  if (knobs().appMeshApi === 'down') return 'silence';
  const [path = '', query = ''] = (request.url ?? '').split('?');
  if (knobs().appMeshApi === 'gone')
    throw new ApiError('UnknownOperationException', 'The service has ended; no operation is left of it.');
  checkSignature(request.headers.authorization);
  const call = callOf(request.method ?? 'GET', path);
  const body = await readBody(request);
  await pause(delayOf(knobs(), call.operation));
  if (knobs().appMeshApi === 'down') return 'silence';
  const refusal = refusalOf(knobs(), call.operation, chance());
  if (refusal) throw refusal;
  return answer(state(), call, { query: new URLSearchParams(query), body });
}

/** Whether a request is signed is all that is looked at: the sandbox has no keys to check a signature with. */
function checkSignature(authorization: string | undefined): void {
  if (authorization === undefined)
    throw new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (!/^AWS4-HMAC-SHA256 .*Credential=[^,\s]+.*Signature=/.test(authorization))
    throw new ApiError('IncompleteSignatureException', 'The Authorization header is no AWS signature.');
}

/** Anything that is no ApiError is a bug and becomes a 500, but for what is wrong with the request's transport. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const known =
    error instanceof ApiError
      ? error
      : error instanceof StatusError
        ? new ApiError('BadRequestException', error.message)
        : new ApiError('InternalServerErrorException', `Internal error: ${String(error)}`);
  if (!response.req.complete) response.setHeader('connection', 'close');
  send(response, known.status, { message: known.detail }, { 'x-amzn-errortype': known.code });
}
