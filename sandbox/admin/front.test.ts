import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownCrds } from '../crds';
import { loadScenario } from '../scenarios';
import { createFront } from './front';
import { Sandbox } from './sandbox';

const ROUTERS = '/apis/appmesh.k8s.aws/v1beta2/virtualrouters';
const ROUTER = '/apis/appmesh.k8s.aws/v1beta2/namespaces/my-apps/virtualrouters/my-service-a-virtual-router';
const SERVICE = '/apis/appmesh.k8s.aws/v1beta2/namespaces/my-apps/virtualservices/my-service-a';
/** The only event of a watch that starts too far back. */
const EXPIRED = { type: 'ERROR', object: { code: 410, reason: 'Expired' } };
let sandbox: Sandbox;
let server: Server;
let base: string;
let nowMs: number;
let chance: number;

interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  body: any;
}
async function call(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}
const turn = (knobs: object) => call('PATCH', '/_sandbox/knobs', knobs);
async function watch() {
  const { body } = await call('GET', ROUTERS);
  const version: string = body.metadata.resourceVersion;
  const response = await fetch(`${base}${ROUTERS}?watch=true&resourceVersion=${version}`);
  return { version, ended: response.text() };
}

beforeEach(async () => {
  nowMs = Date.parse('2026-01-02T03:04:05Z');
  chance = 1;
  sandbox = await Sandbox.start({
    scenario: 'tutorial',
    crds: ownCrds(),
    objects: () => loadScenario('tutorial'),
    now: () => new Date(nowMs),
  });
  server = createFront(sandbox, { host: '127.0.0.1', chance: () => chance });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server
});
afterEach(async () => {
  sandbox.simulation.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('status', () => {
  it('says what runs and that nothing is left to do', async () => {
    expect((await call('GET', '/_sandbox/status')).body).toMatchObject({
      scenario: 'tutorial',
      startedAt: '2026-01-02T03:04:05.000Z',
      settled: true,
      failing: 0,
      down: false,
      objects: { VirtualNode: 2, Pod: 4 },
      appMesh: { mesh: 1, virtualNode: 2, route: 1 },
    });
  });

  it('says that something is going on, and settle waits for its end', async () => {
    await turn({ reconcileDelayMs: 20 });
    await call(
      'PATCH',
      ROUTER,
      { spec: { listeners: [{ portMapping: { port: 81, protocol: 'http' } }] } },
      {
        'content-type': 'application/merge-patch+json',
      },
    );
    expect((await call('GET', '/_sandbox/status')).body.settled).toBe(false);
    expect(await call('POST', '/_sandbox/settle')).toMatchObject({ status: 200, body: { settled: true } });
    expect((await call('GET', ROUTER)).body.status.observedGeneration).toBe(2);
  });

  it('settle gives up after its time', async () => {
    await turn({ reconcileDelayMs: 60_000 });
    await call('DELETE', ROUTER);
    const answer = await call('POST', '/_sandbox/settle?timeoutMs=20');
    expect(answer).toMatchObject({ status: 504, body: { message: expect.stringContaining('within 20 ms') } });
  });
});

describe('knobs', () => {
  it('are told, and turned one by one', async () => {
    expect((await turn({ latencyMs: 1 })).body).toEqual((await call('GET', '/_sandbox/knobs')).body);
    expect((await turn({ errorRatio: 0.5 })).body).toMatchObject({ latencyMs: 1, errorRatio: 0.5 });
  });

  it('are left as they are by a bad one', async () => {
    expect(await turn({ latencyMs: 5, speed: 1 })).toMatchObject({
      status: 400,
      body: { reason: 'BadRequest' },
    });
    expect((await call('GET', '/_sandbox/knobs')).body.latencyMs).toBe(0);
  });

  it('errorRatio fails its share of the API and nothing else', async () => {
    await turn({ errorRatio: 0.25 });
    chance = 0.24;
    expect(await call('GET', ROUTERS)).toMatchObject({ status: 500, body: { kind: 'Status' } });
    expect((await call('GET', '/_sandbox/status')).status).toBe(200);
    chance = 0.25;
    expect((await call('GET', ROUTERS)).status).toBe(200);
  });

  it('refusedWrites lets an object be read and rehearsed, and not written', async () => {
    const [plural, name] = ROUTER.split('/').slice(-2);
    const namespace = ROUTER.split('/').at(-3);
    await turn({ refusedWrites: [`${plural}/${namespace}/${name}`] });
    expect((await call('GET', ROUTER)).status).toBe(200);
    expect((await call('DELETE', `${ROUTER}?dryRun=All`)).status).toBe(200);
    expect(await call('DELETE', ROUTER)).toMatchObject({ status: 500, body: { reason: 'InternalError' } });
    expect((await call('GET', ROUTER)).status).toBe(200);
  });

  it('throttled asks every client to come back in a second', async () => {
    await turn({ throttled: true });
    const { status, headers, body } = await call('GET', ROUTERS);
    expect([status, headers.get('retry-after'), body.reason]).toEqual([429, '1', 'TooManyRequests']);
  });

  it('apiDown breaks open watches and new connections until it is turned back', async () => {
    const { ended } = await watch();
    const broken = expect(ended).rejects.toThrow();
    expect((await turn({ apiDown: true })).status).toBe(200);
    await broken;
    await expect(call('GET', ROUTERS)).rejects.toThrow();
    await turn({ apiDown: false });
    expect((await call('GET', ROUTERS)).status).toBe(200);
  });
});

it('watch-cut ends open watches in good order and says how many', async () => {
  const { ended } = await watch();
  expect((await call('POST', '/_sandbox/watch-cut')).body).toEqual({ ended: 1 });
  expect(await ended).toBe('');
});

it('expire makes earlier versions too old to go on from', async () => {
  const { body } = await call('GET', ROUTERS);
  await call('POST', '/_sandbox/expire');
  const again = `${ROUTERS}?watch=true&resourceVersion=${body.metadata.resourceVersion}`;
  expect(await call('GET', again)).toMatchObject({ body: EXPIRED });
});

it('restart is away for a while and comes back with the same objects', async () => {
  const before = (await call('GET', ROUTER)).body;
  const { ended } = await watch();
  const broken = expect(ended).rejects.toThrow();
  expect((await call('POST', '/_sandbox/restart?downMs=5000')).body).toEqual({ downMs: 5000 });
  await broken;
  nowMs += 4_999;
  await expect(call('GET', ROUTER)).rejects.toThrow();
  expect((await call('GET', '/_sandbox/status')).body.down).toBe(true);
  nowMs += 1;
  expect((await call('GET', ROUTER)).body).toEqual(before);
});

it('reset brings scenario and knobs back, and has every client read everything anew', async () => {
  const { version, ended } = await watch();
  await turn({ reconcileDelayMs: 0, latencyMs: 1 });
  await call('DELETE', SERVICE);
  await call('POST', '/_sandbox/settle');
  expect((await call('GET', SERVICE)).status).toBe(404);
  expect((await call('POST', '/_sandbox/reset')).body).toMatchObject({ settled: true });
  await ended;
  expect((await call('GET', SERVICE)).body.status.observedGeneration).toBe(1);
  expect((await call('GET', '/_sandbox/knobs')).body).toMatchObject({ reconcileDelayMs: 300, latencyMs: 0 });
  expect((await call('GET', `${ROUTERS}?watch=true&resourceVersion=${version}`)).body).toMatchObject(EXPIRED);
});

describe('strangers', () => {
  it('are told what there is', async () => {
    expect(await call('GET', '/_sandbox/wat')).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('there are status, knobs, watch-cut') },
    });
    expect((await call('GET', '/_sandbox/reset')).status).toBe(405);
  });

  it('from another web page are turned away', async () => {
    const answer = await call('POST', '/_sandbox/reset', undefined, { origin: 'http://evil.example' });
    expect(answer.status).toBe(403);
  });
});
