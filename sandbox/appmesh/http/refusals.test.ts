import type { RouteSpec } from '@aws-sdk/client-app-mesh';
import { afterAll, describe, expect, it } from 'vitest';
import { failure, meshName, node, refused, billingBench, to, virtualRouterName } from './testing/client';

const bench = billingBench();

describe('refusals', () => {
  const at = { meshName, virtualRouterName, routeName: 'wrong' };
  const create = (spec: RouteSpec) => failure(bench.api.createRoute({ ...at, spec }));

  it('name what is not there: mesh, parent, reference, resource', async () => {
    const missing = (what: RegExp) => refused('NotFoundException', 404, what);
    const spec = { httpRoute: to({ v1: 1 }) };
    expect(await failure(bench.api.listVirtualNodes({ meshName: 'none' }))).toEqual(missing(/mesh none/));
    expect(
      await failure(bench.api.createVirtualRouter({ meshName: 'none', virtualRouterName, spec: {} })),
    ).toEqual(missing(/mesh none/));
    expect(await failure(bench.api.createRoute({ ...at, virtualRouterName: 'none', spec }))).toEqual(
      missing(/virtualRouter none/),
    );
    expect(await failure(bench.api.listRoutes({ meshName, virtualRouterName: 'none' }))).toEqual(
      missing(/virtualRouter none/),
    );
    expect(await create({ httpRoute: to({ v9: 1 }) })).toEqual(missing(/virtualNode v9/));
    expect(await failure(bench.api.updateRoute({ ...at, spec }))).toEqual(missing(/route wrong/));
    expect(await failure(bench.api.deleteRoute(at))).toEqual(missing(/route wrong/));
    expect(await failure(bench.api.listVirtualNodes({ meshName, meshOwner: '999988887777' }))).toEqual(
      missing(/mesh billing of the account 999988887777/),
    );
  });

  it('meet specs the API does not take, and say what is wrong where', async () => {
    const wrong = (what: RegExp) => refused('BadRequestException', 400, what);
    const targets = (count: number) => Array(count).fill({ virtualNode: 'v1', weight: 1 });
    expect(await create({})).toEqual(wrong(/exactly one route type, found 0/));
    expect(await create({ httpRoute: to({ v1: 1 }), http2Route: to({ v1: 1 }) })).toEqual(wrong(/found 2/));
    expect(await create({ httpRoute: to({ v1: 101 }) })).toEqual(
      wrong(
        /spec\.httpRoute\.action\.weightedTargets\[0\]\.weight must be a whole number, 0 to 100, not 101/,
      ),
    );
    expect(await create({ httpRoute: to({}) })).toEqual(wrong(/weightedTargets must have 1 to 10 entries/));
    expect(await create({ httpRoute: { match: {}, action: { weightedTargets: targets(11) } } })).toEqual(
      wrong(/not 11/),
    );
    expect(await create({ httpRoute: { ...to({ v1: 1 }), match: undefined } })).toEqual(
      wrong(/spec\.httpRoute\.match is required/),
    );
    expect(await create({ priority: 1001, httpRoute: to({ v1: 1 }) })).toEqual(wrong(/spec\.priority/));
    const nodeIn = (spec: object) =>
      failure(bench.api.createVirtualNode({ meshName, virtualNodeName: 'wrong', spec }));
    expect(await nodeIn({ listeners: [{ portMapping: { port: 65536, protocol: 'http' } }] })).toEqual(
      wrong(/spec\.listeners\[0\]\.portMapping\.port must be a whole number, 1 to 65535/),
    );
    expect(await nodeIn({ listeners: [{ portMapping: { port: 1, protocol: 'udp' } }] })).toEqual(
      wrong(/protocol must be http or tcp or http2 or grpc, not "udp"/),
    );
    expect(await nodeIn({ listeners: [{ portMapping: { port: 1, protocol: 'tcp' } }] })).toEqual(
      wrong(/listeners and no service discovery/),
    );
    const fault = { healthyThreshold: 2, unhealthyThreshold: 2, intervalMillis: 5000, timeoutMillis: 2000 };
    const listener = (port: number) => ({
      portMapping: { port: 80, protocol: 'http' },
      healthCheck: { ...fault, protocol: 'http', port },
    });
    expect(await nodeIn({ ...node('x'), listeners: [listener(81)] })).toEqual(wrong(/health check port 81/));
    expect(
      await nodeIn({
        serviceDiscovery: { dns: { hostname: 'x' }, awsCloudMap: { namespaceName: 'x', serviceName: 'y' } },
      }),
    ).toEqual(wrong(/^spec\.serviceDiscovery must have exactly one of awsCloudMap, dns/));
    expect(
      await failure(
        bench.api.createVirtualGateway({
          meshName,
          virtualGatewayName: 'wrong',
          spec: { listeners: undefined },
        }),
      ),
    ).toEqual(wrong(/spec\.listeners is required/));
    expect(await failure(bench.api.createMesh({ meshName: 'x'.repeat(256) }))).toEqual(wrong(/1 to 255/));
    expect(await failure(bench.api.describeMesh({ meshName, meshOwner: 'me' }))).toEqual(wrong(/12 digits/));
  });

  it('meet a name that is taken', async () => {
    expect(await failure(bench.api.createMesh({ meshName }))).toEqual(refused('ConflictException', 409));
  });

  it('meet the deletion of what is in use', async () => {
    const used = refused('ResourceInUseException', 409);
    await bench.api.createVirtualService({
      meshName,
      virtualServiceName: 'used',
      spec: { provider: { virtualNode: { virtualNodeName: 'v1' } } },
    });
    await bench.api.createVirtualGateway({ meshName, virtualGatewayName: 'gate', spec: { listeners: [] } });
    const target = { virtualService: { virtualServiceName: 'used' } };
    const httpRoute = { match: { prefix: '/' }, action: { target } };
    const entrance = { meshName, virtualGatewayName: 'gate', gatewayRouteName: 'in' };
    await bench.api.createGatewayRoute({ ...entrance, spec: { httpRoute } });
    const way = { meshName, virtualRouterName, routeName: 'way' };
    await bench.api.createRoute({ ...way, spec: { httpRoute: to({ v1: 1 }) } });
    expect(await failure(bench.api.deleteMesh({ meshName }))).toEqual(used);
    expect(await failure(bench.api.deleteVirtualNode({ meshName, virtualNodeName: 'v1' }))).toEqual(used);
    expect(await failure(bench.api.deleteVirtualRouter({ meshName, virtualRouterName }))).toEqual(used);
    expect(await failure(bench.api.deleteVirtualService({ meshName, virtualServiceName: 'used' }))).toEqual(
      used,
    );
    expect(await failure(bench.api.deleteVirtualGateway({ meshName, virtualGatewayName: 'gate' }))).toEqual(
      used,
    );
    await bench.api.deleteRoute(way);
    await bench.api.deleteGatewayRoute(entrance);
    await bench.api.deleteVirtualService({ meshName, virtualServiceName: 'used' });
    await bench.api.deleteVirtualGateway({ meshName, virtualGatewayName: 'gate' });
  });
});

