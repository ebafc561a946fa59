import { describe, expect, it } from 'vitest';
import type { Entity, MeshModel } from '@/lib/mesh/model';
import { resource, routeSpec, snapshot } from './fixtures';
import { toMeshModel } from './index';

type EntityOf<K extends Entity['kind']> = Extract<Entity, { kind: K }>;

function entity<K extends Entity['kind']>(model: MeshModel, kind: K, name: string): EntityOf<K> {
  const found = [...model.entities.values()].find((each) => each.key === `${kind}:/${name}`);
  if (found?.kind !== kind) throw new Error(`no ${kind} ${name}`);
  return found as EntityOf<K>; // the kind was just compared
}

const listener = (port: number, protocol: string, more = {}) => ({
  portMapping: { port, protocol },
  ...more,
});

const shop = () =>
  snapshot([
    resource('virtualGateway', 'door', { listeners: [listener(8080, 'http', { tls: { mode: 'STRICT' } })] }),
    resource('gatewayRoute', 'door/in', {
      priority: 5,
      httpRoute: {
        match: { prefix: '/v1/', hostname: { suffix: '.example.com' }, method: 'GET', port: 8080 },
        action: {
          target: { virtualService: { virtualServiceName: 'cart.shop' }, port: 80 },
          rewrite: { prefix: { value: '/v2/' }, hostname: { defaultTargetHostname: 'DISABLED' } },
        },
      },
    }),
    resource('virtualService', 'cart.shop', { provider: { virtualRouter: { virtualRouterName: 'cart' } } }),
    resource('virtualService', 'pay.shop', { provider: { virtualNode: { virtualNodeName: 'pay' } } }),
    resource('virtualService', 'idle.shop'),
    resource('virtualRouter', 'cart', { listeners: [listener(80, 'http')] }, { version: 3 }),
    resource('route', 'cart/all', routeSpec({ cart: 30, 'cart-v2': 10 }), { version: 7 }),
    resource('route', 'cart/rpc', {
      priority: 2,
      grpcRoute: {
        match: {
          serviceName: 'Cart',
          methodName: 'Add',
          metadata: [{ name: 'tier', invert: true, match: { range: { start: 1, end: 3 } } }],
        },
        action: { weightedTargets: [{ virtualNode: 'gone', weight: 1, port: 9000 }] },
        retryPolicy: {
          maxRetries: 2,
          perRetryTimeout: { unit: 'ms', value: 500 },
          grpcRetryEvents: ['unavailable'],
          tcpRetryEvents: ['connection-error'],
        },
        timeout: { perRequest: { unit: 's', value: 3 } },
      },
    }),
    resource('virtualNode', 'cart', {
      listeners: [listener(80, 'http', { healthCheck: { path: '/' }, outlierDetection: {} })],
      serviceDiscovery: { dns: { hostname: 'cart.internal', ipPreference: 'IPv4_ONLY' } },
      backends: [
        { virtualService: { virtualServiceName: 'pay.shop', clientPolicy: { tls: { validation: {} } } } },
        { virtualService: { virtualServiceName: 'mail.shop' } },
      ],
    }),
    resource('virtualNode', 'cart-v2', {
      serviceDiscovery: { awsCloudMap: { namespaceName: 'shop', serviceName: 'cart' } },
    }),
    resource('virtualNode', 'pay', {}, { status: 'INACTIVE' }),
  ]);

