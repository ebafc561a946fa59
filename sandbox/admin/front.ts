/** The HTTP face of the sandbox: the Kubernetes API, the App Mesh API, X-Ray and CloudWatch with their faults, and `/_sandbox` without any. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { appMeshListener, type Listener } from '../appmesh/http/listener';
import { isAppMeshPath } from '../appmesh/http/operations';
import { cloudWatchListener } from '../cloudwatch/listener';
import { isCloudWatchTarget } from '../cloudwatch/operations';
import { apiListener, readBody, refuse, send } from '../kube/server';
import { StatusError } from '../kube/types';
import { pause } from '../loop/work-queue';
import { xrayListener } from '../xray/listener';
import { isXRayPath } from '../xray/operations';
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
  /** Sockets with a request under way that is none of the Kubernetes API; they survive its faults. */
  const spared = new Set<Socket>();
  const api = apiListener(() => sandbox.cluster, watches);
  const appMesh = appMeshListener({ state: () => sandbox.simulation, knobs: () => sandbox.knobs, chance });
  const telemetry = { traffic: () => sandbox.traffic, knobs: () => sandbox.knobs, chance };
  const xray = xrayListener(telemetry);
  const cloudWatch = cloudWatchListener(telemetry);

  async function serveApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await pause(sandbox.isDown ? 0 : sandbox.knobs.latencyMs);
    if (sandbox.isDown) return void request.socket.destroy();
    const { method = 'GET', url = '/' } = request;
    const refusal = refusalOf(sandbox.knobs, chance(), { method, url });
    if (!refusal) return api(request, response);
    if (refusal.code === 429) response.setHeader('retry-after', '1');
    refuse(response, refusal);
  }

  async function serveAdmin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
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

  const spare =
    (serve: Listener): Listener =>
    (request, response) => {
      const { socket } = request;
      spared.add(socket);
      response.once('close', () => spared.delete(socket));
      return serve(request, response);
    };

  const server = createServer((request, response) => {
    const admin = isAdmin(request.url ?? '');
    const path = (request.url ?? '').split('?')[0] ?? '';
    const reason = turnedAway(request, { listensOn: host, admin });
    if (reason !== undefined) refuse(response, new StatusError(403, 'Forbidden', reason));
    else if (admin) void spare(serveAdmin)(request, response);
    else if (isAppMeshPath(request.url ?? '')) void spare(appMesh)(request, response);
    else if (isXRayPath(path)) void spare(xray)(request, response);
    else if (path === '/' && isCloudWatchTarget(request.headers['x-amz-target']))
      void spare(cloudWatch)(request, response);
    else void serveApi(request, response);
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