describe('quotas', () => {
  const full = refused('LimitExceededException', 400);
  afterAll(() => bench.sandbox.turn({ appMeshQuotas: {} }));

  it('end three gateways into a mesh and ten routes into a gateway', async () => {
    bench.sandbox.turn({ appMeshQuotas: {} });
    const target = { virtualService: { virtualServiceName: 'quota' } };
    const spec = { httpRoute: { match: { prefix: '/' }, action: { target } } };
    await bench.api.createVirtualService({ meshName, virtualServiceName: 'quota', spec: {} });
    const gateway = (virtualGatewayName: string) =>
      bench.api.createVirtualGateway({ meshName, virtualGatewayName, spec: { listeners: [] } });
    for (const name of ['g1', 'g2', 'g3']) await gateway(name);
    expect(await failure(gateway('g4'))).toEqual(full);
    const route = (number: number) =>
      bench.api.createGatewayRoute({
        meshName,
        virtualGatewayName: 'g1',
        gatewayRouteName: `r${number}`,
        spec,
      });
    for (let number = 0; number < 10; number++) await route(number);
    expect(await failure(route(10))).toEqual(full);
  });

  it('count backends in updates too, and can be turned', async () => {
    const backends = Array.from({ length: 51 }, (_, number) => ({
      virtualService: { virtualServiceName: `s${number}` },
    }));
    const update = () =>
      bench.api.updateVirtualNode({ meshName, virtualNodeName: 'v2', spec: { ...node('v2'), backends } });
    expect(await failure(update())).toEqual(full);
    bench.sandbox.turn({ appMeshQuotas: { backends: 51 } });
    expect((await update()).virtualNode?.spec?.backends).toHaveLength(51);
  });
});
