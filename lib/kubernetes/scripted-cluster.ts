/** A cluster for tests: an HTTP server that answers lists and watches as it is told, one answer for each request. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from './connect';
import type { ClusterClient } from './connect';

/** One request that arrived, and how to answer it. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: string;
  /** Answers with a status and JSON. */
  json(content: unknown, status?: number, headers?: Record<string, string>): void;
  /** Begins an answer and sends these lines, each as JSON unless it is text already; the answer stays open. */
  lines(...lines: unknown[]): void;
  /** Ends the answer in order. */
  end(): void;
  /** Ends the connection in the middle. */
  cut(): void;
  /** Resolves once the connection is over. */
  closed: Promise<void>;
}

export interface ScriptedCluster {
  cluster: ClusterClient;
  url: string;
  /** The next request, in the order they came. */
  next(): Promise<Asked>;
  /** Requests that came and were not taken. */
  waiting(): number;
  stop(): Promise<void>;
}

/** A kubeconfig for a server, in a folder that `remove` deletes. */
function kubeconfigFor(server: string): { path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'meshdeck-test-'));
  const path = join(folder, 'config');
  const named = (more: object) => [{ name: 'c', ...more }];
  writeFileSync(
    path,
    JSON.stringify({
      'current-context': 'c',
      clusters: named({ cluster: { server, 'insecure-skip-tls-verify': true } }),
      users: named({ user: {} }),
      contexts: named({ context: { cluster: 'c', user: 'c' } }),
    }),
  );
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}

async function askedOf(request: IncomingMessage, response: ServerResponse): Promise<Asked> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  const url = new URL(request.url ?? '/', 'http://cluster');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body,
    json: (content, status = 200, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof content === 'string' ? content : JSON.stringify(content));
    },
    lines: (...lines) => {
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      for (const line of lines) response.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    },
    end: () => response.end(),
    cut: () => response.socket?.destroy(),
    closed: new Promise((resolve) => response.once('close', resolve)),
  };
}

/** Starts a cluster that answers nothing by itself. */
export async function startScriptedCluster(basePath = ''): Promise<ScriptedCluster> {
  const come: Asked[] = [];
  const awaiting: ((asked: Asked) => void)[] = [];
  const server = createServer((request, response) => {
    void askedOf(request, response).then((asked) => {
      const taker = awaiting.shift();
      if (taker) taker(asked);
      else come.push(asked);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}${basePath}`;
  const kubeconfig = kubeconfigFor(url);
  const connected = connect({ kubeconfig: kubeconfig.path });
  if (!connected.ok) throw new Error(connected.problem);
  return {
    cluster: connected.cluster,
    url,
    next: () => {
      const first = come.shift();
      return first ? Promise.resolve(first) : new Promise((resolve) => awaiting.push(resolve));
    },
    waiting: () => come.length,
    stop: async () => {
      kubeconfig.remove();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
