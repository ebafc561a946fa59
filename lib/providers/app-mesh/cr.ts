/**
 * The wire form of the seven kinds (CRDs `appmesh.k8s.aws/v1beta2`), as far as the console reads them. Unknown fields are
 * let through; an object that does not fit becomes `Malformed`, with the paths zod names.
 */
import { z } from 'zod';

export const port = z.number().int();
const protocol = z.enum(['http', 'http2', 'grpc', 'tcp']);
const duration = z.looseObject({ unit: z.enum(['s', 'ms']), value: z.number() });

/** `namespace` missing or empty means the namespace of the object that refers. */
export const referenceCr = z.looseObject({ name: z.string(), namespace: z.string().nullish() });
export type ReferenceCr = z.infer<typeof referenceCr>;

const meshRefCr = z.looseObject({ name: z.string(), uid: z.string() });

const valueMatch = z.looseObject({
  exact: z.string().nullish(),
  prefix: z.string().nullish(),
  suffix: z.string().nullish(),
  regex: z.string().nullish(),
  range: z.looseObject({ start: z.number(), end: z.number() }).nullish(),
});
const namedMatch = z.looseObject({
  name: z.string(),
  invert: z.boolean().nullish(),
  match: valueMatch.nullish(),
});
export type NamedMatchCr = z.infer<typeof namedMatch>;

export const matchCr = z.looseObject({
  prefix: z.string().nullish(),
  path: z.looseObject({ exact: z.string().nullish(), regex: z.string().nullish() }).nullish(),
  method: z.string().nullish(),
  scheme: z.string().nullish(),
  hostname: z.looseObject({ exact: z.string().nullish(), suffix: z.string().nullish() }).nullish(),
  headers: z.array(namedMatch).nullish(),
  queryParameters: z.array(namedMatch).nullish(),
  metadata: z.array(namedMatch).nullish(),
  serviceName: z.string().nullish(),
  methodName: z.string().nullish(),
  port: port.nullish(),
});
export type MatchCr = z.infer<typeof matchCr>;

const weightedTargetCr = z.looseObject({
  virtualNodeRef: referenceCr.nullish(),
  virtualNodeARN: z.string().nullish(),
  // The CRD bounds it to 0..100; more than that is shown, and found in the total.
  weight: z.number().int().min(0),
  port: port.nullish(),
});
export type WeightedTargetCr = z.infer<typeof weightedTargetCr>;

export const routeBodyCr = z.looseObject({
  match: matchCr.nullish(),
  action: z.looseObject({ weightedTargets: z.array(weightedTargetCr) }),
  retryPolicy: z
    .looseObject({
      maxRetries: z.number(),
      perRetryTimeout: duration,
      httpRetryEvents: z.array(z.string()).nullish(),
      tcpRetryEvents: z.array(z.string()).nullish(),
      grpcRetryEvents: z.array(z.string()).nullish(),
    })
    .nullish(),
  timeout: z.looseObject({ perRequest: duration.nullish(), idle: duration.nullish() }).nullish(),
});
export type RouteBodyCr = z.infer<typeof routeBodyCr>;

export const routeCr = z.looseObject({
  name: z.string(),
  priority: z.number().nullish(),
  httpRoute: routeBodyCr.nullish(),
  http2Route: routeBodyCr.nullish(),
  grpcRoute: routeBodyCr.nullish(),
  tcpRoute: routeBodyCr.nullish(),
});

export const listenerCr = z.looseObject({
  portMapping: z.looseObject({ port, protocol }),
  healthCheck: z.looseObject({}).nullish(),
  outlierDetection: z.looseObject({}).nullish(),
  tls: z.looseObject({ mode: z.enum(['DISABLED', 'PERMISSIVE', 'STRICT']) }).nullish(),
});
export type ListenerCr = z.infer<typeof listenerCr>;

export const discoveryCr = z.looseObject({
  dns: z.looseObject({ hostname: z.string() }).nullish(),
  awsCloudMap: z.looseObject({ namespaceName: z.string(), serviceName: z.string() }).nullish(),
});
export type DiscoveryCr = z.infer<typeof discoveryCr>;

export const selectorCr = z.looseObject({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: z
    .array(z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).nullish() }))
    .nullish(),
});
export type SelectorCr = z.infer<typeof selectorCr>;

const conditionCr = z.looseObject({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  lastTransitionTime: z.string().nullish(),
});

