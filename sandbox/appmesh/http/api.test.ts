import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure, meshName, node, refused, billingBench, to, virtualRouterName } from './testing/client';

const ROOT = 'arn:aws:appmesh:us-west-2:111122223333:mesh/';

const bench = billingBench();

describe('a mesh is made, read, changed and taken away', () => {
  const names = {
    meshName: 'all kinds/of names',
    virtualNodeName: 'node a/b',
    virtualRouterName: 'router%2F1',
    virtualServiceName: 'cart.shop.svc.cluster.local',
    virtualGatewayName: 'gate_way',
    routeName: 'röute?x=1',
    gatewayRouteName: 'gate&route#1',
  };
  const nodeSpec = node('a.example');
  const routerSpec = { listeners: [{ portMapping: { port: 80, protocol: 'http2' as const } }] };
  const serviceSpec = { provider: { virtualRouter: { virtualRouterName: names.virtualRouterName } } };
  const gatewaySpec = { listeners: [{ portMapping: { port: 443, protocol: 'grpc' as const } }] };
  const routeSpec = { priority: 7, http2Route: to({ [names.virtualNodeName]: 100 }) };
  const target = { virtualService: { virtualServiceName: names.virtualServiceName } };
  const gatewayRouteSpec = { grpcRoute: { match: { serviceName: 'cart.Cart' }, action: { target } } };

  it('by every operation of the seven kinds', async () => {
    const made = [
      (await bench.api.createMesh({ ...names, spec: { egressFilter: { type: 'DROP_ALL' } } })).mesh,
      (await bench.api.createVirtualNode({ ...names, spec: nodeSpec })).virtualNode,
      (await bench.api.createVirtualRouter({ ...names, spec: routerSpec })).virtualRouter,
      (await bench.api.createRoute({ ...names, spec: routeSpec })).route,
      (await bench.api.createVirtualService({ ...names, spec: serviceSpec })).virtualService,
      (await bench.api.createVirtualGateway({ ...names, spec: gatewaySpec })).virtualGateway,
      (await bench.api.createGatewayRoute({ ...names, spec: gatewayRouteSpec })).gatewayRoute,
    ];
    const mesh = `${ROOT}${names.meshName}`;
    expect(made.map((each) => each?.metadata?.arn)).toEqual([
      mesh,
      `${mesh}/virtualNode/${names.virtualNodeName}`,
      `${mesh}/virtualRouter/${names.virtualRouterName}`,
      `${mesh}/virtualRouter/${names.virtualRouterName}/route/${names.routeName}`,
      `${mesh}/virtualService/${names.virtualServiceName}`,
      `${mesh}/virtualGateway/${names.virtualGatewayName}`,
      `${mesh}/virtualGateway/${names.virtualGatewayName}/gatewayRoute/${names.gatewayRouteName}`,
    ]);

    expect([
      (await bench.api.describeMesh(names)).mesh,
      (await bench.api.describeVirtualNode(names)).virtualNode,
      (await bench.api.describeVirtualRouter(names)).virtualRouter,
      (await bench.api.describeRoute(names)).route,
      (await bench.api.describeVirtualService(names)).virtualService,
      (await bench.api.describeVirtualGateway(names)).virtualGateway,
      (await bench.api.describeGatewayRoute(names)).gatewayRoute,
    ]).toEqual(made);

    const updated = [
      (await bench.api.updateMesh({ ...names, spec: { egressFilter: { type: 'ALLOW_ALL' } } })).mesh,
      (await bench.api.updateVirtualNode({ ...names, spec: node('b.example') })).virtualNode,
      (await bench.api.updateVirtualRouter({ ...names, spec: {} })).virtualRouter,
      (await bench.api.updateRoute({ ...names, spec: { ...routeSpec, priority: 8 } })).route,
      (await bench.api.updateVirtualService({ ...names, spec: {} })).virtualService,
      (await bench.api.updateVirtualGateway({ ...names, spec: { listeners: [] } })).virtualGateway,
      (await bench.api.updateGatewayRoute({ ...names, spec: { ...gatewayRouteSpec, priority: 1 } }))
        .gatewayRoute,
    ];
    expect(updated.map((each) => each?.metadata?.version)).toEqual([2, 2, 2, 2, 2, 2, 2]);

    const listed = [
      (await bench.api.listMeshes({})).meshes?.filter(({ meshName: name }) => name === names.meshName),
      (await bench.api.listVirtualNodes(names)).virtualNodes,
      (await bench.api.listVirtualRouters(names)).virtualRouters,
      (await bench.api.listRoutes(names)).routes,
      (await bench.api.listVirtualServices(names)).virtualServices,
      (await bench.api.listVirtualGateways(names)).virtualGateways,
      (await bench.api.listGatewayRoutes(names)).gatewayRoutes,
    ];
    expect(listed).toEqual(
      updated.map((each) => {
        const { spec: _spec, status: _status, metadata, ...rest } = each ?? {};
        const { uid: _uid, ...entry } = metadata ?? {};
        return [{ ...rest, ...entry }];
      }),
    );

    const gone = [
      (await bench.api.deleteGatewayRoute(names)).gatewayRoute,
      (await bench.api.deleteVirtualGateway(names)).virtualGateway,
      (await bench.api.deleteVirtualService(names)).virtualService,
      (await bench.api.deleteRoute(names)).route,
      (await bench.api.deleteVirtualRouter(names)).virtualRouter,
      (await bench.api.deleteVirtualNode(names)).virtualNode,
      (await bench.api.deleteMesh(names)).mesh,
    ];
    expect(gone.map((each) => each?.status?.status)).toEqual(Array(7).fill('DELETED'));
    expect(await failure(bench.api.describeMesh(names))).toEqual(refused('NotFoundException', 404));
  });

  it('with what belongs to a resource, and times of the clock', async () => {
    const before = Date.now();
    const { mesh } = await bench.api.createMesh({ meshName: 'young', spec: {} });
    expect(mesh).toEqual({
      meshName: 'young',
      spec: {},
      status: { status: 'ACTIVE' },
      metadata: {
        arn: `${ROOT}young`,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        version: 1,
        createdAt: expect.any(Date),
        lastUpdatedAt: mesh?.metadata?.createdAt,
        meshOwner: '111122223333',
        resourceOwner: '111122223333',
      },
    });
    expect(mesh?.metadata?.createdAt?.getTime()).toBeGreaterThanOrEqual(before);
    await bench.api.deleteMesh({ meshName: 'young' });
  });
});

