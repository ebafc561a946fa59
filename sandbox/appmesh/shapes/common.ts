/** Shapes that several kinds share: ports, durations, health checks, access logs and TLS. */
import { flag, list, oneOf, struct, text, union, whole, type Shape } from './shape';

export const PORT = whole(1, 65_535);
export const NAME = text(1, 255);
export const SHORT_NAME = text(1, 50);
export const ANY_TEXT = text(0, Infinity);

const FILE_PATH = text(1, 255);
const SECRET = text(0, Infinity);
const DURATION = struct({}, { unit: oneOf('s', 'ms'), value: whole(0) });

export const required = (field: string, shape: Shape) => struct({ [field]: shape });
export const duration = DURATION;

/** Timeouts of http, http2 and grpc; tcp has only the idle one. */
export const REQUEST_TIMEOUT = struct({}, { idle: DURATION, perRequest: DURATION });
export const IDLE_TIMEOUT = struct({}, { idle: DURATION });

export const portMapping = (...protocols: string[]) => struct({ port: PORT, protocol: oneOf(...protocols) });

export const healthCheck = (...protocols: string[]) =>
  struct(
    {
      healthyThreshold: whole(2, 10),
      unhealthyThreshold: whole(2, 10),
      intervalMillis: whole(5_000, 300_000),
      timeoutMillis: whole(2_000, 60_000),
      protocol: oneOf(...protocols),
    },
    { path: ANY_TEXT, port: PORT },
  );

export const POOL_OF_REQUESTS = required('maxRequests', whole(1));
export const POOL_OF_CONNECTIONS = struct({ maxConnections: whole(1) }, { maxPendingRequests: whole(1) });

const LOG_FORMAT = union({
  text: text(1, 1_000),
  json: list(struct({ key: text(1, 100), value: text(1, 100) })),
});
export const LOGGING = struct(
  {},
  { accessLog: union({ file: struct({ path: FILE_PATH }, { format: LOG_FORMAT }) }) },
);

const FILE_CERTIFICATE = struct({ certificateChain: FILE_PATH, privateKey: FILE_PATH });
const SDS = required('secretName', SECRET);
const FILE_TRUST = required('certificateChain', FILE_PATH);
const NAMES_OF_PEER = required('match', required('exact', list(text(1, 254))));

export const LISTENER_TLS = struct(
  {
    mode: oneOf('STRICT', 'PERMISSIVE', 'DISABLED'),
    certificate: union({ acm: required('certificateArn', ANY_TEXT), file: FILE_CERTIFICATE, sds: SDS }),
  },
  {
    validation: struct(
      { trust: union({ file: FILE_TRUST, sds: SDS }) },
      { subjectAlternativeNames: NAMES_OF_PEER },
    ),
  },
);

/** How a caller speaks to what it calls. */
export const CLIENT_POLICY = struct(
  {},
  {
    tls: struct(
      {
        validation: struct(
          {
            trust: union({
              acm: required('certificateAuthorityArns', list(ANY_TEXT, 1, 3)),
              file: FILE_TRUST,
              sds: SDS,
            }),
          },
          { subjectAlternativeNames: NAMES_OF_PEER },
        ),
      },
      {
        certificate: union({ file: FILE_CERTIFICATE, sds: SDS }),
        enforce: flag,
        ports: list(PORT),
      },
    ),
  },
);
