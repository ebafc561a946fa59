/** Shapes of routes and gateway routes. */
import {
  ANY_TEXT,
  duration,
  IDLE_TIMEOUT,
  NAME,
  PORT,
  REQUEST_TIMEOUT,
  required,
  SHORT_NAME,
} from './common';
import { HEADERS, HTTP_MATCH } from './matches';
import { list, oneOf, struct, text, whole, type Shape } from './shape';

const PRIORITY = whole(0, 1_000);
/** The one quota that cannot be raised. */
const MOST_TARGETS = 10;

const ACTION = required(
  'weightedTargets',
  list(struct({ virtualNode: NAME, weight: whole(0, 100) }, { port: PORT }), 1, MOST_TARGETS),
);

const retry = (more: Record<string, Shape> = {}) =>
  struct(
    { maxRetries: whole(0), perRetryTimeout: duration },
    {
      httpRetryEvents: list(text(1, 25), 1, 25),
      tcpRetryEvents: list(oneOf('connection-error'), 1, 1),
      ...more,
    },
  );

const GRPC_EVENTS = list(
  oneOf('cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'),
  1,
  5,
);

const HTTP_ROUTE = struct(
  {
    action: ACTION,
    match: struct({}, { ...HTTP_MATCH, port: PORT, scheme: oneOf('http', 'https') }),
  },
  { retryPolicy: retry(), timeout: REQUEST_TIMEOUT },
);

const GRPC_ROUTE = struct(
  {
    action: ACTION,
    match: struct({}, { metadata: HEADERS, methodName: SHORT_NAME, port: PORT, serviceName: ANY_TEXT }),
  },
  { retryPolicy: retry({ grpcRetryEvents: GRPC_EVENTS }), timeout: REQUEST_TIMEOUT },
);

const TCP_ROUTE = struct({ action: ACTION }, { match: struct({}, { port: PORT }), timeout: IDLE_TIMEOUT });

export const ROUTE_SPEC = struct(
  {},
  {
    priority: PRIORITY,
    httpRoute: HTTP_ROUTE,
    http2Route: HTTP_ROUTE,
    grpcRoute: GRPC_ROUTE,
    tcpRoute: TCP_ROUTE,
  },
);

const SWITCH = oneOf('ENABLED', 'DISABLED');
const TARGET = struct({ virtualService: required('virtualServiceName', NAME) }, { port: PORT });
const HOST_MATCH = struct({}, { exact: text(1, 253), suffix: text(1, 253) });
const HOST_REWRITE = struct({}, { defaultTargetHostname: SWITCH });

const HTTP_GATEWAY_ROUTE = struct({
  action: struct(
    { target: TARGET },
    {
      rewrite: struct(
        {},
        {
          hostname: HOST_REWRITE,
          path: struct({}, { exact: text(1, 255) }),
          prefix: struct({}, { defaultPrefix: SWITCH, value: text(1, 255) }),
        },
      ),
    },
  ),
  match: struct({}, { ...HTTP_MATCH, hostname: HOST_MATCH, port: PORT }),
});

const GRPC_GATEWAY_ROUTE = struct({
  action: struct({ target: TARGET }, { rewrite: struct({}, { hostname: HOST_REWRITE }) }),
  match: struct({}, { hostname: HOST_MATCH, metadata: HEADERS, port: PORT, serviceName: ANY_TEXT }),
});

export const GATEWAY_ROUTE_SPEC = struct(
  {},
  {
    priority: PRIORITY,
    httpRoute: HTTP_GATEWAY_ROUTE,
    http2Route: HTTP_GATEWAY_ROUTE,
    grpcRoute: GRPC_GATEWAY_ROUTE,
  },
);
