/** Meshes made up to try routing, and requests that come near what their routes ask for. */
import fc from 'fast-check';
import type { Protocol } from '@/lib/mesh/model';
import type { RouteRequest } from '@/lib/mesh/routing/decide';
import type { Manifest } from './walkthroughs';

export const MESH = 'routing';
const NAMESPACE = 'routing';

interface Door {
  port: number;
  protocol: Protocol;
}

/** What stands for a router or gateway: its manifests, and requests to it. */
export interface World {
  kind: 'router' | 'gateway';
  name: string;
  manifests: Manifest[];
  requests: RouteRequest[];
}

const PATHS = ['/', '/a', '/a/', '/a/b', '/ab', '/b/', '/a/b/7', '/A'];
const REGEXES = [
  '/a/.*', '/[ab]+', '/a(/b)?', '.*b', '/\\w+/\\d+', '/a/[^/]+', '/(a|b)/?', '/a{1,2}b?', '/[^a].*', '/\\S*7', '',
].filter((source) => source !== ''); // prettier-ignore
const TEXTS = ['1', 'yes', 'yes1', 'abc', '-3', '10', '7.5', 'Yes', '007'];
const TEXT_REGEXES = ['yes.*', '[0-9]+', '(yes|abc)', '-?\\d+', 'y.s\\d?', '[^y]+'];
const NAMES = ['x-a', 'X-B', 'x-n'];
const HOSTS = ['api.shop.example', 'API.shop.example', 'www.shop.example', 'shop.example', 'example'];
const METHODS = ['GET', 'POST', 'PUT'];
const SERVICES = ['Cart', 'shop.Cart'];
const CALLS = ['Add', 'Get'];
const PARAMETERS = ['x', 'y', 'X'];

const pick = <T>(...from: T[]) => fc.constantFrom(...from);
/** There in so many of ten cases. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>, ofTen: number) =>
  fc.oneof({ weight: 10 - ofTen, arbitrary: fc.constant(undefined) }, { weight: ofTen, arbitrary });

const range = fc
  .tuple(fc.integer({ min: -5, max: 8 }), fc.integer({ min: 1, max: 12 }))
  .map(([start, length]) => ({ range: { start, end: start + length } }));

const value = fc.oneof(
  pick(...TEXTS).map((exact) => ({ exact })),
  pick('y', 'ye', '1', '-').map((prefix) => ({ prefix })),
  pick('s', '1', '0').map((suffix) => ({ suffix })),
  pick(...TEXT_REGEXES).map((regex) => ({ regex })),
  range,
  range,
);
const named = fc.record(
  { name: pick(...NAMES), match: value, invert: fc.boolean() },
  { requiredKeys: ['name'] },
);
const nameds = fc.array(named, { minLength: 1, maxLength: 2 });
const parameters = fc.array(
  fc.record(
    { name: pick(...PARAMETERS), match: pick('1', '1', 'b%20c', '').map((exact) => ({ exact })) },
    { requiredKeys: ['name'] },
  ),
  { minLength: 1, maxLength: 2 },
);

const path = fc.oneof(
  { weight: 3, arbitrary: pick('/', '/', ...PATHS).map((prefix) => ({ prefix })) },
  { weight: 1, arbitrary: pick(...PATHS).map((exact) => ({ path: { exact } })) },
  { weight: 1, arbitrary: pick(...REGEXES).map((regex) => ({ path: { regex } })) },
);
const hostname = fc.oneof(
  pick(...HOSTS).map((exact) => ({ exact })),
  pick('.shop.example', 'SHOP.example', '.example').map((suffix) => ({ suffix })),
);

const without = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, content]) => content !== undefined));

/** The match of a route to one of the ports. */
function matchOf(protocol: Protocol, ports: readonly number[], gateway: boolean): fc.Arbitrary<object> {
  const port = maybe(pick(...ports), 3);
  if (protocol === 'tcp') return fc.record({ port }).map(without);
  if (protocol === 'grpc')
    return fc
      .record({
        port,
        service: gateway ? pick(...SERVICES) : maybe(pick(...SERVICES), 6),
        methodName: maybe(pick(...CALLS), 5),
        metadata: maybe(nameds, 6),
        hostname: maybe(hostname, 3),
      })
      .map(({ service, methodName, hostname: host, ...rest }) =>
        without({
          ...rest,
          serviceName: service,
          ...(gateway ? { hostname: host } : service === undefined ? {} : { methodName }),
        }),
      );
  return fc
    .record({
      path,
      port,
      method: maybe(pick(...METHODS), 2),
      scheme: maybe(pick('http', 'https'), 2),
      headers: maybe(nameds, 3),
      queryParameters: maybe(parameters, 2),
      hostname: maybe(hostname, 3),
    })
    .map(({ path: own, scheme, hostname: host, ...rest }) =>
      without({ ...own, ...rest, ...(gateway ? { hostname: host } : { scheme }) }),
    );
}

const ROUTE_FIELD = { http: 'httpRoute', http2: 'http2Route', grpc: 'grpcRoute', tcp: 'tcpRoute' } as const;

const priority = maybe(pick(0, 1, 1, 10, 10, 500, 1000), 7);

