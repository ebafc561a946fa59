/** From a request to its answer: host and origin, route, handler, headers, metrics; and nothing ever thrown outwards. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { ApiRoute, Outcome } from './call';
import type { MeshConsole } from './console';
import { checkOrigin } from './origin';
import { fail, problemResponse } from './problem';
import { ROUTES } from './routes';

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** Parameters of a path under a template; `undefined` where it does not fit or is badly encoded. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const text = given[i] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== text) return undefined;
      continue;
    }
    try {
      params[name] = decodeURIComponent(text);
    } catch {
      return undefined;
    }
    if (params[name] === '') return undefined;
  }
  return params;
}

function findRoute(method: string, path: string) {
  const onPath = ROUTES.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  const wanted = method === 'HEAD' ? 'GET' : method;
  return {
    found: onPath.find(({ route }) => route.method === wanted),
    allowed: onPath.map((m) => m.route.method),
  };
}

function respond(outcome: Outcome, path: string): Response {
  if (!outcome.ok) return problemResponse(outcome, path);
  if ('response' in outcome) return outcome.response;
  return Response.json(outcome.json);
}

function notFound(method: string, path: string, allowed: readonly ApiRoute['method'][]): Response {
  const elsewhere = allowed.length > 0;
  const response = problemResponse(
    fail('E305', { values: { method, path }, status: elsewhere ? 405 : 404 }),
    path,
  );
  if (elsewhere) response.headers.set('allow', allowed.join(', '));
  return response;
}

async function run(meshConsole: MeshConsole, request: Request, path: string): Promise<[Response, string]> {
  const refused = checkOrigin(request, meshConsole.config.host);
  if (refused !== undefined) return [problemResponse(refused, path), 'refused'];
  const { found, allowed } = findRoute(request.method, path);
  if (found === undefined) return [notFound(request.method, path, allowed), 'unknown'];
  try {
    const outcome = await found.route.handle({ console: meshConsole, request, params: found.params });
    return [respond(outcome, path), found.route.path];
  } catch (error) {
    const id = randomUUID().slice(0, 8);
    meshConsole.log.error({ err: error, id, method: request.method, path }, 'unexpected');
    return [problemResponse(fail('E599', { values: { id } }), path), found.route.path];
  }
}

/** The head of an answer. Nobody reads the body of one to HEAD, so a stream would stay open for ever. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  const { status, headers } = response;
  return new Response(null, { status, headers });
}

/** Answers a request to `/api/…`. */
export async function dispatch(meshConsole: MeshConsole, request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  const [response, template] = await run(meshConsole, request, path);
  for (const [name, text] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, text);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  meshConsole.metrics.request(request.method, template, response.status);
  return request.method === 'HEAD' ? withoutBody(response) : response;
}
