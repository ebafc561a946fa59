import type { AppMesh } from '@aws-sdk/client-app-mesh';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { creationOrder } from '../../scenarios';
import { listener, mesh, route, virtualNode, virtualRouter } from '../../scenarios/mesh-objects';
import { namespace } from '../../scenarios/workload-objects';
import { failure, refused, startAppMesh, to, type AppMeshBench } from './testing/client';

const node = (name: string) =>
  virtualNode('shop', name, { listeners: [listener('http', 80)], hostname: `${name}.shop` });
const WORLD = [
  namespace('shop', { mesh: 'shop' }),
  mesh('shop'),
  node('v1'),
  node('v2'),
  virtualRouter('shop', 'cart', { port: 80, protocol: 'http' }, [
    route('http', 'all', { prefix: '/' }, { v1: 90, v2: 10 }),
  ]),
];
const ROUTERS = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters/cart';
const AT = { meshName: 'shop', virtualRouterName: 'cart_shop', routeName: 'all' };

let bench: AppMeshBench;
let api: AppMesh;

beforeEach(async () => {
  bench = await startAppMesh(() => creationOrder(WORLD));
  bench.sandbox.turn({ reconcileDelayMs: 0 });
  api = bench.api;
});
afterEach(() => bench.stop());

const admin = async (action: string) => {
  const response = await fetch(`${bench.url}/_sandbox/${action}`, { method: 'POST' });
  expect(response.status).toBe(200);
};
const weights = async () => {
  const { route } = await api.describeRoute(AT);
  return route?.spec?.httpRoute?.action?.weightedTargets?.map(({ weight }) => weight);
};
const driftTo = (v1: number, v2: number) =>
  api.updateRoute({ ...AT, spec: { httpRoute: to({ v1_shop: v1, v2_shop: v2 }) } });

describe('what is written past the controller', () => {
  it('stays until the controller looks again, which it does on its own account only', async () => {
    await driftTo(50, 50);
    await admin('settle');
    expect(await weights()).toEqual([50, 50]);
    await admin('resync');
    await admin('settle');
    expect(await weights()).toEqual([90, 10]);
    expect((await api.describeRoute(AT)).route?.metadata?.version).toBe(3);
  });

  it('ends with the next change of the object', async () => {
    await driftTo(50, 50);
    const response = await fetch(bench.url + ROUTERS, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json-patch+json' },
      body: JSON.stringify([
        { op: 'replace', path: '/spec/routes/0/httpRoute/action/weightedTargets/0/weight', value: 80 },
      ]),
    });
    expect(response.status).toBe(200);
    await admin('settle');
    expect(await weights()).toEqual([80, 10]);
  });

  it('is made anew when it was deleted, and a route nobody asked for is deleted', async () => {
    await api.deleteRoute(AT);
    await api.createRoute({ ...AT, routeName: 'stray', spec: { httpRoute: to({ v1_shop: 1 }) } });
    await admin('resync');
    await admin('settle');
    const { routes } = await api.listRoutes(AT);
    expect(routes?.map(({ routeName }) => routeName)).toEqual(['all']);
  });
});

it('a deleted object takes its resource of the API along', async () => {
  expect((await fetch(bench.url + ROUTERS, { method: 'DELETE' })).status).toBe(200);
  await admin('settle');
  expect(await failure(api.describeVirtualRouter(AT))).toEqual(refused('NotFoundException', 404));
});
