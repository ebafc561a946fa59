/** An HTTP server for tests that answers as it is told, in the forms of AWS's JSON APIs. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  /** Without the version of the API: `/meshes/shop/virtualNodes`. */
  path: string;
  query: URLSearchParams;
  body: string;
  /** `ListMetrics`, of an API that names the operation in a header. */
  operation: string;
}

export type Reply =
  | { status?: number; body?: unknown; errorType?: string; text?: string }
  /** No answer at all; the connection ends without one. */
  | 'hang'
  | 'reset';

export interface ScriptedApi {
  url: string;
  asked: Asked[];
  /** What is answered from now on. */
  answer: (asked: Asked) => Reply | Promise<Reply>;
  stop(): Promise<void>;
}

export const APP_MESH_PREFIX = '/v20190125';

/** `prefix`: what all paths of the API begin with. */
export async function startScriptedApi(answer: ScriptedApi['answer'], prefix: string): Promise<ScriptedApi> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const url = new URL(request.url ?? '/', 'http://api');
      const asked: Asked = {
        method: request.method ?? '',
        path: decodeURIComponent(url.pathname.slice(prefix.length)),
        query: url.searchParams,
        body: Buffer.concat(chunks).toString('utf8'),
        operation:
          String(request.headers['x-amz-target'] ?? '')
            .split('.')
            .at(-1) ?? '',
      };
      api.asked.push(asked);
      const reply = await api.answer(asked);
      if (reply === 'hang') return;
      if (reply === 'reset') {
        request.socket.destroy();
        return;
      }
      const { status = 200, body = {}, errorType, text } = reply;
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
      });
      response.end(text ?? JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  const api: ScriptedApi = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    answer,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return api;
}

/** A refusal in the API's form. */
export const refuse = (status: number, errorType: string, message = 'no'): Reply => ({
  status,
  errorType,
  body: { message },
});

const ACCOUNT = '123456789012';

export interface Held {
  version: number;
  spec: unknown;
}

const NAME_FIELDS: Record<string, string> = {
  virtualNodes: 'virtualNodeName',
  virtualRouters: 'virtualRouterName',
  virtualServices: 'virtualServiceName',
  virtualGateways: 'virtualGatewayName',
  routes: 'routeName',
  gatewayRoutes: 'gatewayRouteName',
};

/** A world by path (`virtualNodes/cart`, `virtualRouter/cart/routes/all`), all in one mesh `shop`, in pages of `pageSize`. */
export function holding(world: Map<string, Held>, pageSize = 2) {
  const metadata = (path: string, version: number) => ({
    arn: `arn:aws:appmesh:eu-west-1:${ACCOUNT}:mesh/shop${path === '' ? '' : `/${path}`}`,
    uid: `uid-${path}`,
    version,
    createdAt: 1_700_000_000.5,
    lastUpdatedAt: 1_700_000_000 + version,
    meshOwner: ACCOUNT,
    resourceOwner: ACCOUNT,
  });
  return ({ path, query }: Pick<Asked, 'path' | 'query'>): Reply => {
    if (path === '/meshes') return { body: { meshes: [{ meshName: 'shop', ...metadata('', 1) }] } };
    if (path === '/meshes/shop')
      return {
        body: { meshName: 'shop', spec: {}, metadata: metadata('', 1), status: { status: 'ACTIVE' } },
      };
    const within = path.replace('/meshes/shop/', '');
    const kind = within.split('/').at(-1) ?? '';
    const held = world.get(within);
    if (held)
      return {
        body: { spec: held.spec, metadata: metadata(within, held.version), status: { status: 'ACTIVE' } },
      };
    const nameField = NAME_FIELDS[kind];
    if (nameField === undefined) return refuse(404, 'NotFoundException', `no ${within}`);
    const all = [...world].filter(
      ([key]) => key.startsWith(`${within}/`) && !key.slice(within.length + 1).includes('/'),
    );
    const from = Number(query.get('nextToken') ?? 0);
    const items = all.slice(from, from + pageSize).map(([key, { version }]) => ({
      [nameField]: key.slice(within.length + 1),
      ...metadata(key, version),
    }));
    const next = from + pageSize < all.length ? { nextToken: String(from + pageSize) } : {};
    return { body: { [kind]: items, ...next } };
  };
}