describe('a client token', () => {
  const clientToken = 'c0ffee00-1111-4222-8333-444455556666';
  const spec = { httpRoute: to({ v1: 90, v2: 10 }) };
  const create = () =>
    bench.api.createRoute({ meshName, virtualRouterName, routeName: 'once', spec, clientToken });

  it('makes a repeat give the first answer and change nothing', async () => {
    const { route } = await create();
    expect((await create()).route).toEqual(route);
    const update = { meshName, virtualRouterName, routeName: 'once', clientToken: 'another' };
    const next = { httpRoute: to({ v1: 80, v2: 20 }) };
    expect((await bench.api.updateRoute({ ...update, spec: next })).route?.metadata?.version).toBe(2);
    await bench.api.updateRoute({ ...update, clientToken: 'a third', spec });
    expect((await bench.api.updateRoute({ ...update, spec: next })).route?.metadata?.version).toBe(2);
    const { route: now } = await bench.api.describeRoute({ meshName, virtualRouterName, routeName: 'once' });
    expect([now?.metadata?.version, now?.spec]).toEqual([3, spec]);
    expect(await failure(bench.api.updateRoute({ ...update, spec }))).toEqual(
      refused('ConflictException', 409),
    );
  });

  it('of a refused request may be used again', async () => {
    const request = { meshName, virtualRouterName, routeName: 'later', clientToken: 'patience' };
    expect(await failure(bench.api.createRoute({ ...request, spec: { httpRoute: to({ v3: 1 }) } }))).toEqual(
      refused('NotFoundException', 404),
    );
    expect((await bench.api.createRoute({ ...request, spec })).route?.metadata?.version).toBe(1);
  });
});

