import { describe, expect, it } from 'vitest';
import { entity, member, readMesh, routerTo, toNode } from './fixtures';

const action = { weightedTargets: [toNode('cart', 1)] };

function routeOf(route: object) {
  const model = readMesh(member('VirtualRouter', 'cart', { routes: [{ name: 'r', ...route }] }));
  const [read] = entity(model, 'router', 'cart').routes;
  if (!read) throw new Error('no route was read');
  return read;
}

const matchOf = (match: object, field = 'httpRoute') => routeOf({ [field]: { match, action } }).match;

describe('a match', () => {
  it.each([
    [{ prefix: '/' }, { on: 'prefix', operator: 'prefix', operand: '/' }],
    [{ path: { exact: '/cart' } }, { on: 'path', operator: 'exact', operand: '/cart' }],
    [{ path: { regex: '/c.*' } }, { on: 'path', operator: 'regex', operand: '/c.*' }],
    [{ method: 'GET' }, { on: 'method', operator: 'exact', operand: 'GET' }],
    [{ scheme: 'https' }, { on: 'scheme', operator: 'exact', operand: 'https' }],
    [{ port: 8080 }, { on: 'port', operator: 'exact', operand: '8080' }],
    [
      { queryParameters: [{ name: 'v', match: { exact: '2' } }] },
      { on: 'query', name: 'v', operator: 'exact', operand: '2' },
    ],
    [{ queryParameters: [{ name: 'v' }] }, { on: 'query', name: 'v', operator: 'present' }],
  ])('%j is one condition', (match, condition) => {
    expect(matchOf(match)).toEqual([condition]);
  });

  it.each([
    [{ match: { exact: 'a' } }, { operator: 'exact', operand: 'a' }],
    [{ match: { prefix: 'a' } }, { operator: 'prefix', operand: 'a' }],
    [{ match: { suffix: 'a' } }, { operator: 'suffix', operand: 'a' }],
    [{ match: { regex: 'a+' } }, { operator: 'regex', operand: 'a+' }],
    [{ match: { range: { start: 0, end: 10 } } }, { operator: 'range', operand: '0..10' }],
    [{ match: { exact: '' } }, { operator: 'exact', operand: '' }],
    [{}, { operator: 'present' }],
    [{ invert: true }, { operator: 'present', negated: true }],
    [
      { invert: false, match: { exact: 'a' } },
      { operator: 'exact', operand: 'a' },
    ],
    [
      { invert: true, match: { exact: 'a' } },
      { operator: 'exact', operand: 'a', negated: true },
    ],
  ])('a header %j is read, and metadata the same way', (how, expected) => {
    expect(matchOf({ headers: [{ name: 'x-a', ...how }] })).toEqual([
      { on: 'header', name: 'x-a', ...expected },
    ]);
    expect(matchOf({ metadata: [{ name: 'x-a', ...how }] }, 'grpcRoute')).toEqual([
      { on: 'metadata', name: 'x-a', ...expected },
    ]);
  });

  it.each([
    [{ serviceName: 'Cart' }, 'Cart'],
    [{ serviceName: 'Cart', methodName: 'Add' }, 'Cart/Add'],
    [{ methodName: 'Add' }, '/Add'],
  ])('of grpc names a service and a method: %j', (match, operand) => {
    expect(matchOf(match, 'grpcRoute')).toEqual([{ on: 'service', operator: 'exact', operand }]);
  });

  it('of several conditions lists the path first, the port last', () => {
    const match = { port: 80, headers: [{ name: 'h' }], method: 'GET', prefix: '/a', scheme: 'http' };
    expect(matchOf(match).map(({ on }) => on)).toEqual(['prefix', 'method', 'scheme', 'header', 'port']);
  });

  it('that is empty or absent has no conditions', () => {
    expect(matchOf({}, 'grpcRoute')).toEqual([]);
    expect(routeOf({ tcpRoute: { action } })).toMatchObject({ protocol: 'tcp', match: [] });
  });
});

