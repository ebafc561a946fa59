import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { routerKey } from '@/lib/mesh/keys';
import type { AuditLine } from '../log';
import { callApi, createEcsMesh, invoicesSpec, sandboxApi, updateInvoices } from '../testing/api';
import { startRig, until, type Rig } from '../testing/rig';

const API = '/api/v1/sources/api';
const ROUTER = routerKey('', 'invoices');
const WEIGHTS = `${API}/routers/_/invoices/routes/all/weights`;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('tutorial', {}, async (sandbox) => {
    await createEcsMesh(sandbox.url);
    return { appMesh: [sandboxApi(sandbox.url)] };
  });
  await until(rig.console, () => rig.console.sources[1]?.hub.model('ecs') !== undefined);
  await until(rig.console, () => rig.console.sources[1]?.state().phase === 'live');
}, 60_000);
afterAll(() => rig.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer of the API, looked into field by field
const routeNow = async (): Promise<any> =>
  callApi(rig.sandbox.url, 'GET', 'meshes/ecs/virtualRouter/invoices/routes/all');
const weights = (v1: number, v2: number) => [
  { node: '/invoices-v1', weight: v1 },
  { node: '/invoices-v2', weight: v2 },
];
const seen = async () => {
  const { metadata, spec } = await routeNow();
  const [v1, v2] = spec.httpRoute.action.weightedTargets;
  return {
    uid: metadata.uid,
    resourceVersion: String(metadata.version),
    targets: weights(v1.weight, v2.weight),
  };
};

describe('a mesh that only an App Mesh API knows', () => {
  it('is listed with the region and address of its source', async () => {
    const { body } = await rig.ask('GET', '/api/v1/sources');
    expect(body.sources[1]).toMatchObject({
      id: 'api',
      kind: 'appmesh',
      region: 'us-west-2',
      server: rig.sandbox.url,
      state: { phase: 'live' },
    });
    const { meshes } = (await rig.ask('GET', `${API}/meshes`)).body;
    const ecs = meshes.find(({ name }: { name: string }) => name === 'ecs');
    expect(ecs).toMatchObject({ controlPlane: 'live', counts: { node: 2, router: 1, service: 1 } });
    expect(ecs.joined).toBeUndefined();
  });

  it('is one with the mesh of a cluster where both know it', async () => {
    const { meshes } = (await rig.ask('GET', `${API}/meshes`)).body;
    const mine = meshes.find(({ name }: { name: string }) => name === 'my-mesh');
    expect(mine.joined).toEqual({ source: 'sandbox', mesh: 'my-mesh' });
    const { body } = await rig.ask('GET', '/api/v1/sources/sandbox/meshes/my-mesh/topology');
    expect(body.parts).toMatchObject([
      { source: 'sandbox', kind: 'kubernetes', phase: 'live' },
      { source: 'api', kind: 'appmesh', phase: 'live' },
    ]);
  });

  it('is drawn like any other', async () => {
    const { body } = await rig.ask('GET', `${API}/meshes/ecs/topology`);
    expect(body.nodes.map(({ key }: { key: string }) => key).sort()).toEqual([
      'node:/invoices-v1',
      'node:/invoices-v2',
      'router:/invoices',
      'service:/invoices.example.com',
    ]);
    expect(body.edges).toHaveLength(3);
    expect(body.parts).toMatchObject([{ source: 'api', phase: 'live' }]);
  });

  it('shows its objects as the API describes them', async () => {
    const { body } = await rig.ask('GET', `${API}/objects/router/_/invoices?mesh=ecs`);
    expect(body.yaml).toContain('virtualRouterName: invoices');
    expect(body.yaml).toContain('routeName: all');
    expect((await rig.ask('GET', `${API}/objects/router/_/nobody`)).body.code).toBe('E303');
    expect((await rig.ask('GET', `${API}/access?namespace=`)).body).toEqual({ access: [] });
  });
});

describe('weights of a route of the API', () => {
  it('are rehearsed without being written', async () => {
    const before = await routeNow();
    const { status, body } = await rig.ask('PATCH', WEIGHTS, { targets: weights(60, 40), dryRun: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'dryRun', before: weights(80, 20), after: weights(60, 40) });
    expect(body.yaml.after).toBe(
      body.yaml.before.replace('weight: 80', 'weight: 60').replace('weight: 20', 'weight: 40'),
    );
    expect(body.kubectl).toMatch(/^aws appmesh update-route --region 'us-west-2' --endpoint-url /);
    expect(body.callers).toEqual(['service:/invoices.example.com']);
    expect(await routeNow()).toEqual(before);
  });

  it('are written with nothing else changed, seen at once, and audited with the id of the change', async () => {
    const lines: AuditLine[] = [];
    const spy = vi.spyOn(rig.console.log, 'info').mockImplementation((...[entry]: unknown[]) => {
      const { audit } = Object(entry) as { audit?: AuditLine }; // what `audit` hands to the log
      if (audit) lines.push(audit);
    });
    const expected = await seen();
    const { body } = await rig.ask('PATCH', WEIGHTS, {
      targets: weights(70, 30),
      expected,
      reason: 'canary',
    });
    expect(body).toMatchObject({ outcome: 'applied', router: { uid: expected.uid, resourceVersion: '2' } });
    expect((await routeNow()).spec).toEqual(invoicesSpec(70, 30));
    const shown = () => {
      const router = rig.console.sources[1]?.hub.model('ecs')?.entities.get(ROUTER);
      return router?.kind === 'router' ? router.routes[0]?.targets.map(({ weight }) => weight) : undefined;
    };
    await until(rig.console, () => shown()?.[0] === 70);

    const undone = await rig.ask('PATCH', WEIGHTS, {
      targets: weights(80, 20),
      expected: await seen(),
      undo: body.historyId,
    });
    expect(undone.body.outcome).toBe('applied');
    expect((await routeNow()).spec).toEqual(invoicesSpec(80, 20));
    expect(lines).toMatchObject([
      { action: 'weights', source: 'api', outcome: 'applied', historyId: body.historyId, reason: 'canary' },
      { action: 'undo', outcome: 'applied', undoOf: body.historyId },
    ]);
    spy.mockRestore();
  });

  it('are refused where somebody changed them since they were seen', async () => {
    const expected = await seen();
    await updateInvoices(rig.sandbox.url, 50, 50);
    const { status, body } = await rig.ask('PATCH', WEIGHTS, { targets: weights(90, 10), expected });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'E409',
      conflict: { base: weights(80, 20), theirs: weights(50, 50), mine: weights(90, 10) },
    });
    expect((await routeNow()).spec).toEqual(invoicesSpec(50, 50));
    await updateInvoices(rig.sandbox.url, 80, 20);
  });

  it('that were written over somebody’s at the same time are no success', async () => {
    const source = rig.console.sources[1];
    if (source?.kind !== 'appmesh') throw new Error('the second source is the API');
    const { api } = source;
    const update = api.updateRoute.bind(api);
    const racing = vi.spyOn(api, 'updateRoute').mockImplementation(async (...args) => {
      await updateInvoices(rig.sandbox.url, 10, 90);
      return update(...args);
    });
    const { status, body } = await rig.ask('PATCH', WEIGHTS, {
      targets: weights(70, 30),
      expected: await seen(),
    });
    racing.mockRestore();
    expect(status).toBe(409);
    expect(body.code).toBe('E406');
    expect(body.values.written).toBe(body.values.seen + 2);
  });

  it.each([
    ['that total more than 100', { targets: weights(90, 20) }, 'E401'],
    ['of other targets', { targets: [{ node: '/invoices-v1', weight: 100 }] }, 'E402'],
    ['to be undone without what is to be undone', { targets: weights(80, 20), undo: 'x' }, 'E404'],
  ])('%s are refused', async (_, body, code) => {
    const before = await routeNow();
    expect((await rig.ask('PATCH', WEIGHTS, body)).body.code).toBe(code);
    expect(await routeNow()).toEqual(before);
  });

  it('of a router or route that is not there are refused', async () => {
    const body = { targets: weights(50, 50) };
    const nobody = await rig.ask('PATCH', WEIGHTS.replace('invoices', 'nobody'), body);
    expect(nobody.body.code).toBe('E303');
    expect((await rig.ask('PATCH', WEIGHTS.replace('/all/', '/none/'), body)).body.code).toBe('E304');
    const namespaced = await rig.ask('PATCH', WEIGHTS.replace('/_/', '/shop/'), body);
    expect(namespaced.body.code).toBe('E303');
  });
});
