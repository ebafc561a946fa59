/** The HTTP face of the sandbox: the Kubernetes API with its faults, and `/_sandbox` beside it without any. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { apiListener, readBody, refuse, send } from '../kube/server';
import { StatusError } from '../kube/types';
import { pause } from '../loop/work-queue';
import { refusalOf } from './faults';
import { turnedAway } from './guard';
import { handleAdmin } from './routes';
import type { Sandbox } from './sandbox';

export interface FrontOptions {
  /** Address the server listens on. */
  host: string;
  /** A number from 0 to 1 for each request. */
  chance?: () => number;
}

const isAdmin = (url: string) => /^\/_sandbox(\/|\?|$)/.test(url);

/** A server over the sandbox, not listening yet. */
export function createFront(sandbox: Sandbox, { host, chance = Math.random }: FrontOptions): Server {
  const watches = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  /** Sockets with an admin request under way, which survive what it asks for. */
  const spared = new Set<Socket>();
  const api = apiListener(() => sandbox.cluster, watches);

  async function serveApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await pause(sandbox.isDown ? 0 : sandbox.knobs.latencyMs);
    if (sandbox.isDown) return void request.socket.destroy();
    const refusal = refusalOf(sandbox.knobs, chance());
    if (!refusal) return api(request, response);
    if (refusal.code === 429) response.setHeader('retry-after', '1');
    refuse(response, refusal);
  }

  async function serveAdmin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket, method = 'GET' } = request;
    spared.add(socket);
    response.once('close', () => spared.delete(socket));
    try {
      const url = new URL(request.url ?? '/', 'http://sandbox');
      const body = await readBody(request);
      send(
        response,
        200,
        await handleAdmin(sandbox, { method, path: url.pathname, query: url.searchParams, body }),
      );
    } catch (error) {
      refuse(response, error);
    }
  }

  const server = createServer((request, response) => {
    const admin = isAdmin(request.url ?? '');
    const reason = turnedAway(request, { listensOn: host, admin });
    if (reason !== undefined) refuse(response, new StatusError(403, 'Forbidden', reason));
    else void (admin ? serveAdmin(request, response) : serveApi(request, response));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  sandbox.connect({
    openWatches: () => watches.size,
    endWatches: () => {
      for (const response of watches) response.end();
    },
    drop: () => {
      for (const socket of sockets) if (!spared.has(socket)) socket.destroy();
    },
  });
  return server;
}
