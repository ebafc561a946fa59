/** `/_sandbox/…`: what can be asked of the sandbox and done to it. */
import { StatusError } from '../kube/types';
import { trafficReport } from '../traffic/report';
import { parseKnobs, parseMilliseconds, parseSeconds } from './knobs';
import { routesOf } from './route-question';
import type { Sandbox } from './sandbox';

export interface AdminRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

interface Route {
  method: string;
  answer(sandbox: Sandbox, request: AdminRequest): object | Promise<object>;
}

const RESTART_MS = 2_000;
const SETTLE_MS = 10_000;
const TRAFFIC_S = 300;

const ROUTES: Record<string, Route[]> = {
  status: [{ method: 'GET', answer: (sandbox) => sandbox.status() }],
  knobs: [
    { method: 'GET', answer: (sandbox) => sandbox.knobs },
    { method: 'PATCH', answer: (sandbox, { body }) => sandbox.turn(parseKnobs(body)) },
  ],
  'watch-cut': [{ method: 'POST', answer: (sandbox) => ({ ended: sandbox.cutWatches() }) }],
  expire: [
    {
      method: 'POST',
      answer(sandbox) {
        sandbox.expire();
        return { oldestVersion: String(sandbox.cluster.store.current) };
      },
    },
  ],
  resync: [
    {
      method: 'POST',
      answer(sandbox) {
        sandbox.resync();
        return sandbox.status();
      },
    },
  ],
  restart: [
    {
      method: 'POST',
      answer(sandbox, { query }) {
        const downMs = parseMilliseconds(query, 'downMs', RESTART_MS);
        sandbox.restart(downMs);
        return { downMs };
      },
    },
  ],
  reset: [
    {
      method: 'POST',
      async answer(sandbox) {
        await sandbox.reset();
        return sandbox.status();
      },
    },
  ],
  settle: [{ method: 'POST', answer: settle }],
  traffic: [{ method: 'GET', answer: traffic }],
  route: [{ method: 'POST', answer: ({ simulation }, { body }) => routesOf(simulation.api, body) }],
};

/** What really happened, in the last minutes unless a time is given. */
function traffic({ traffic }: Sandbox, { query }: AdminRequest): Promise<object> {
  const to = parseSeconds(query, 'to', traffic.currentSecond);
  return trafficReport(traffic, { from: parseSeconds(query, 'from', to - TRAFFIC_S), to });
}

/** Waits until nothing is left to do, or says after a time that it is not so. */
async function settle(sandbox: Sandbox, { query }: AdminRequest): Promise<object> {
  const timeoutMs = parseMilliseconds(query, 'timeoutMs', SETTLE_MS);
  let late = false;
  const timeout = new Promise<void>((resolve) => {
    setTimeout(() => {
      late = true;
      resolve();
    }, timeoutMs).unref();
  });
  const settled = sandbox.simulation.settle(() => late).then(() => !late);
  if (await Promise.race([settled, timeout.then(() => false)])) return sandbox.status();
  throw new StatusError(504, 'Timeout', `The sandbox has not settled within ${timeoutMs} ms.`);
}

/** Answers a request below `/_sandbox`; refusals are thrown as StatusError. */
export async function handleAdmin(sandbox: Sandbox, request: AdminRequest): Promise<object> {
  const name = request.path.replace(/^\/_sandbox\/?/, '');
  const routes = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (!routes)
    throw new StatusError(
      404,
      'NotFound',
      `There is no /_sandbox/${name}; there are ${Object.keys(ROUTES).join(', ')}.`,
    );
  const route = routes.find(({ method }) => method === request.method);
  if (!route) {
    const methods = routes.map(({ method }) => method).join(' or ');
    throw new StatusError(
      405,
      'MethodNotAllowed',
      `/_sandbox/${name} takes ${methods}, not ${request.method}.`,
    );
  }
  return route.answer(sandbox, request);
}
