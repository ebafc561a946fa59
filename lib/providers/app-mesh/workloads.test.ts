import { describe, expect, it } from 'vitest';
import { buildModels } from './build-models';
import { entity, member, meshObject, NOW, rawObject, readMesh, worldOf } from './fixtures';
import type { RawObject } from './resources';

const PROXY = { name: 'envoy' };
const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
const proxyFor = (resource: string, variable = 'APPMESH_RESOURCE_ARN') => ({
  name: 'envoy',
  env: [
    { name: 'POD_UID', valueFrom: {} },
    { name: variable, value: resource },
  ],
});

interface Made {
  namespace?: string;
  status?: unknown;
  metadata?: Partial<RawObject['metadata']>;
}

const pod = (
  name: string,
  containers: object[],
  { status = ready, namespace = 'shop', metadata = {} }: Made = {},
) =>
  rawObject(
    'v1',
    'Pod',
    name,
    { spec: { containers: [{ name: 'app' }, ...containers] }, status },
    { namespace, metadata: { labels: { app: 'cart', version: 'v1' }, ...metadata } },
  );

const cart = (podSelector: unknown) => member('VirtualNode', 'cart', { podSelector });
const workloadOf = (podSelector: unknown, ...others: RawObject[]) =>
  entity(readMesh(cart(podSelector), ...others), 'node', 'cart').workload;
const countOf = (podSelector: unknown, ...others: RawObject[]) => workloadOf(podSelector, ...others).total;

const BY_APP = { matchLabels: { app: 'cart' } };

describe('the workload of a node', () => {
  it('counts pods by readiness and by proxy', () => {
    const notReady = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] };
    const pods = [
      pod('a', [PROXY]),
      pod('b', [], {}),
      pod('c', [PROXY], { status: notReady }),
      pod('d', [], { status: null }),
    ];
    expect(workloadOf(BY_APP, ...pods)).toEqual({
      owners: [],
      total: 4,
      ready: 2,
      withProxy: 2,
      withoutProxy: 2,
    });
  });

  it('leaves out pods that ended or are on their way out', () => {
    const gone = { metadata: { deletionTimestamp: '2026-06-01T00:00:00Z', labels: { app: 'cart' } } };
    const pods = [
      pod('a', [], { status: { phase: 'Succeeded' } }),
      pod('b', [], { status: { phase: 'Failed' } }),
      pod('c', [], gone),
    ];
    expect(countOf(BY_APP, ...pods)).toBe(0);
  });

  it('is found in its own namespace only', () => {
    expect(countOf(BY_APP, pod('a', [PROXY], { namespace: 'pay' }))).toBe(0);
  });

  it('is empty without a selector, and all of the namespace with an empty one', () => {
    expect(countOf(undefined, pod('a', []))).toBe(0);
    expect(countOf({}, pod('a', []))).toBe(1);
  });

  it.each([
    [{ matchLabels: { app: 'cart', version: 'v1' } }, 1],
    [{ matchLabels: { app: 'cart', version: 'v2' } }, 0],
    [{ matchExpressions: [{ key: 'version', operator: 'In', values: ['v1', 'v2'] }] }, 1],
    [{ matchExpressions: [{ key: 'version', operator: 'In', values: ['v2'] }] }, 0],
    [{ matchExpressions: [{ key: 'version', operator: 'NotIn', values: ['v1'] }] }, 0],
    [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, 1],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, 1],
    [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, 0],
    [{ matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] }, 0],
    [{ matchLabels: { app: 'cart' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, 0],
  ])('with the selector %j is %i pods', (selector, total) => {
    expect(countOf(selector, pod('a', []))).toBe(total);
  });

  it('names the Deployments above, else the direct owners, each once', () => {
    const owned = (kind: string, name: string) => ({
      metadata: {
        labels: { app: 'cart' },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind, name, uid: `uid-${kind}-shop-${name}`, controller: true },
        ],
      },
    });
    const set = rawObject(
      'apps/v1',
      'ReplicaSet',
      'cart-7f',
      {},
      { metadata: owned('Deployment', 'cart').metadata },
    );
    const pods = [
      pod('a', [], owned('ReplicaSet', 'cart-7f')),
      pod('b', [], owned('ReplicaSet', 'cart-7f')),
      pod('c', [], owned('StatefulSet', 'db')),
      pod('d', [], owned('ReplicaSet', 'bare')),
    ];
    expect(workloadOf(BY_APP, set, ...pods).owners).toEqual([
      { kind: 'Deployment', namespace: 'shop', name: 'cart', total: 2, ready: 2 },
      { kind: 'ReplicaSet', namespace: 'shop', name: 'bare', total: 1, ready: 1 },
      { kind: 'StatefulSet', namespace: 'shop', name: 'db', total: 1, ready: 1 },
    ]);
  });
});

