import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownCrds } from '../crds';
import type { InProcessCluster } from './cluster';
import { createCluster } from './cluster';
import { createApiServer } from './server';

const ROUTERS = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters';
const JSON_PATCH = { 'content-type': 'application/json-patch+json' };

let cluster: InProcessCluster;
let server: Server;
let base: string;

const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(base + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: text }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
};
const weight = (amount: number) => ({
  routes: [
    {
      name: 'all',
      tcpRoute: { action: { weightedTargets: [{ virtualNodeRef: { name: 'v1' }, weight: amount }] } },
    },
  ],
});
const PATH = '/spec/routes/0/tcpRoute/action/weightedTargets/0/weight';

beforeEach(async () => {
  cluster = createCluster({ crds: ownCrds() });
  server = createApiServer(cluster);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server
  await call('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
  await call('POST', ROUTERS, { metadata: { name: 'cart' }, spec: weight(1) });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('the Kubernetes API over HTTP', () => {
  it('is discovered', async () => {
    const { body } = await call('GET', '/apis/appmesh.k8s.aws/v1beta2');
    expect(body.resources.map((r: { name: string }) => r.name)).toContain('virtualrouters/status');
    expect((await call('GET', '/apis')).body.groups.map((g: { name: string }) => g.name)).toContain('apps');
  });

  it('serves kubectl an OpenAPI document it can read', async () => {
    const response = await fetch(`${base}/openapi/v2`);
    expect(response.headers.get('content-type')).toBe(
      'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    );
    expect([...new Uint8Array(await response.arrayBuffer())].slice(0, 5)).toEqual([10, 3, 50, 46, 48]);
  });

  it('patches with tests, and a failed one changes nothing', async () => {
    const change = (from: number, to: number) =>
      call('PATCH', `${ROUTERS}/cart`, [{ op: 'test', path: PATH, value: from }, { op: 'replace', path: PATH, value: to }], JSON_PATCH); // prettier-ignore
    expect(await change(1, 90)).toMatchObject({ status: 200, body: { metadata: { generation: 2 } } });
    expect(await change(1, 50)).toMatchObject({ status: 422, body: { kind: 'Status', reason: 'Invalid' } });
    expect(await change(90, 101)).toMatchObject({
      status: 422,
      body: { details: { causes: [{ reason: 'FieldValueInvalid' }] } },
    });
    expect((await call('GET', `${ROUTERS}/cart`)).body.spec).toEqual(weight(90));
  });

  it('answers a dry run with the result and stores nothing', async () => {
    const patch = [{ op: 'replace', path: PATH, value: 7 }];
    const { body } = await call('PATCH', `${ROUTERS}/cart?dryRun=All`, patch, JSON_PATCH);
    expect(body.spec).toEqual(weight(7));
    expect((await call('GET', `${ROUTERS}/cart`)).body.spec).toEqual(weight(1));
  });

  it('refuses a stale version, a body it cannot read, one that is too large and an unknown path', async () => {
    const { body: seen } = await call('GET', `${ROUTERS}/cart`);
    await call('PUT', `${ROUTERS}/cart`, { ...seen, spec: weight(2) });
    expect(await call('PUT', `${ROUTERS}/cart`, { ...seen, spec: weight(3) })).toMatchObject({ status: 409 });
    expect(await call('POST', ROUTERS, '{"metadata": ')).toMatchObject({ status: 400 });
    expect(await call('POST', ROUTERS, ' '.repeat(3 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
    expect(await call('GET', '/apis/none.example/v1/things')).toMatchObject({ status: 404 });
  });

  it('lists in pages and expires a page that is too old', async () => {
    await call('POST', ROUTERS, { metadata: { name: 'pay' }, spec: weight(1) });
    const first = await call('GET', `${ROUTERS}?limit=1`);
    expect(first.body).toMatchObject({ kind: 'VirtualRouterList', items: [{ metadata: { name: 'cart' } }] });
    const next = `${ROUTERS}?limit=1&continue=${first.body.metadata.continue}`;
    expect((await call('GET', next)).body.items).toMatchObject([{ metadata: { name: 'pay' } }]);
    cluster.store.compact();
    expect(await call('GET', next)).toMatchObject({ status: 410, body: { reason: 'Expired' } });
  });

  it('prints a table with the columns of the CRD', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const { body } = await call('GET', ROUTERS, undefined, { accept });
    expect(body.columnDefinitions.map((c: { name: string }) => c.name)).toEqual(['Name', 'ARN', 'AGE']);
    expect(body.rows).toMatchObject([{ cells: ['cart', '', expect.stringMatching(/^\d+s$/)] }]);
  });

  it('watches from a version on', async () => {
    const { body } = await call('GET', ROUTERS);
    const response = await fetch(
      `${base}${ROUTERS}?watch=true&resourceVersion=${body.metadata.resourceVersion}`,
    );
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await call('PATCH', `${ROUTERS}/cart`, [{ op: 'replace', path: PATH, value: 5 }], JSON_PATCH);
    const { value } = (await reader?.read()) ?? {};
    expect(JSON.parse(String(value))).toMatchObject({ type: 'MODIFIED', object: { spec: weight(5) } });
    await reader?.cancel();
  });

  it('says that a watch starts too far back', async () => {
    const { body } = await call('GET', ROUTERS);
    cluster.store.compact();
    const stale = `${ROUTERS}?watch=true&resourceVersion=${body.metadata.resourceVersion}`;
    const gone = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } };
    expect(await call('GET', stale)).toMatchObject({ status: 200, body: gone });
  });
});