/** What a gateway route may rewrite depends on what it matches. */
function rewriteOf(match: object): fc.Arbitrary<object | undefined> {
  const keeps = pick('ENABLED', 'DISABLED').map((defaultTargetHostname) => ({
    hostname: { defaultTargetHostname },
  }));
  if ('prefix' in match)
    return maybe(
      fc.oneof(
        keeps,
        pick('/', '/v2/', '/a/').map((text) => ({ prefix: { value: text } })),
        pick('ENABLED', 'DISABLED').map((defaultPrefix) => ({ prefix: { defaultPrefix } })),
      ),
      6,
    );
  return 'path' in match
    ? maybe(
        fc.oneof(
          keeps,
          pick('/', '/v2').map((exact) => ({ path: { exact } })),
        ),
        6,
      )
    : maybe(keeps, 6);
}

/** The body of a route, of the protocol of one of the listeners. */
function bodyOf(doors: readonly Door[], gateway: boolean): fc.Arbitrary<Record<string, unknown>> {
  const ports = doors.map(({ port }) => port);
  return pick(...doors).chain(({ protocol }) =>
    matchOf(protocol, ports, gateway).chain((match) =>
      fc.record({ priority, rewrite: gateway ? rewriteOf(match) : fc.constant(undefined) }).map((more) =>
        without({
          priority: more.priority,
          [ROUTE_FIELD[protocol]]: {
            match,
            action: gateway
              ? without({
                  target: { virtualService: { virtualServiceRef: { name: 's' } } },
                  rewrite: more.rewrite,
                })
              : { weightedTargets: [{ virtualNodeRef: { name: 'n' }, weight: 1 }] },
          },
        }),
      ),
    ),
  );
}

const member = (kind: string, name: string, spec: object, labels: Record<string, string> = {}): Manifest => ({
  apiVersion: 'appmesh.k8s.aws/v1beta2',
  kind,
  metadata: { name, namespace: NAMESPACE, labels },
  spec,
});

/** What all worlds stand on. */
export const GROUND: Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { mesh: MESH } } },
  {
    apiVersion: 'appmesh.k8s.aws/v1beta2',
    kind: 'Mesh',
    metadata: { name: MESH },
    spec: { namespaceSelector: { matchLabels: { mesh: MESH } } },
  },
  member('VirtualNode', 'n', {
    listeners: [{ portMapping: { port: 8080, protocol: 'http' } }],
    serviceDiscovery: { dns: { hostname: 'n.example' } },
  }),
  member('VirtualService', 's', {
    awsName: 's.shop.local',
    provider: { virtualNode: { virtualNodeRef: { name: 'n' } } },
  }),
];

function doorsOf(protocols: readonly Protocol[]): fc.Arbitrary<Door[]> {
  return fc
    .uniqueArray(pick(8080, 8081, 9090), { minLength: 1, maxLength: 3 })
    .chain((ports) =>
      fc.tuple(...ports.map((port) => pick(...protocols).map((protocol) => ({ port, protocol })))),
    );
}

const requestPath = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: pick(...PATHS) },
      {
        weight: 1,
        arbitrary: pick('/a/../b/', '//a', '/a/./b', '/a/%2e%2e/b', '/..', '/a//b/', '/c', '/b7'),
      },
    ),
    pick('', '', '?', '?x=1', '?x=1&x=2', '?x=2&x=1', '?y=b%20c&x', '?X=1&y='),
  )
  .map(([plain, query]) => plain + query);

/** Headers that come near: names in any case, the same name twice now and then. */
const headers = fc.array(fc.tuple(pick(...NAMES, 'X-A', 'x-b'), pick(...TEXTS, '')), { maxLength: 3 });

function requestTo(doors: readonly Door[]): fc.Arbitrary<RouteRequest> {
  const known = pick(...doors);
  const door = fc.oneof(
    { weight: 12, arbitrary: known },
    { weight: 1, arbitrary: pick<Door>({ port: 8080, protocol: 'http' }, { port: 1, protocol: 'tcp' }) },
  );
  return fc
    .record({
      door,
      told: fc.boolean(),
      method: pick(...METHODS),
      scheme: pick('http' as const, 'https' as const),
      host: pick('', ...HOSTS),
      path: requestPath,
      call: fc.tuple(pick(...SERVICES, 'cart'), pick(...CALLS)).map((parts) => `/${parts.join('/')}`),
      headers,
    })
    .map(({ door: { port, protocol }, told, path: plain, call, ...rest }) => ({
      ...rest,
      protocol,
      port: told ? port : undefined,
      path: protocol === 'grpc' ? call : plain,
    }));
}

/** Routers and gateways in turn, named by their place. */
export function world(kind: World['kind'], name: string, requests: number): fc.Arbitrary<World> {
  const gateway = kind === 'gateway';
  return doorsOf(
    gateway ? ['http', 'http2', 'grpc'] : ['http', 'http', 'http2', 'grpc', 'grpc', 'tcp'],
  ).chain((doors) =>
    fc
      .record({
        bodies: fc.array(bodyOf(doors, gateway), { minLength: 3, maxLength: 9 }),
        requests: fc.array(requestTo(doors), { minLength: requests, maxLength: requests }),
      })
      .map(({ bodies, requests: made }) => {
        const listeners = doors.map((portMapping) => ({ portMapping }));
        const selects = { door: name };
        const manifests = gateway
          ? [
              member('VirtualGateway', name, {
                listeners,
                namespaceSelector: { matchLabels: { mesh: MESH } },
                gatewayRouteSelector: { matchLabels: selects },
              }),
              ...bodies.map((spec, n) => member('GatewayRoute', `${name}-${n}`, spec, selects)),
            ]
          : [
              member('VirtualRouter', name, {
                listeners,
                routes: bodies.map((body, n) => ({ name: `r${n}`, ...body })),
              }),
            ];
        return { kind, name, manifests, requests: made };
      }),
  );
}
