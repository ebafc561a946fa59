/** Shapes of a mesh and of what is directly in it. */
import {
  ANY_TEXT,
  CLIENT_POLICY,
  duration,
  healthCheck,
  IDLE_TIMEOUT,
  LISTENER_TLS,
  LOGGING,
  NAME,
  POOL_OF_CONNECTIONS,
  POOL_OF_REQUESTS,
  PORT,
  portMapping,
  REQUEST_TIMEOUT,
  required,
} from './common';
import { list, oneOf, struct, text, union, whole } from './shape';

const IP_PREFERENCE = oneOf('IPv6_PREFERRED', 'IPv4_PREFERRED', 'IPv4_ONLY', 'IPv6_ONLY');
const PROTOCOLS = ['http', 'tcp', 'http2', 'grpc'];
/** A gateway takes no tcp. */
const GATEWAY_PROTOCOLS = ['http', 'http2', 'grpc'];

export const MESH_SPEC = struct(
  {},
  {
    egressFilter: required('type', oneOf('ALLOW_ALL', 'DROP_ALL')),
    serviceDiscovery: struct({}, { ipPreference: IP_PREFERENCE }),
  },
);

const NODE_LISTENER = struct(
  { portMapping: portMapping(...PROTOCOLS) },
  {
    connectionPool: union({
      http: POOL_OF_CONNECTIONS,
      http2: POOL_OF_REQUESTS,
      grpc: POOL_OF_REQUESTS,
      tcp: required('maxConnections', whole(1)),
    }),
    healthCheck: healthCheck(...PROTOCOLS),
    outlierDetection: struct({
      baseEjectionDuration: duration,
      interval: duration,
      maxEjectionPercent: whole(0, 100),
      maxServerErrors: whole(1),
    }),
    timeout: union({
      http: REQUEST_TIMEOUT,
      http2: REQUEST_TIMEOUT,
      grpc: REQUEST_TIMEOUT,
      tcp: IDLE_TIMEOUT,
    }),
    tls: LISTENER_TLS,
  },
);

const CLOUD_MAP = struct(
  { namespaceName: text(1, 1_024), serviceName: text(1, 1_024) },
  {
    attributes: list(struct({ key: text(1, 255), value: text(1, 1_024) })),
    ipPreference: IP_PREFERENCE,
  },
);
const DNS = struct(
  { hostname: ANY_TEXT },
  { responseType: oneOf('LOADBALANCER', 'ENDPOINTS'), ipPreference: IP_PREFERENCE },
);

export const NODE_SPEC = struct(
  {},
  {
    listeners: list(NODE_LISTENER),
    serviceDiscovery: union({ awsCloudMap: CLOUD_MAP, dns: DNS }),
    backends: list(
      union({
        virtualService: struct({ virtualServiceName: ANY_TEXT }, { clientPolicy: CLIENT_POLICY }),
      }),
    ),
    backendDefaults: struct({}, { clientPolicy: CLIENT_POLICY }),
    logging: LOGGING,
  },
);

export const GATEWAY_SPEC = struct(
  {
    listeners: list(
      struct(
        { portMapping: portMapping(...GATEWAY_PROTOCOLS) },
        {
          connectionPool: union({
            http: POOL_OF_CONNECTIONS,
            http2: POOL_OF_REQUESTS,
            grpc: POOL_OF_REQUESTS,
          }),
          healthCheck: healthCheck(...GATEWAY_PROTOCOLS),
          tls: LISTENER_TLS,
        },
      ),
    ),
  },
  { backendDefaults: struct({}, { clientPolicy: CLIENT_POLICY }), logging: LOGGING },
);

export const ROUTER_SPEC = struct(
  {},
  { listeners: list(struct({ portMapping: struct({ port: PORT, protocol: oneOf(...PROTOCOLS) }) })) },
);

export const SERVICE_SPEC = struct(
  {},
  {
    provider: union({
      virtualNode: required('virtualNodeName', NAME),
      virtualRouter: required('virtualRouterName', NAME),
    }),
  },
);
