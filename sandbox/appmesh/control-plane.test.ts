import { beforeEach, describe, expect, it } from 'vitest';
import { InMemoryControlPlane } from './control-plane';
import { ControllerClient } from './controller-client';
import { arnOf, nameFromArn, requestPath, type ResourceId } from './resource-id';

let api: InMemoryControlPlane;
const mesh: ResourceId = { kind: 'mesh', mesh: 'shop', name: 'shop' };
const node: ResourceId = { kind: 'virtualNode', mesh: 'shop', name: 'cart-v1_shop' };
const router: ResourceId = { kind: 'virtualRouter', mesh: 'shop', name: 'cart_shop' };
const route: ResourceId = { kind: 'route', mesh: 'shop', parent: 'cart_shop', name: 'all' };
const service: ResourceId = { kind: 'virtualService', mesh: 'shop', name: 'cart.shop' };
const to = (virtualNode: string, weight = 1) => ({
  httpRoute: { match: { prefix: '/' }, action: { weightedTargets: [{ virtualNode, weight }] } },
});
const refusal = (code: string) => expect.objectContaining({ code });

beforeEach(() => {
  api = new InMemoryControlPlane({ now: () => new Date(0) });
  api.create(mesh, {});
  api.create(node, {});
  api.create(router, {});
});

describe('versions', () => {
  it('start at 1 and rise with an update that changes something', () => {
    expect(api.create(route, to('cart-v1_shop')).version).toBe(1);
    expect(api.update(route, to('cart-v1_shop')).version).toBe(1);
    expect(api.update(route, to('cart-v1_shop', 5)).version).toBe(2);
  });
});

describe('refusals', () => {
  it('meet a name that is taken, a resource that is not there and a target that is not there', () => {
    expect(() => api.create(node, {})).toThrow(refusal('ConflictException'));
    expect(() => api.update(route, to('cart-v1_shop'))).toThrow(refusal('NotFoundException'));
    expect(() => api.create(route, to('cart-v2_shop'))).toThrow(
      'NotFoundException: The virtualNode cart-v2_shop does not exist in the mesh shop.',
    );
  });

  it('meet an empty name, an empty target and a route of two types', () => {
    expect(() => api.create({ ...node, name: '' }, {})).toThrow(refusal('BadRequestException'));
    expect(() => api.create(route, to(''))).toThrow(refusal('BadRequestException'));
    const both = { ...to('cart-v1_shop'), tcpRoute: { action: { weightedTargets: [] } } };
    expect(() => api.create(route, both)).toThrow(/exactly one route type, found 2/);
  });

  it('let a node name a backend that is not there', () => {
    const backends = [{ virtualService: { virtualServiceName: 'nobody' } }];
    expect(api.update(node, { backends }).version).toBe(2);
  });
});

describe('deletion', () => {
  it('waits for what still uses the resource', () => {
    api.create(route, to('cart-v1_shop'));
    api.create(service, { provider: { virtualRouter: { virtualRouterName: 'cart_shop' } } });
    for (const used of [mesh, router])
      expect(() => api.delete(used)).toThrow(refusal('ResourceInUseException'));
    api.delete(route);
    expect(() => api.delete(router)).toThrow(/in use by virtualService cart.shop/);
    for (const free of [service, router, node, mesh]) api.delete(free);
    expect(api.describe(mesh)).toBeUndefined();
  });
});

it('answers the controller like a host that does not resolve, once it is gone', () => {
  const client = new ControllerClient(api, () => 'gone');
  expect(() => client.describe(route)).toThrow(
    /^RequestError: send request failed\ncaused by: Get "https:\/\/appmesh\.us-west-2\.amazonaws\.com\/v20190125\/meshes\/shop\/virtualRouter\/cart_shop\/routes\/all": dial tcp: lookup .*: no such host$/,
  );
});

describe('names', () => {
  it('hang routes below their router, in ARNs and in paths', () => {
    expect(arnOf(route)).toBe(
      'arn:aws:appmesh:us-west-2:111122223333:mesh/shop/virtualRouter/cart_shop/route/all',
    );
    expect(requestPath({ ...route, name: '' })).toBe('/v20190125/meshes/shop/virtualRouter/cart_shop/routes');
    expect(requestPath(mesh)).toBe('/v20190125/meshes/shop');
  });

  it('are read from ARNs of the right kind only', () => {
    expect(nameFromArn(arnOf(node), 'virtualNode')).toBe('cart-v1_shop');
    expect(() => nameFromArn(arnOf(node), 'virtualRouter')).toThrow('invalid virtualRouter ARN');
  });
});
