import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type MeshConsole } from './console';
import { ask, SOURCE, startRig, until, type Rig } from './testing/rig';

const WEIGHTS = `${SOURCE}/routers/my-apps/my-service-a-virtual-router/routes/my-service-a-route/weights`;
const ROUTER = '/apis/appmesh.k8s.aws/v1beta2/namespaces/my-apps/virtualrouters/my-service-a-virtual-router';
const BODY = { targets: [{ node: 'my-apps/my-service-a', weight: 80 }] };

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('tutorial');
}, 60_000);
afterAll(() => rig.stop());

/** A console whose connection to the cluster breaks where `breaks` says so: before the request arrives or after, or then with a status. */
async function behindProxy(breaks: (method: string, url: string) => 'before' | 'after' | number | undefined) {
  const target = new URL(rig.sandbox.url);
  const server = createServer((incoming, outgoing) => {
    const where = breaks(incoming.method ?? '', incoming.url ?? '');
    if (where === 'before') return void incoming.socket.destroy();
    const { method, url, headers } = incoming;
    const onward = forward(
      { host: target.hostname, port: target.port, method, path: url, headers, agent: false },
      (answer) => {
        if (where === 'after') {
          answer.resume();
          return void answer.on('end', () => incoming.socket.destroy());
        }
        if (typeof where === 'number') {
          answer.resume();
          return void answer.on('end', () => outgoing.writeHead(where).end('upstream trouble'));
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server
  const kubeconfig = `${rig.sandbox.kubeconfig}.${port}`;
  const cluster = { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
  const config = {
    apiVersion: 'v1', kind: 'Config', 'current-context': 'sandbox',
    clusters: [{ name: 'sandbox', cluster }], users: [{ name: 'sandbox', user: {} }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'sandbox' } }],
  }; // prettier-ignore
  writeFileSync(kubeconfig, JSON.stringify(config));
  const console = openConsole({ ...rig.console.config, kubeconfig });
  return {
    console,
    stop: () => {
      console.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

const ready = (console: MeshConsole) => until(console, () => console.sources.every(({ hub }) => hub.ready()));
const weightNow = async () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
  const router: any = await rig.sandbox.request('GET', ROUTER);
  return router.spec.routes[0].httpRoute.action.weightedTargets[0].weight as number;
};

describe('a connection that breaks', () => {
  it('between dry run and patch: the outcome is not known, and what stands is unchanged', async () => {
    const broken = await behindProxy((method, url) =>
      method === 'PATCH' && !url.includes('dryRun') ? 'before' : undefined,
    );
    await ready(broken.console);
    const before = await weightNow();
    const answer = await ask(broken.console, 'PATCH', WEIGHTS, BODY);
    expect(['E501', 'E505']).toContain(answer.body.code);
    expect(await weightNow()).toBe(before);
    broken.stop();
  });

  it('after the patch was taken: the outcome is not known, and applying again on the same view is a conflict', async () => {
    let open = false;
    const broken = await behindProxy((method, url) =>
      !open && method === 'PATCH' && !url.includes('dryRun') ? 'after' : undefined,
    );
    await ready(broken.console);
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
    const seen: any = await rig.sandbox.request('GET', ROUTER);
    const { uid, resourceVersion } = seen.metadata;
    const body = { ...BODY, expected: { uid, resourceVersion } };
    expect((await ask(broken.console, 'PATCH', WEIGHTS, body)).body.code).toBe('E505');
    expect(await weightNow()).toBe(80);
    open = true;
    expect((await ask(broken.console, 'PATCH', WEIGHTS, body)).body.code).toBe('E409');
    broken.stop();
  });

  it.each([500, 502, 503, 504])(
    'and is answered by something in between with %i: the outcome of the patch is not known',
    async (status) => {
      const broken = await behindProxy((method, url) =>
        method === 'PATCH' && !url.includes('dryRun') ? status : undefined,
      );
      await ready(broken.console);
      const weight = status - 450;
      const targets = [{ node: 'my-apps/my-service-a', weight }];
      expect((await ask(broken.console, 'PATCH', WEIGHTS, { targets })).body.code).toBe('E505');
      expect(await weightNow()).toBe(weight);
      broken.stop();
    },
  );

  it('so within the dry run: nothing was written, and that is known', async () => {
    const broken = await behindProxy((method) => (method === 'PATCH' ? 502 : undefined));
    await ready(broken.console);
    const before = await weightNow();
    expect((await ask(broken.console, 'PATCH', WEIGHTS, BODY)).body.code).toBe('E502');
    expect(await weightNow()).toBe(before);
    broken.stop();
  });

  it('under a review of what may be done: nothing was written, and that is known', async () => {
    const broken = await behindProxy((method) => (method === 'POST' ? 'after' : undefined));
    await ready(broken.console);
    const { body } = await ask(broken.console, 'GET', `${SOURCE}/access?namespace=my-apps`);
    expect(body.code).toBe('E501');
    broken.stop();
  });

  it('before anything was read: the topology says that the cluster is not reachable', async () => {
    const broken = await behindProxy(() => 'before');
    await until(broken.console, () => broken.console.sources[0]?.state().problem !== undefined);
    const { status, body } = await ask(broken.console, 'GET', `${SOURCE}/meshes/my-mesh/topology`);
    expect(status).toBe(503);
    expect(body.code).toBe('E501');
    broken.stop();
  });
});

describe('an object whose events', () => {
  const OBJECT = `${SOURCE}/objects/router/my-apps/my-service-a-virtual-router`;
  const event = (name: string, uid: string) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: 'my-apps' },
    involvedObject: { kind: 'VirtualRouter', namespace: 'my-apps', name: 'my-service-a-virtual-router', uid },
    type: 'Normal',
    reason: 'Looked',
    message: name,
    count: 2,
    lastTimestamp: '2026-06-01T12:00:00Z',
    source: { component: 'tester' },
  });

  it('are there is shown with its own, whatever their reason, and with no other’s', async () => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
    const router: any = await rig.sandbox.request('GET', ROUTER);
    const events = '/api/v1/namespaces/my-apps/events';
    await rig.sandbox.request('POST', events, event('its-own', router.metadata.uid));
    await rig.sandbox.request('POST', events, event('of-another', 'uid-of-another'));
    const { body } = await rig.ask('GET', OBJECT);
    expect(body.events).toContainEqual({
      type: 'Normal',
      reason: 'Looked',
      message: 'its-own',
      at: '2026-06-01T12:00:00Z',
      count: 2,
      component: 'tester',
    });
    expect(JSON.stringify(body.events)).not.toContain('of-another');
  });

  it('cannot be read is shown without', async () => {
    const broken = await behindProxy((_, url) => (url.includes('involvedObject.uid') ? 'before' : undefined));
    await ready(broken.console);
    const { status, body } = await ask(broken.console, 'GET', OBJECT);
    expect(status).toBe(200);
    expect(body.yaml).toContain('kind: VirtualRouter');
    expect(body.events).toEqual([]);
    broken.stop();
  });
});

it('a read-only console changes nothing', async () => {
  const before = await weightNow();
  const readOnly = { ...rig.console, config: { ...rig.console.config, readOnly: true } };
  expect((await ask(readOnly, 'PATCH', WEIGHTS, BODY)).body.code).toBe('E201');
  expect(await weightNow()).toBe(before);
});

it('a cluster without TrafficShifts lacks nothing else, and says how to install them', async () => {
  const bare = await behindProxy((_, url) => (url.includes('meshdeck.dev') ? 404 : undefined));
  try {
    await ready(bare.console);
    await expect
      .poll(async () => (await ask(bare.console, 'GET', `${SOURCE}/shifts`)).body)
      .toMatchObject({ state: 'absent', shifts: [], install: 'kubectl apply -f deploy/crds' });
    const spec = {
      routes: [{ router: 'r', route: 'r', from: 'a', to: 'b' }],
      strategy: { canary: { steps: [{ weight: 100 }] } },
    };
    expect(
      await ask(bare.console, 'POST', `${SOURCE}/shifts`, { namespace: 'my-apps', name: 'a', spec }),
    ).toMatchObject({ status: 404, body: { code: 'E308' } });
    const parts = async () =>
      (await ask(bare.console, 'GET', `${SOURCE}/meshes/my-mesh/topology`)).body.parts;
    await expect.poll(parts).toMatchObject([{ phase: 'live' }]);
    expect((await parts())[0].what).toBeUndefined();
  } finally {
    bare.stop();
  }
});
