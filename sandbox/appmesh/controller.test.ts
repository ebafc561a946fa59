import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptance, startBench, type Bench } from '../testing';
import {
  gatewayRoute,
  listener,
  mesh,
  route,
  virtualGateway,
  virtualNode,
  virtualRouter,
  virtualService,
} from '../scenarios/mesh-objects';
import { namespace } from '../scenarios/workload-objects';
import type { ResourceId } from './resource-id';

const PORT = { port: 8080, protocol: 'http' } as const;
const node = (name: string, backends: string[] = []) =>
  virtualNode('shop', name, { listeners: [listener('http', 8080)], hostname: `${name}.shop`, backends });
const weighted = (v1: number, v2: number) => route('http', 'all', { prefix: '/' }, { v1, v2 });
const router = (...routes: ReturnType<typeof route>[]) => virtualRouter('shop', 'cart', PORT, routes);
const WORLD = [
  namespace('shop', { mesh: 'shop', gateway: 'edge' }),
  mesh('shop'),
  node('v1'),
  node('v2'),
  router(weighted(90, 10), route('http', 'beta', { prefix: '/beta' }, { v2: 1 })),
  virtualService('shop', 'cart', { provider: { router: 'cart' } }),
  virtualGateway('shop', 'edge', {
    pods: { app: 'edge' },
    listeners: [listener('http', 8080)],
    routesFrom: { gateway: 'edge' },
  }),
  gatewayRoute('shop', 'entrance', 'http', { prefix: '/' }, 'cart'),
];
const ALL = [
  ['Mesh', 'shop'], ['VirtualNode', 'shop/v1'], ['VirtualRouter', 'shop/cart'], ['VirtualService', 'shop/cart'],
  ['VirtualGateway', 'shop/edge'], ['GatewayRoute', 'shop/entrance'],
] as const; // prettier-ignore
const routeId = (name: string): ResourceId => ({ kind: 'route', mesh: 'shop', parent: 'cart_shop', name });

let bench: Bench;
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const stateOf = (kind: string, key: string) => acceptance(bench.get(kind, key));
const setWeights = (v1: number, v2: number) =>
  bench.change('VirtualRouter', 'shop/cart', (spec) => void (spec.routes[0] = weighted(v1, v2)));

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z') });
  bench = await startBench(WORLD, { reconcileDelayMs: 300 });
});
afterEach(() => {
  bench.simulation.stop();
  vi.useRealTimers();
});

describe('at the start', () => {
  it.each(ALL)('%s %s is active', (kind, key) => {
    expect(stateOf(kind, key)).toEqual({ active: 'True', observed: 1 });
  });

  it('says so with a type, a status and a time, and with ARNs made of the names App Mesh knows', () => {
    const made = bench.get('VirtualRouter', 'shop/cart');
    const arn = 'arn:aws:appmesh:us-west-2:111122223333:mesh/shop/virtualRouter/cart_shop';
    expect(made?.['status']).toEqual({
      conditions: [
        { type: 'VirtualRouterActive', status: 'True', lastTransitionTime: '2026-01-02T03:04:05Z' },
      ],
      observedGeneration: 1,
      routeARNs: { all: `${arn}/route/all`, beta: `${arn}/route/beta` },
      virtualRouterARN: arn,
    });
    expect(made?.metadata.finalizers).toEqual(['finalizers.appmesh.k8s.aws/aws-appmesh-resources']);
    expect(bench.get('Mesh', 'shop')?.metadata.finalizers).toEqual([
      'finalizers.appmesh.k8s.aws/mesh-members',
      'finalizers.appmesh.k8s.aws/aws-appmesh-resources',
    ]);
  });

  it('nobody had to wait for anybody', () => expect(bench.list('Event')).toEqual([]));
});

describe('a change of weights', () => {
  it('is accepted after the steps of the controller, not before', async () => {
    setWeights(80, 20);
    await after(299);
    expect(bench.simulation.api.describe(routeId('all'))?.version).toBe(1);
    await after(1);
    expect(bench.simulation.api.describe(routeId('all'))?.version).toBe(2);
    await after(299);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 1 });
    await after(1);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 2 });
  });

  it('touches no other route', async () => {
    setWeights(80, 20);
    await after(5_000);
    expect(bench.simulation.api.describe(routeId('beta'))?.version).toBe(1);
  });

  it('ends with the last of several in quick succession', async () => {
    setWeights(80, 20);
    await after(450);
    setWeights(50, 50);
    await after(150);
    expect(stateOf('VirtualRouter', 'shop/cart')?.observed).toBe(2);
    await after(2_000);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 3 });
    expect(bench.simulation.api.describe(routeId('all'))?.spec).toMatchObject({
      httpRoute: {
        action: {
          weightedTargets: [
            { virtualNode: 'v1_shop', weight: 50 },
            { virtualNode: 'v2_shop', weight: 50 },
          ],
        },
      },
    });
  });
});