describe('a proxy that says whose it is', () => {
  it.each([
    ['APPMESH_RESOURCE_ARN', 'arn:aws:appmesh:eu-west-1:111122223333:mesh/shop-mesh/virtualNode/cart_shop'],
    ['APPMESH_RESOURCE_ARN', 'mesh/shop-mesh@111122223333/virtualNode/cart_shop'],
    ['APPMESH_VIRTUAL_NODE_NAME', 'mesh/shop-mesh/virtualNode/cart_shop'],
  ])('by %s=%s is its node’s, with a selector or without, in any namespace', (variable, resource) => {
    const stranger = pod('a', [proxyFor(resource, variable)], { namespace: 'pay', metadata: { labels: {} } });
    expect(workloadOf(undefined, stranger)).toMatchObject({ total: 1, ready: 1, withProxy: 1 });
    expect(countOf(BY_APP, stranger)).toBe(1);
  });

  it('is counted once where the selector finds it too', () => {
    expect(countOf(BY_APP, pod('a', [proxyFor('mesh/shop-mesh/virtualNode/cart_shop')]))).toBe(1);
  });

  it.each([
    'mesh/shop-mesh/virtualNode/other_shop',
    'mesh/other/virtualNode/cart_shop',
    'mesh/shop-mesh/virtualGateway/cart_shop',
  ])('is not of the node that only selects it: %s', (resource) => {
    expect(countOf(BY_APP, pod('a', [proxyFor(resource)]))).toBe(0);
  });

  it('goes by the newer of the two names', () => {
    const both = {
      name: 'envoy',
      env: [
        { name: 'APPMESH_VIRTUAL_NODE_NAME', value: 'mesh/shop-mesh/virtualNode/cart_shop' },
        { name: 'APPMESH_RESOURCE_ARN', value: 'mesh/shop-mesh/virtualNode/other_shop' },
      ],
    };
    expect(countOf(BY_APP, pod('a', [both]))).toBe(0);
  });

  it.each([
    [[{ name: 'APPMESH_RESOURCE_ARN', value: '$(ARN)' }]],
    [[{ name: 'APPMESH_RESOURCE_ARN', valueFrom: {} }]],
    [[]],
    [7],
  ])('in words that lead nowhere is found by the selector: %j', (env) => {
    expect(countOf(BY_APP, pod('a', [{ name: 'envoy', env }]))).toBe(1);
  });

  it('has to be the proxy: another container may say what it likes', () => {
    const other = { ...proxyFor('mesh/shop-mesh/virtualNode/other_shop'), name: 'tool' };
    expect(countOf(BY_APP, pod('a', [other]))).toBe(1);
  });

  it('counts for a gateway in the same way', () => {
    const edge = member('VirtualGateway', 'edge', { awsName: 'edge' });
    const model = readMesh(edge, pod('a', [proxyFor('mesh/shop-mesh/virtualGateway/edge')]));
    expect(entity(model, 'gateway', 'edge').workload.total).toBe(1);
  });
});

describe('the Kubernetes Service of a node', () => {
  const behind = (hostname: string) => {
    const node = member('VirtualNode', 'cart', { serviceDiscovery: { dns: { hostname } } });
    const services = [
      rawObject('v1', 'Service', 'cart'),
      rawObject('v1', 'Service', 'db', {}, { namespace: 'pay' }),
    ];
    const { kubernetesService, beyond } = entity(readMesh(node, ...services), 'node', 'cart');
    return [kubernetesService, beyond];
  };
  it.each([
    ['cart', 'shop/cart'],
    ['cart.shop', 'shop/cart'],
    ['db.pay.svc', 'pay/db'],
    ['cart.shop.svc.cluster.local', 'shop/cart'],
    ['cart.shop.svc.cluster.local.', 'shop/cart'],
  ])('behind %s is %s', (hostname, expected) => {
    expect(behind(hostname)).toEqual([expected, undefined]);
  });
  it.each([
    ['db', 'noService'],
    ['db.shop.svc', 'noService'],
    ['db.shop.svc.cluster.local', 'noService'],
    ['cart.shop.example.com', 'host'],
    ['example.com', 'host'],
    ['db.shop', 'host'],
  ])('is none for %s, which is then called %s', (hostname, expected) => {
    expect(behind(hostname)).toEqual([undefined, expected]);
  });

  it('is not said to be missing in a namespace that was not read', () => {
    const names = ['there.pay.svc', 'acquirer.example.com'].map((hostname, n) =>
      member('VirtualNode', `n${n}`, { serviceDiscovery: { dns: { hostname } } }),
    );
    const world = worldOf(meshObject(), ...names, rawObject('v1', 'Service', 'cart'));
    const [model] = buildModels(world, NOW, [], ['shop']);
    const beyond = ['n0', 'n1'].map((name) => model && entity(model, 'node', name).beyond);
    expect(beyond).toEqual([undefined, 'host']);
  });

  it('is not told where pods could not be read, and is once they can', () => {
    const node = member('VirtualNode', 'cart', { serviceDiscovery: { dns: { hostname: 'cart' } } });
    const world = worldOf(meshObject(), node, rawObject('v1', 'Service', 'cart'));
    const { pods: _, ...unread } = world;
    const before = buildModels(unread, NOW);
    const after = buildModels(world, NOW, before);
    const again = buildModels(unread, NOW, after);
    const services = [before, after, again].map(
      ([model]) => model && entity(model, 'node', 'cart').kubernetesService,
    );
    expect(services).toEqual([undefined, 'shop/cart', undefined]);
  });

  it('is none where discovery is by Cloud Map, or there is no discovery', () => {
    const map = { awsCloudMap: { namespaceName: 'n', serviceName: 's' } };
    const model = readMesh(member('VirtualNode', 'a', { serviceDiscovery: map }), member('VirtualNode', 'b'));
    expect(entity(model, 'node', 'a').discovery).toEqual({
      kind: 'cloudMap',
      namespaceName: 'n',
      serviceName: 's',
    });
    expect(entity(model, 'node', 'b').discovery).toEqual({ kind: 'none' });
    expect(entity(model, 'node', 'a').kubernetesService).toBeUndefined();
  });
});
