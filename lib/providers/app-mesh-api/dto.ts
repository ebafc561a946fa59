/**
 * The wire form of the API's resources (2019-01-25), as far as the console reads them. Unknown fields are let through; a
 * resource that does not fit becomes `Malformed`. Where the CRDs write the same, their schemas are used.
 */
import { z } from 'zod';
import type { Malformed } from '@/lib/mesh/model';
import { discoveryCr, gatewayRouteBodyCr, listenerCr, port, rewriteCr, routeBodyCr } from '../app-mesh/cr';
import { problemsOf } from '../app-mesh/problems';
import type { ApiKind } from './snapshot';

const metadata = z.looseObject({
  uid: z.string(),
  createdAt: z.string().nullish(),
  lastUpdatedAt: z.string().nullish(),
});

const resource = <T extends z.ZodRawShape>(spec: T) =>
  z.looseObject({
    spec: z.looseObject(spec),
    metadata,
    status: z.looseObject({ status: z.string() }),
  });

const weightedTargetDto = z.looseObject({
  virtualNode: z.string(),
  weight: z.number().int().min(0),
  port: port.nullish(),
});
export type WeightedTargetDto = z.infer<typeof weightedTargetDto>;

const routeBodyDto = routeBodyCr.extend({
  action: z.looseObject({ weightedTargets: z.array(weightedTargetDto) }),
});

const gatewayRouteBodyDto = gatewayRouteBodyCr.extend({
  action: z.looseObject({
    target: z.looseObject({
      virtualService: z.looseObject({ virtualServiceName: z.string() }),
      port: port.nullish(),
    }),
    rewrite: rewriteCr.nullish(),
  }),
});

export const meshDto = resource({
  egressFilter: z.looseObject({ type: z.enum(['ALLOW_ALL', 'DROP_ALL']) }).nullish(),
});
const virtualGatewayDto = resource({ listeners: z.array(listenerCr).nullish() });
const gatewayRouteDto = resource({
  priority: z.number().nullish(),
  httpRoute: gatewayRouteBodyDto.nullish(),
  http2Route: gatewayRouteBodyDto.nullish(),
  grpcRoute: gatewayRouteBodyDto.nullish(),
});
const virtualServiceDto = resource({
  provider: z
    .looseObject({
      virtualNode: z.looseObject({ virtualNodeName: z.string() }).nullish(),
      virtualRouter: z.looseObject({ virtualRouterName: z.string() }).nullish(),
    })
    .nullish(),
});
const virtualRouterDto = resource({ listeners: z.array(listenerCr).nullish() });
export const routeDto = resource({
  priority: z.number().nullish(),
  httpRoute: routeBodyDto.nullish(),
  http2Route: routeBodyDto.nullish(),
  grpcRoute: routeBodyDto.nullish(),
  tcpRoute: routeBodyDto.nullish(),
});
const virtualNodeDto = resource({
  listeners: z.array(listenerCr).nullish(),
  serviceDiscovery: discoveryCr.nullish(),
  backends: z
    .array(
      z.looseObject({
        virtualService: z.looseObject({
          virtualServiceName: z.string(),
          clientPolicy: z
            .looseObject({ tls: z.looseObject({ enforce: z.boolean().nullish() }).nullish() })
            .nullish(),
        }),
      }),
    )
    .nullish(),
});

export type VirtualServiceDto = z.infer<typeof virtualServiceDto>;
export type RouteDto = z.infer<typeof routeDto>;

const SCHEMAS = {
  virtualGateway: virtualGatewayDto,
  gatewayRoute: gatewayRouteDto,
  virtualService: virtualServiceDto,
  virtualRouter: virtualRouterDto,
  route: routeDto,
  virtualNode: virtualNodeDto,
} satisfies Record<ApiKind, z.ZodType>;

type Dtos = { [K in ApiKind]: z.infer<(typeof SCHEMAS)[K]> };

export type Parsed = { [K in ApiKind]: { ok: true; kind: K; dto: Dtos[K] } }[ApiKind];
export type ParseResult = Parsed | { ok: false; problems: Malformed['problems'] };

/** Bodies come again with every reading that finds them unchanged; what was read once is not read twice. */
const seen = new WeakMap<object, ParseResult>();

/** Reads a body as its kind. */
export function parseBody(kind: ApiKind, body: unknown): ParseResult {
  const known = typeof body === 'object' && body !== null ? seen.get(body) : undefined;
  if (known) return known;
  const result = SCHEMAS[kind].safeParse(body);
  const parsed: ParseResult = result.success
    ? ({ ok: true, kind, dto: result.data } as Parsed) // SCHEMAS[kind] made the data, so kind and dto agree
    : { ok: false, problems: problemsOf(result.error) };
  if (typeof body === 'object' && body !== null) seen.set(body, parsed);
  return parsed;
}
