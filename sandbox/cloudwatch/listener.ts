/** The CloudWatch API over HTTP: AWS JSON 1.0, as the JavaScript SDK calls it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, send } from '../kube/server';
import { StatusError } from '../kube/types';
import { pause } from '../loop/work-queue';
import { AwsError, checkSigned } from '../traffic/aws-error';
import { modeOf, refusalOf, type Refusal } from '../traffic/faults';
import type { TelemetryOptions } from '../xray/listener';
import { answer } from './handler';
import { isCloudWatchTarget, operationOf } from './operations';
import { fieldsOf } from './requests';

/** As the services of AWS in front of every API name them. */
const REFUSALS: Record<Refusal['kind'], string> = {
  forbidden: 'AccessDeniedException',
  expired: 'ExpiredTokenException',
  throttled: 'ThrottlingException',
};

const CONTENT_TYPE = 'application/x-amz-json-1.0';

export function cloudWatchListener(options: TelemetryOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('x-amzn-requestid', randomUUID());
    try {
      const given = await serve(options, request);
      if (given === 'silence') request.socket.destroy();
      else send(response, 200, given, { 'content-type': CONTENT_TYPE });
    } catch (error) {
      refuse(response, error);
    }
  };
}

async function serve(
  { traffic, knobs, chance }: TelemetryOptions,
  request: IncomingMessage,
): Promise<object | 'silence'> {
  if (knobs().cloudWatchMode === 'down') return 'silence';
  checkSigned(request.headers.authorization);
  const target = request.headers['x-amz-target'];
  const operation = isCloudWatchTarget(target) ? operationOf(target) : undefined;
  if (!operation)
    throw new AwsError('UnknownOperationException', 404, `There is no operation ${String(target)}.`);
  const fields = fieldsOf(await readBody(request));
  const api = { name: 'cloudwatch', mode: knobs().cloudWatchMode, operations: knobs().cloudWatchOperations };
  const mode = modeOf(api, operation);
  await pause(mode === 'slow' ? knobs().telemetryDelayMs : 0);
  const refusal = refusalOf(api, operation, knobs(), chance());
  if (refusal) throw new AwsError(REFUSALS[refusal.kind], 400, refusal.message);
  return answer({ traffic: traffic(), knobs: knobs(), mode }, operation, fields);
}

/** Anything that is no AwsError is a bug and becomes a 500, but for what is wrong with the request's transport. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const known =
    error instanceof AwsError
      ? error
      : error instanceof StatusError
        ? new AwsError('ValidationError', 400, error.message)
        : new AwsError('InternalServiceError', 500, `Internal error: ${String(error)}`);
  if (!response.req.complete) response.setHeader('connection', 'close');
  const sender = known.status < 500 ? 'Sender' : 'Receiver';
  send(
    response,
    known.status,
    { __type: `com.amazonaws.cloudwatch#${known.code}`, message: known.message },
    { 'content-type': CONTENT_TYPE, 'x-amzn-query-error': `${known.code};${sender}` },
  );
}