it('takes a route that is no longer wanted away, with its ARN', async () => {
  bench.change('VirtualRouter', 'shop/cart', (spec) => void (spec.routes = [weighted(90, 10)]));
  await after(2_000);
  expect(Object.keys(bench.get('VirtualRouter', 'shop/cart')?.['status'].routeARNs)).toEqual(['all']);
  expect(bench.simulation.api.describe(routeId('beta'))).toBeUndefined();
});

describe('a reference to what is not there', () => {
  const dangle = () =>
    bench.change('VirtualRouter', 'shop/cart', (spec) => {
      spec.routes[0] = route('http', 'all', { prefix: '/' }, { v1: 90, v3: 10 });
    });

  it('leaves the old condition and generation standing, and is told in an Event', async () => {
    dangle();
    await after(0);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 1 });
    expect(bench.eventsOf('VirtualRouter', 'shop/cart')).toEqual([
      {
        reason: 'ReconcileError',
        component: 'VirtualRouter',
        message:
          'failed to resolve virtualNodeRef: unable to fetch virtualNode: shop/v3: VirtualNode.appmesh.k8s.aws "v3" not found',
        count: 1,
      },
    ]);
  });

  it('is one Event however often it is tried', async () => {
    dangle();
    await after(20_000);
    const [event, ...others] = bench.eventsOf('VirtualRouter', 'shop/cart');
    expect(others).toEqual([]);
    expect(event?.count).toBeGreaterThan(5);
  });

  it('heals within seconds once it is there', async () => {
    dangle();
    await after(60_000);
    bench.create(node('v3'));
    await after(8_000);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 2 });
  });
});

describe('waiting', () => {
  it('goes from the bottom up: a service becomes active after its router, that after its node', async () => {
    bench.create(virtualService('shop', 'late', { provider: { router: 'late' } }));
    bench.create(virtualRouter('shop', 'late', PORT, [route('http', 'r', { prefix: '/' }, { late: 1 })]));
    bench.create(node('late', ['late']));
    await after(0);
    expect(bench.eventsOf('VirtualService', 'shop/late')[0]?.message).toBe('virtualRouter is not active yet');
    expect(bench.eventsOf('VirtualRouter', 'shop/late')[0]?.message).toBe('virtualNode is not active yet');
    await after(10_000);
    for (const kind of ['VirtualNode', 'VirtualRouter', 'VirtualService'])
      expect(stateOf(kind, 'shop/late')).toEqual({ active: 'True', observed: 1 });
  });

  it('of a whole mesh begins with the mesh itself, and of gateway routes with the gateway', async () => {
    bench.create(namespace('second', { mesh: 'second', gateway: 'second' }));
    bench.create(mesh('second'));
    bench.create(
      virtualGateway('second', 'door', {
        pods: { app: 'door' },
        listeners: [listener('http', 8080)],
        routesFrom: { gateway: 'second' },
      }),
    );
    bench.create(virtualService('second', 'target', {}));
    bench.create(gatewayRoute('second', 'way', 'http', { prefix: '/' }, 'target'));
    await after(0);
    for (const [kind, name] of [
      ['VirtualGateway', 'door'],
      ['GatewayRoute', 'way'],
    ] as const)
      expect(bench.eventsOf(kind, `second/${name}`)[0]?.message).toBe('mesh is not active yet');
    await after(700);
    expect(bench.eventsOf('GatewayRoute', 'second/way').map(({ message }) => message)).toContain(
      'virtualGateway is not active yet',
    );
    await after(10_000);
    expect(stateOf('GatewayRoute', 'second/way')).toEqual({ active: 'True', observed: 1 });
  });

  it('ends as soon as what was missing is active, however long it took', async () => {
    bench.create(node('late', ['nobody']));
    bench.create(virtualRouter('shop', 'late', PORT, [route('http', 'r', { prefix: '/' }, { late: 1 })]));
    await after(60_000);
    bench.create(virtualService('shop', 'nobody', {}));
    while (stateOf('VirtualNode', 'shop/late') === undefined) await after(100);
    await after(900);
    expect(stateOf('VirtualRouter', 'shop/late')).toEqual({ active: 'True', observed: 1 });
  });

  it('is not needed for backends: services may call each other in circles', async () => {
    bench.create(virtualService('shop', 'ring', {}));
    bench.change('VirtualNode', 'shop/v1', (spec) => {
      spec.backends = [{ virtualService: { virtualServiceRef: { name: 'ring' } } }];
    });
    await after(600);
    expect(stateOf('VirtualNode', 'shop/v1')?.observed).toBe(2);
  });
});

