/** A sandbox behind HTTP and the AWS SDK's client for it, for tests. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { AppMesh, type HttpRoute } from '@aws-sdk/client-app-mesh';
import { afterAll, beforeAll, expect } from 'vitest';
import { createFront } from '../../../admin/front';
import { Sandbox } from '../../../admin/sandbox';
import { ownCrds } from '../../../crds';
import type { KubeObject } from '../../../kube/types';

export interface AppMeshBench {
  sandbox: Sandbox;
  url: string;
  /** With a method for each operation. Tries nothing twice. */
  api: AppMesh;
  /** What decides about the next requests where chance does. */
  chance: number;
  stop(): Promise<void>;
}

/** Starts a sandbox with nothing but these objects on a free port. */
export async function startAppMesh(objects: () => KubeObject[] = () => []): Promise<AppMeshBench> {
  const sandbox = await Sandbox.start({ scenario: 'test', crds: ownCrds(), objects });
  const bench = { chance: 1 };
  const server = createFront(sandbox, { host: '127.0.0.1', chance: () => bench.chance });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server
  const api = new AppMesh({
    endpoint: url,
    region: 'us-west-2',
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    maxAttempts: 1,
  });
  return Object.assign(bench, {
    sandbox,
    url,
    api,
    async stop() {
      api.destroy();
      sandbox.simulation.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

export const meshName = 'billing';
export const virtualRouterName = 'invoices';

async function fillBilling({ api }: AppMeshBench): Promise<void> {
  await api.createMesh({ meshName });
  for (const virtualNodeName of ['v1', 'v2'])
    await api.createVirtualNode({ meshName, virtualNodeName, spec: node(virtualNodeName) });
  await api.createVirtualRouter({
    meshName,
    virtualRouterName,
    spec: { listeners: [{ portMapping: { port: 8080, protocol: 'http' } }] },
  });
}

/** Starts one bench for all tests of a file, whose mesh has the nodes `v1` and `v2` and a router, and stops it after them. */
export function billingBench(): Omit<AppMeshBench, 'stop'> {
  let bench: AppMeshBench;
  beforeAll(async () => {
    bench = await startAppMesh();
    await fillBilling(bench);
  });
  afterAll(() => bench.stop());
  return {
    get sandbox() {
      return bench.sandbox;
    },
    get url() {
      return bench.url;
    },
    get api() {
      return bench.api;
    },
    get chance() {
      return bench.chance;
    },
    set chance(next) {
      bench.chance = next;
    },
  };
}

export const node = (hostname: string) => ({
  listeners: [{ portMapping: { port: 8080, protocol: 'http' as const } }],
  serviceDiscovery: { dns: { hostname } },
});

export const to = (weights: Record<string, number>): HttpRoute => ({
  match: { prefix: '/' },
  action: {
    weightedTargets: Object.entries(weights).map(([virtualNode, weight]) => ({ virtualNode, weight })),
  },
});

interface Failure {
  name: string;
  message: string;
  $metadata: { httpStatusCode?: number };
}

/** The name, status and text of the error a call ends with. */
export const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    ({ name, message, $metadata }: Failure) => ({ name, message, status: $metadata.httpStatusCode }),
  );

export const refused = (name: string, status: number, message = /./) => ({
  name,
  status,
  message: expect.stringMatching(message),
});
