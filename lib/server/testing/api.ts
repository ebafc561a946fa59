/** The App Mesh API of a sandbox: as a source of a console, and as somebody else changes it. */
import { z } from 'zod';
import type { AppMeshSpec } from '../app-mesh-spec';

/** The sandbox's API as a source; it takes any key. */
export const sandboxApi = (url: string, name = 'api'): AppMeshSpec => ({
  region: 'us-west-2',
  endpoint: url,
  name,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** One call of the API as the AWS CLI would make it. Throws for anything but success. */
export async function callApi(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/v20190125/${path}`, {
    method,
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261101/us-west-2/appmesh/aws4_request, SignedHeaders=host, Signature=0',
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : z.unknown().parse(JSON.parse(text));
}

const dns = (hostname: string) => ({
  listeners: [{ portMapping: { port: 8080, protocol: 'http' } }],
  serviceDiscovery: { dns: { hostname } },
});
const target = (virtualNode: string, weight: number) => ({ virtualNode, weight });

/** The spec of the route `invoices` with these weights for v1 and v2. */
export const invoicesSpec = (v1: number, v2: number) => ({
  httpRoute: {
    match: { prefix: '/' },
    action: { weightedTargets: [target('invoices-v1', v1), target('invoices-v2', v2)] },
    timeout: { perRequest: { unit: 's', value: 5 } },
  },
});

/** A mesh `ecs` that no cluster knows: one service, its router with a route 80/20, two nodes. */
export async function createEcsMesh(url: string): Promise<void> {
  const put = (path: string, body: unknown) => callApi(url, 'PUT', path, body);
  await put('meshes', { meshName: 'ecs', spec: { egressFilter: { type: 'DROP_ALL' } } });
  for (const name of ['invoices-v1', 'invoices-v2'])
    await put('meshes/ecs/virtualNodes', { virtualNodeName: name, spec: dns(`${name}.example.com`) });
  await put('meshes/ecs/virtualRouters', {
    virtualRouterName: 'invoices',
    spec: { listeners: [{ portMapping: { port: 8080, protocol: 'http' } }] },
  });
  await put('meshes/ecs/virtualRouter/invoices/routes', { routeName: 'all', spec: invoicesSpec(80, 20) });
  await put('meshes/ecs/virtualServices', {
    virtualServiceName: 'invoices.example.com',
    spec: { provider: { virtualRouter: { virtualRouterName: 'invoices' } } },
  });
}

/** Somebody else's UpdateRoute. */
export const updateInvoices = (url: string, v1: number, v2: number) =>
  callApi(url, 'PUT', 'meshes/ecs/virtualRouter/invoices/routes/all', { spec: invoicesSpec(v1, v2) });