describe('a mesh as the API holds it', () => {
  const model = toMeshModel(shop());

  it('reads the mesh itself', () => {
    expect(model.mesh).toMatchObject({
      key: 'mesh:/shop',
      awsName: 'shop',
      owner: '123456789012',
      egress: 'allow',
      controlPlane: 'live',
      acceptance: 'accepted',
      ref: { kind: 'Mesh', arn: 'arn:aws:appmesh:eu-west-1:123456789012:mesh/shop' },
    });
    expect(model.malformed).toEqual([]);
  });

  it('names things as the Kubernetes provider does, without a namespace', () => {
    expect([...model.entities.keys()]).toEqual([
      'gateway:/door',
      'gatewayRoute:/door/in',
      'service:/cart.shop',
      'service:/pay.shop',
      'service:/idle.shop',
      'router:/cart',
      'node:/cart',
      'node:/cart-v2',
      'node:/pay',
    ]);
    expect(entity(model, 'router', 'cart')).toMatchObject({
      ref: { kind: 'VirtualRouter', namespace: '', name: 'cart', uid: 'uid-virtualRouter-cart' },
      taken: { version: 3, at: '2026-05-02T00:00:00.000Z' },
      createdAt: '2026-05-01T00:00:00.000Z',
    });
  });

  it('reads gateway routes with match, rewrite and target', () => {
    expect(entity(model, 'gatewayRoute', 'door/in')).toMatchObject({
      gateway: { key: 'gateway:/door', resolution: 'ok' },
      protocol: 'http',
      priority: 5,
      match: [
        { on: 'hostname', operator: 'suffix', operand: '.example.com' },
        { on: 'prefix', operand: '/v1/' },
        { on: 'method', operand: 'GET' },
        { on: 'port', operand: '8080' },
      ],
      target: { key: 'service:/cart.shop', resolution: 'ok' },
      targetPort: 80,
      rewrite: ['prefix → /v2/', 'default host DISABLED'],
    });
    expect(entity(model, 'gateway', 'door').listeners).toMatchObject([{ port: 8080, tlsMode: 'STRICT' }]);
  });

  it('puts routes into their router, with weights, retries and their own version', () => {
    const [all, rpc] = entity(model, 'router', 'cart').routes;
    expect(all).toMatchObject({
      name: 'all',
      protocol: 'http',
      taken: { version: 7, uid: 'uid-route-cart/all' },
      targets: [
        { key: 'node:/cart', weight: 30, share: 0.75 },
        { key: 'node:/cart-v2', weight: 10, share: 0.25 },
      ],
    });
    expect(rpc).toMatchObject({
      protocol: 'grpc',
      priority: 2,
      match: [
        { on: 'service', operand: 'Cart/Add' },
        { on: 'metadata', name: 'tier', operator: 'range', operand: '1..3', negated: true },
      ],
      targets: [{ key: 'node:/gone', resolution: 'missing', port: 9000 }],
      retry: {
        maxRetries: 2,
        perRetryTimeout: { amount: 500, unit: 'ms' },
        events: ['unavailable', 'connection-error'],
      },
      timeout: { perRequest: { amount: 3, unit: 's' } },
    });
  });

  it('reads providers, discovery and backends', () => {
    expect(entity(model, 'service', 'cart.shop').provider).toMatchObject({
      kind: 'router',
      target: { key: 'router:/cart' },
    });
    expect(entity(model, 'service', 'pay.shop').provider).toMatchObject({
      kind: 'node',
      target: { key: 'node:/pay' },
    });
    expect(entity(model, 'service', 'idle.shop').provider).toEqual({ kind: 'none' });
    expect(entity(model, 'node', 'cart')).toMatchObject({
      discovery: { kind: 'dns', hostname: 'cart.internal' },
      listeners: [{ port: 80, healthCheck: true, outlierDetection: true }],
      backends: [
        { key: 'service:/pay.shop', resolution: 'ok', tlsEnforced: true },
        { key: 'service:/mail.shop', resolution: 'missing' },
      ],
    });
    expect(entity(model, 'node', 'cart-v2').discovery).toEqual({
      kind: 'cloudMap',
      namespaceName: 'shop',
      serviceName: 'cart',
    });
  });

  it('claims no acceptance for what is not active', () => {
    expect(entity(model, 'node', 'pay')).toMatchObject({
      acceptance: 'unknown',
      conditions: [{ type: 'VirtualNodeActive', status: 'False', reason: 'INACTIVE' }],
    });
  });

  it('keeps gateway routes of one name apart', () => {
    const route = {
      httpRoute: { match: {}, action: { target: { virtualService: { virtualServiceName: 'a' } } } },
    };
    const two = toMeshModel(
      snapshot([resource('gatewayRoute', 'front/in', route), resource('gatewayRoute', 'back/in', route)]),
    );
    expect([...two.entities.keys()]).toEqual(['gatewayRoute:/front/in', 'gatewayRoute:/back/in']);
    expect(entity(two, 'gatewayRoute', 'back/in')).toMatchObject({
      gateway: { key: 'gateway:/back', resolution: 'missing' },
    });
  });
});