describe('versions', () => {
  it('of updates at the same time are consecutive, and the last one stays', async () => {
    const at = { meshName, virtualRouterName, routeName: 'busy' };
    await bench.api.createRoute({ ...at, spec: { httpRoute: to({ v1: 1 }) } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        bench.api.updateRoute({ ...at, spec: { httpRoute: to({ v1: index + 2 }) } }),
      ),
    );
    const versions = answers.map(({ route }) => route?.metadata?.version ?? 0);
    expect([...versions].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    const last = answers.find(({ route }) => route?.metadata?.version === 21);
    const { route } = await bench.api.describeRoute(at);
    expect(route).toEqual(last?.route);
  });
});

describe('any route spec', () => {
  const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const short = fc.string({ minLength: 1, maxLength: 50 });
  const duration = fc.record({ unit: fc.constantFrom('s' as const, 'ms' as const), value: fc.nat() });
  const match = fc.record(
    {
      prefix: fc.string({ maxLength: 20 }),
      method: fc.constantFrom('GET' as const, 'POST' as const),
      port: fc.integer({ min: 1, max: 65_535 }),
      headers: fc.array(
        fc.record({ name: short, invert: fc.boolean(), match: fc.record({ exact: short }) }),
        { minLength: 1, maxLength: 10 },
      ),
    },
    { requiredKeys: [] },
  );
  const weightedTargets = fc.array(
    fc.record({ virtualNode: fc.constantFrom('v1', 'v2'), weight: fc.integer({ min: 0, max: 100 }) }),
    { minLength: 1, maxLength: 10 },
  );
  const httpRoute = fc.record({
    match,
    action: fc.record({ weightedTargets }),
    timeout: some(fc.record({ perRequest: duration })),
  });
  const spec = fc.record({ priority: some(fc.integer({ min: 0, max: 1_000 })), httpRoute });

  it('that is created is described as it was given', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(spec, async (given) => {
        const router = `property-${Math.floor(count++ / 50)}`;
        const at = { meshName, virtualRouterName: router, routeName: `r${count}` };
        if (count % 50 === 1)
          await bench.api.createVirtualRouter({ meshName, virtualRouterName: router, spec: {} });
        await bench.api.createRoute({ ...at, spec: given });
        const { route } = await bench.api.describeRoute(at);
        expect(route?.spec).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is no call of the API', () => {
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(bench.url + path, { headers });
  const authorization =
    'AWS4-HMAC-SHA256 Credential=x/20260101/us-west-2/appmesh/aws4_request, SignedHeaders=host, Signature=0';

  it.each([
    ['/v20190125/meshes', {}, 403, 'MissingAuthenticationTokenException'],
    ['/v20190125/meshes', { authorization: 'Bearer x' }, 403, 'IncompleteSignatureException'],
    ['/v20190125/nothing', { authorization }, 404, 'UnknownOperationException'],
    ['/v20190125/meshes/billing/virtualRouter/invoices', { authorization }, 404, 'UnknownOperationException'],
    ['/v20190125/meshes/billing/virtualNodes/%zz', { authorization }, 400, 'BadRequestException'],
  ])('%s with %j is refused', async (path, headers, status, name) => {
    const response = await ask(path, { ...headers });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, name]);
    expect(await response.json()).toEqual({ message: expect.any(String) });
  });

  it('leaves the Kubernetes API alone', async () => {
    expect((await ask('/api/v1/namespaces')).status).toBe(200);
    expect((await ask('/apis/appmesh.k8s.aws/v1beta2/meshes')).status).toBe(200);
  });
});