describe('a route', () => {
  it.each([
    ['httpRoute', 'http'],
    ['http2Route', 'http2'],
    ['grpcRoute', 'grpc'],
    ['tcpRoute', 'tcp'],
  ])('with a %s is of protocol %s', (field, protocol) => {
    expect(routeOf({ [field]: { match: {}, action } })).toMatchObject({
      protocol,
      targets: [{ key: 'node:shop/cart', weight: 1, share: 1 }],
    });
  });

  it.each([
    ['no body', {}],
    ['two bodies', { httpRoute: { match: {}, action }, tcpRoute: { action } }],
    ['a body of a later version', { udpRoute: { action } }],
  ])('with %s is shown as unknown', (_, body) => {
    expect(routeOf(body)).toMatchObject({ name: 'r', protocol: 'unknown', targets: [] });
  });

  it('keeps its priority, 0 included, and has none when there is none', () => {
    expect(routeOf({ priority: 0, tcpRoute: { action } }).priority).toBe(0);
    expect(routeOf({ tcpRoute: { action } }).priority).toBeUndefined();
  });

  it('has retries with the events of all protocols, and timeouts in their own units', () => {
    const { retry, timeout } = routeOf({
      grpcRoute: {
        match: {},
        action,
        retryPolicy: {
          maxRetries: 3,
          perRetryTimeout: { unit: 's', value: 15 },
          grpcRetryEvents: ['unavailable'],
          httpRetryEvents: ['server-error'],
          tcpRetryEvents: ['connection-error'],
        },
        timeout: { perRequest: { unit: 'ms', value: 250 } },
      },
    });
    expect(retry).toEqual({
      maxRetries: 3,
      perRetryTimeout: { amount: 15, unit: 's' },
      events: ['server-error', 'unavailable', 'connection-error'],
    });
    expect(timeout).toEqual({ perRequest: { amount: 250, unit: 'ms' } });
  });

  it('has neither where none is written', () => {
    const { retry, timeout } = routeOf({ tcpRoute: { action, timeout: {} } });
    expect([retry, timeout]).toEqual([undefined, undefined]);
  });

  it('keeps weights as written and takes shares of their sum', () => {
    const model = readMesh(routerTo('cart', toNode('a', 3), toNode('b', 1), toNode('c', 0, { port: 80 })));
    expect(entity(model, 'router', 'cart').routes[0]?.targets).toMatchObject([
      { weight: 3, share: 0.75 },
      { weight: 1, share: 0.25 },
      { weight: 0, share: 0, port: 80 },
    ]);
  });

  it('whose weights are all zero gives nobody a share', () => {
    const model = readMesh(routerTo('cart', toNode('a', 0), toNode('b', 0)));
    expect(entity(model, 'router', 'cart').routes[0]?.targets.map(({ share }) => share)).toEqual([0, 0]);
  });
});

describe('a gateway route', () => {
  const target = { virtualService: { virtualServiceRef: { name: 'cart' } } };
  const read = (spec: object) => entity(readMesh(member('GatewayRoute', 'r', spec)), 'gatewayRoute', 'r');

  it('reads its match, target and port', () => {
    const match = { hostname: { suffix: '.shop' }, prefix: '/cart' };
    const route = read({
      priority: 2,
      virtualGatewayRef: { name: 'edge', namespace: 'gw', uid: 'u' },
      httpRoute: { match, action: { target: { ...target, port: 80 } } },
    });
    expect(route).toMatchObject({
      protocol: 'http',
      priority: 2,
      gateway: { key: 'gateway:gw/edge', resolution: 'missing' },
      target: { key: 'service:shop/cart' },
      targetPort: 80,
      rewrite: [],
    });
    expect(route.match).toEqual([
      { on: 'hostname', operator: 'suffix', operand: '.shop' },
      { on: 'prefix', operator: 'prefix', operand: '/cart' },
    ]);
  });

  it.each([
    [{ prefix: { value: '/v2/' } }, 'prefix → /v2/'],
    [{ prefix: { defaultPrefix: 'DISABLED' } }, 'default prefix DISABLED'],
    [{ path: { exact: '/x' } }, 'path → /x'],
    [{ hostname: { defaultTargetHostname: 'DISABLED' } }, 'default host DISABLED'],
  ])('tells the rewrite %j', (rewrite, text) => {
    expect(read({ http2Route: { match: {}, action: { target, rewrite } } }).rewrite).toEqual([text]);
  });

  it('with no body or two is unknown and leads nowhere', () => {
    const body = { match: {}, action: { target } };
    expect(read({})).toMatchObject({ protocol: 'unknown', target: { resolution: 'unset' } });
    expect(read({ httpRoute: body, grpcRoute: body })).toMatchObject({ protocol: 'unknown' });
  });
});
