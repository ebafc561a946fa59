import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nodeKey } from '@/lib/mesh/keys';
import { openConsole } from './console';
import { callApi, sandboxApi } from './testing/api';
import { ask, startRig, until, type Rig } from './testing/rig';

const MESH = '/api/v1/sources/sandbox/meshes/my-mesh';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('tutorial', {}, (sandbox) => Promise.resolve({ appMesh: [sandboxApi(sandbox.url)] }));
  await until(rig.console, () => rig.console.sources[1]?.hub.model('my-mesh') !== undefined);
}, 60_000);
afterAll(() => rig.stop());

const findings = () => rig.console.sources[0]?.hub.picture('my-mesh')?.answer.findings ?? [];
const mesh = () => rig.console.sources[0]?.hub.model('my-mesh')?.mesh;
const retry = () => rig.console.sources.forEach((source) => source.retryNow());

const described = z.looseObject({
  spec: z.looseObject({
    httpRoute: z.looseObject({
      action: z.looseObject({ weightedTargets: z.array(z.looseObject({ weight: z.number() })) }),
    }),
  }),
});

describe('a mesh that a cluster and an App Mesh API know', () => {
  it('tells where what was taken is not what is declared', async () => {
    const route =
      'meshes/my-mesh/virtualRouter/my-service-a-virtual-router_my-apps/routes/my-service-a-route';
    const { spec } = described.parse(await callApi(rig.sandbox.url, 'GET', route));
    const { httpRoute } = spec;
    const [first] = httpRoute.action.weightedTargets;
    const action = { weightedTargets: [{ ...first, weight: 77 }] };
    await callApi(rig.sandbox.url, 'PUT', route, { spec: { ...spec, httpRoute: { ...httpRoute, action } } });
    retry();
    await until(rig.console, () => findings().some(({ code }) => code === 'MD510'));
    expect(findings().find(({ code }) => code === 'MD510')).toMatchObject({
      subject: 'router:my-apps/my-service-a-virtual-router',
    });
  });

  it('shows what only the API knows as part of the one mesh', async () => {
    await callApi(rig.sandbox.url, 'PUT', 'meshes/my-mesh/virtualNodes', {
      virtualNodeName: 'on-ecs',
      spec: { serviceDiscovery: { dns: { hostname: 'on-ecs.example.com' } } },
    });
    retry();
    const { hub } = rig.console.sources[0] ?? {};
    await until(rig.console, () => hub?.model('my-mesh')?.entities.has(nodeKey('', 'on-ecs')) === true);
    const { body } = await rig.ask('GET', `${MESH}/topology`);
    expect(body.nodes.find(({ key }: { key: string }) => key === 'node:/on-ecs')).toMatchObject({
      origin: 'api',
    });
  });

  it('is frozen while nobody answers at the API, which is said with its name, and live again after', async () => {
    const readAt = rig.console.sources[1]?.state().currentAsOf;
    await rig.sandbox.request('PATCH', '/_sandbox/knobs', { appMeshApi: 'down' });
    retry();
    await until(rig.console, () => mesh()?.controlPlane === 'frozen');
    expect(mesh()?.controlPlaneSaidBy).toBe('api');
    expect(rig.console.sources[0]?.state().phase).toBe('live');
    // Said once: not again for each object that is not taken.
    expect(findings().some(({ code }) => code === 'MD510')).toBe(false);
    const { body } = await rig.ask('GET', `${MESH}/topology`);
    expect(body.parts).toMatchObject([
      { phase: 'live' },
      { source: 'api', problem: { code: 'E501' }, currentAsOf: readAt },
    ]);
    await rig.sandbox.request('PATCH', '/_sandbox/knobs', { appMeshApi: 'up' });
    retry();
    await until(rig.console, () => rig.console.sources[1]?.state().phase === 'live');
    await until(
      rig.console,
      () => mesh()?.controlPlane !== 'frozen' && mesh()?.controlPlaneSaidBy === undefined,
    );
  });
});

/** An address at which every request is answered so. */
async function listen(answer: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server
  return { url: `http://127.0.0.1:${port}`, server };
}

it('of several sources of which one is down, one forbidden and one slow, the others are shown within 2 s and these named', async () => {
  const closed = await listen(() => undefined);
  closed.server.close();
  const forbidden = await listen((_, answer) => {
    answer.writeHead(403, { 'x-amzn-errortype': 'ForbiddenException' }).end('{"message":"not you"}');
  });
  const slow = await listen(() => undefined);
  const startedAt = performance.now();
  const console = openConsole({
    ...rig.console.config,
    appMesh: [
      sandboxApi(closed.url, 'down'),
      sandboxApi(forbidden.url, 'forbidden'),
      sandboxApi(slow.url, 'slow'),
    ],
  });
  const part = (id: string) => console.sources[0]?.parts('my-mesh').find(({ source }) => source === id);
  await until(console, () => part('forbidden')?.phase === 'failed' && part('down')?.problem !== undefined);
  const { status, body } = await ask(console, 'GET', `${MESH}/topology`);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(status).toBe(200);
  expect(body.nodes.length).toBeGreaterThan(2);
  expect(body.parts).toMatchObject([
    { source: 'sandbox', phase: 'live' },
    { source: 'down', phase: 'failed', problem: { code: 'E501' } },
    { source: 'forbidden', phase: 'failed', problem: { code: 'E202', detail: 'ListMeshes: not you' } },
    { source: 'slow', phase: 'connecting' },
  ]);
  console.stop();
  for (const { server } of [forbidden, slow]) {
    server.close();
    server.closeAllConnections();
  }
});
