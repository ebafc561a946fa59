/** A served cluster for each test of a file, and how to ask it. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import { ownCrds } from '../../crds';
import type { InProcessCluster } from '../cluster';
import { createCluster } from '../cluster';
import { createApiServer } from '../server';

export const MAPS = '/api/v1/namespaces/default/configmaps';
export const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** The cluster and the server of the running test. */
export let cluster: InProcessCluster;
export let server: Server;
let base: string;

export async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(base + path, {
    method,
    headers,
    ...(text === undefined ? {} : { body: text }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

export const patch = (path: string, sort: string, body: unknown, headers: Record<string, string> = {}) =>
  call('PATCH', path, body, { 'content-type': `application/${sort}`, ...headers });

export const map = (name: string, labels: object = {}) => ({ metadata: { name, labels }, data: { a: '1' } });

/** The events of a watch, one after the other; `undefined` at its end. */
export async function events(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(base + path, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      while (!text.includes('\n')) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) return undefined;
        text += value;
      }
      const line = text.slice(0, text.indexOf('\n'));
      text = text.slice(line.length + 1);
      return JSON.parse(line);
    },
    end: () => reader?.cancel(),
  };
}

/** Starts a cluster with the namespace `default` and the ConfigMap `one` before each test, and ends it after. */
export function serveEachTest(): void {
  beforeEach(async () => {
    cluster = createCluster({ crds: ownCrds() });
    server = createApiServer(cluster);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server
    await call('POST', '/api/v1/namespaces', { metadata: { name: 'default' } });
    await call('POST', MAPS, map('one', { batch: 'x' }));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
}