const statusCr = z.looseObject({
  conditions: z.array(conditionCr).nullish(),
  observedGeneration: z.number().nullish(),
});

const custom = <T extends z.ZodRawShape>(spec: T) =>
  z.looseObject({
    spec: z.looseObject({ awsName: z.string().nullish(), meshRef: meshRefCr.nullish(), ...spec }),
    status: statusCr.nullish(),
  });

export const meshCr = custom({
  egressFilter: z.looseObject({ type: z.enum(['ALLOW_ALL', 'DROP_ALL']) }).nullish(),
  meshOwner: z.string().nullish(),
  namespaceSelector: selectorCr.nullish(),
});
export const virtualGatewayCr = custom({
  listeners: z.array(listenerCr).nullish(),
  podSelector: selectorCr.nullish(),
});
export const rewriteCr = z.looseObject({
  hostname: z.looseObject({ defaultTargetHostname: z.string().nullish() }).nullish(),
  prefix: z.looseObject({ defaultPrefix: z.string().nullish(), value: z.string().nullish() }).nullish(),
  path: z.looseObject({ exact: z.string().nullish() }).nullish(),
});
export type RewriteCr = z.infer<typeof rewriteCr>;

export const gatewayRouteBodyCr = z.looseObject({
  match: matchCr.nullish(),
  action: z.looseObject({
    target: z.looseObject({
      virtualService: z.looseObject({
        virtualServiceRef: referenceCr.nullish(),
        virtualServiceARN: z.string().nullish(),
      }),
      port: port.nullish(),
    }),
    rewrite: rewriteCr.nullish(),
  }),
});
export const gatewayRouteCr = custom({
  priority: z.number().nullish(),
  httpRoute: gatewayRouteBodyCr.nullish(),
  http2Route: gatewayRouteBodyCr.nullish(),
  grpcRoute: gatewayRouteBodyCr.nullish(),
  virtualGatewayRef: z
    .looseObject({ name: z.string(), namespace: z.string().nullish(), uid: z.string() })
    .nullish(),
});
const plainVirtualServiceCr = custom({
  provider: z
    .looseObject({
      virtualNode: z
        .looseObject({ virtualNodeRef: referenceCr.nullish(), virtualNodeARN: z.string().nullish() })
        .nullish(),
      virtualRouter: z
        .looseObject({ virtualRouterRef: referenceCr.nullish(), virtualRouterARN: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});
/** The schema allows two providers, the App Mesh API does not: it is a union there. */
export const virtualServiceCr = plainVirtualServiceCr.refine(
  ({ spec: { provider } }) => !(provider?.virtualNode && provider.virtualRouter),
  { path: ['spec', 'provider'], error: 'names both a virtualNode and a virtualRouter; App Mesh takes one' },
);
export const virtualRouterCr = custom({
  listeners: z.array(listenerCr).nullish(),
  routes: z.array(routeCr).nullish(),
});
const clientPolicyCr = z
  .looseObject({ tls: z.looseObject({ enforce: z.boolean().nullish() }).nullish() })
  .nullish();
export const virtualNodeCr = custom({
  listeners: z.array(listenerCr).nullish(),
  podSelector: selectorCr.nullish(),
  serviceDiscovery: discoveryCr.nullish(),
  backends: z
    .array(
      z.looseObject({
        virtualService: z.looseObject({
          virtualServiceRef: referenceCr.nullish(),
          virtualServiceARN: z.string().nullish(),
          clientPolicy: clientPolicyCr,
        }),
      }),
    )
    .nullish(),
  backendDefaults: z.looseObject({ clientPolicy: clientPolicyCr }).nullish(),
  backendGroups: z.array(referenceCr).nullish(),
});
export const backendGroupCr = custom({
  virtualservices: z.array(referenceCr).nullish(),
});

export type MeshCr = z.infer<typeof meshCr>;
export type VirtualGatewayCr = z.infer<typeof virtualGatewayCr>;
export type GatewayRouteCr = z.infer<typeof gatewayRouteCr>;
export type VirtualServiceCr = z.infer<typeof virtualServiceCr>;
export type VirtualRouterCr = z.infer<typeof virtualRouterCr>;
export type VirtualNodeCr = z.infer<typeof virtualNodeCr>;
export type BackendGroupCr = z.infer<typeof backendGroupCr>;
export type StatusCr = z.infer<typeof statusCr>;