describe('deletion', () => {
  it('takes the object out of App Mesh before it ends', async () => {
    bench.remove('GatewayRoute', 'shop/entrance');
    await after(299);
    expect(bench.get('GatewayRoute', 'shop/entrance')?.metadata.deletionTimestamp).toBeDefined();
    await after(1);
    expect(bench.get('GatewayRoute', 'shop/entrance')).toBeUndefined();
    expect(bench.simulation.api.list('gatewayRoute', 'shop', 'edge_shop')).toEqual([]);
  });

  it('of a gateway waits for its routes', async () => {
    bench.remove('VirtualGateway', 'shop/edge');
    await after(1_000);
    expect(bench.eventsOf('VirtualGateway', 'shop/edge')).toMatchObject(
      [
        {
          reason: 'PendingMembersDeletion',
          component: 'virtualgateway-members',
          message: /gatewayRoute: 1$/,
        },
      ].map((event) => ({ ...event, message: expect.stringMatching(event.message) })),
    );
    bench.remove('GatewayRoute', 'shop/entrance');
    await after(8_000);
    expect(bench.get('VirtualGateway', 'shop/edge')).toBeUndefined();
  });

  it('of a mesh waits for its members and counts them', async () => {
    bench.remove('Mesh', 'shop');
    await after(0);
    expect(bench.eventsOf('Mesh', 'shop')[0]).toMatchObject({
      component: 'mesh-members',
      message:
        'objects belong to this mesh exists, please delete them to proceed. virtualService: 1, virtualRouter: 1, virtualNode: 2, virtualGateway: 1, gatewayRoute: 1',
    });
    for (const [kind, key] of [...ALL, ['VirtualNode', 'shop/v2'] as const])
      if (kind !== 'Mesh') bench.remove(kind, key);
    await after(30_000);
    expect(bench.get('Mesh', 'shop')).toBeUndefined();
  });

  it('of a node in use goes on only when App Mesh lets it go', async () => {
    bench.create(virtualService('shop', 'direct', { provider: { node: 'v1' } }));
    await after(1_000);
    bench.remove('VirtualNode', 'shop/v1');
    await after(1_000);
    expect(bench.eventsOf('VirtualNode', 'shop/v1')[0]?.message).toMatch(/^ResourceInUseException: /);
    bench.remove('VirtualService', 'shop/direct');
    await after(8_000);
    expect(bench.get('VirtualNode', 'shop/v1')).toBeUndefined();
  });
});

describe('while the App Mesh API is gone', () => {
  beforeEach(() => bench.turn({ appMeshApi: 'gone' }));

  it('nothing is accepted any more, and the controller says why', async () => {
    setWeights(80, 20);
    await after(10_000);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 1 });
    expect(bench.eventsOf('VirtualRouter', 'shop/cart')[0]?.message).toMatch(
      /^RequestError: send request failed\ncaused by: Get .*no such host$/,
    );
    bench.turn({ appMeshApi: 'up' });
    await after(8_000);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 2 });
  });

  it('an object with an ARN cannot end, one that never had any can', async () => {
    bench.create(node('young'));
    await after(100);
    bench.remove('VirtualNode', 'shop/young');
    bench.remove('GatewayRoute', 'shop/entrance');
    await after(10_000);
    expect(bench.get('VirtualNode', 'shop/young')).toBeUndefined();
    expect(bench.get('GatewayRoute', 'shop/entrance')?.metadata.finalizers).toHaveLength(1);
  });
});

describe('while the controller is down', () => {
  it('nothing happens and nothing is said; afterwards all is made up for', async () => {
    setWeights(80, 20);
    await after(100);
    bench.turn({ controllerDown: true });
    bench.remove('GatewayRoute', 'shop/entrance');
    await after(60_000);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 1 });
    expect(bench.get('GatewayRoute', 'shop/entrance')).toBeDefined();
    expect(bench.list('Event')).toEqual([]);
    bench.turn({ controllerDown: false });
    await after(1_000);
    expect(stateOf('VirtualRouter', 'shop/cart')).toEqual({ active: 'True', observed: 2 });
    expect(bench.get('GatewayRoute', 'shop/entrance')).toBeUndefined();
  });
});

it('says of a mesh that was made anew that it is another one', async () => {
  const stale = { name: 'shop', uid: 'another' };
  bench.simulation.cluster.addAdmission({
    name: 'test',
    handles: ({ kind }) => kind === 'VirtualNode',
    mutate: ({ object }) => void (object['spec'].meshRef = stale),
  });
  bench.create(node('lost'));
  await after(0);
  expect(bench.eventsOf('VirtualNode', 'shop/lost')[0]?.message).toBe(
    'failed to resolve meshRef: mesh UID mismatch: shop',
  );
});