describe('what cannot be read', () => {
  it('stays on its key, with the fields that are wrong', () => {
    const { malformed, entities } = toMeshModel(
      snapshot([
        resource('virtualNode', 'odd', { listeners: [listener(80, 'smoke')] }),
        resource('virtualService', 'odd.shop', { provider: { virtualNode: { virtualNodeName: 'odd' } } }),
      ]),
    );
    expect(malformed).toMatchObject([
      { key: 'node:/odd', awsName: 'odd', problems: [{ path: 'spec.listeners[0].portMapping.protocol' }] },
    ]);
    expect(entities.get('service:/odd.shop' as never)).toMatchObject({
      provider: { target: { resolution: 'ok' } },
    });
  });

  it('leaves a route without a type in its router, and says what is wrong', () => {
    const odd = { httpRoute: { match: {}, action: { weightedTargets: 'all' } } };
    const model = toMeshModel(
      snapshot([resource('virtualRouter', 'cart'), resource('route', 'cart/odd', odd)]),
    );
    expect(entity(model, 'router', 'cart').routes).toMatchObject([{ name: 'odd', protocol: 'unknown' }]);
    expect(model.malformed).toMatchObject([{ ref: { kind: 'Route', name: 'odd' } }]);
  });

  it('is not taken for missing', () => {
    const model = toMeshModel(
      snapshot(
        [
          resource('route', 'cart/all', routeSpec({ one: 1 })),
          resource('virtualService', 'a', { provider: { virtualRouter: { virtualRouterName: 'cart' } } }),
          resource('virtualService', 'b', { provider: { virtualRouter: { virtualRouterName: 'other' } } }),
        ],
        { unread: [{ kind: 'virtualNode' }, { kind: 'virtualRouter', name: 'cart' }] },
      ),
    );
    expect(entity(model, 'router', 'cart').routes[0]?.targets).toMatchObject([{ resolution: 'unread' }]);
    expect(entity(model, 'service', 'a').provider.target?.resolution).toBe('ok');
    expect(entity(model, 'service', 'b').provider.target?.resolution).toBe('missing');
    expect(model.unread).toEqual(['node', 'router']);
  });

  it('is told of a mesh whose own body is odd, and its members are read', () => {
    const model = toMeshModel(snapshot([resource('virtualNode', 'a')], { body: { spec: 7 } }));
    expect(model.malformed).toMatchObject([{ key: 'mesh:/shop' }]);
    expect(model.entities.size).toBe(1);
  });
});

describe('a second reading', () => {
  it('gives the same objects for what is the same', () => {
    const first = toMeshModel(shop());
    const second = toMeshModel(shop(), first);
    expect(second.mesh).toBe(first.mesh);
    for (const [key, each] of second.entities) expect(each).toBe(first.entities.get(key));
  });

  it('gives a new object only for what changed', () => {
    const first = toMeshModel(shop());
    const now = shop();
    const resources = now.resources.map((each) =>
      each.kind === 'route' && each.name === 'all'
        ? resource('route', 'cart/all', routeSpec({ cart: 1, 'cart-v2': 1 }), { version: 8 })
        : each,
    );
    const second = toMeshModel({ ...now, resources }, first);
    const changed = [...second.entities].filter(([key, each]) => each !== first.entities.get(key));
    expect(changed.map(([key]) => key)).toEqual(['router:/cart']);
  });
});
