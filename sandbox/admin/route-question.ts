/** `/_sandbox/route`: which routes some requests would take. */
import type { ControlPlane } from '../appmesh/control-plane';
import { StatusError } from '../kube/types';
import { routeFor, sentOn, type Arrival, type Sent } from '../traffic/routing';

interface Answer {
  /** Name of the route or gateway route; null where there is none for the request. */
  route: string | null;
  /** Set for gateways: the request as the service gets it. */
  sent?: Sent;
}

const bad = (message: string) => new StatusError(400, 'BadRequest', message);

const isRecord = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** What is left out of a request is as in `GET http://any.example/`. */
function arrivalFrom(given: unknown): Arrival {
  if (!isRecord(given)) throw bad('A request is an object, such as {"path": "/cart"}.');
  const text = (name: string, otherwise: string): string => {
    const found = given[name] ?? otherwise;
    if (typeof found !== 'string') throw bad(`${name} of a request must be a text.`);
    return found;
  };
  const { port, headers = [] } = given;
  if (port !== undefined && typeof port !== 'number') throw bad('port of a request must be a number.');
  const isPair = (pair: unknown): pair is [string, string] =>
    Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === 'string');
  if (!Array.isArray(headers) || !headers.every(isPair))
    throw bad('headers of a request must be a list of pairs, such as [["x-beta", "yes"]].');
  const protocol = text('protocol', 'http');
  if (protocol !== 'http' && protocol !== 'http2' && protocol !== 'grpc' && protocol !== 'tcp')
    throw bad('protocol of a request must be http, http2, grpc or tcp.');
  const path = text('path', '/');
  if (!path.startsWith('/')) throw bad('path of a request must begin with /.');
  return {
    protocol,
    port,
    method: text('method', protocol === 'grpc' ? 'POST' : 'GET'),
    scheme: text('scheme', 'http'),
    host: text('host', 'any.example'),
    path,
    headers,
  };
}

/** Answers in the order of the requests. Throws StatusError for a question that cannot be read. */
export function routesOf(api: ControlPlane, body: string): { answers: Answer[] } {
  const question = parsed(body);
  const { mesh, router, gateway, requests } = question;
  const name = router ?? gateway;
  if (typeof mesh !== 'string' || typeof name !== 'string' || !Array.isArray(requests))
    throw bad(
      'Send the AWS names of a mesh and of a router or gateway, and requests: {"mesh": "shop", "router": "web_shop", "requests": [{"path": "/"}]}.',
    );
  const kind = router === undefined ? 'virtualGateway' : 'virtualRouter';
  const owner = api.describe({ kind, mesh, name });
  if (!owner) throw new StatusError(404, 'NotFound', `The mesh ${mesh} has no ${kind} ${name}.`);
  const routes = api.list(kind === 'virtualRouter' ? 'route' : 'gatewayRoute', mesh, name);
  return {
    answers: requests.map(arrivalFrom).map((arrival): Answer => {
      const route = routeFor(owner, routes, arrival);
      return {
        route: route?.id.name ?? null,
        ...(route && kind === 'virtualGateway' && { sent: sentOn(route, arrival) }),
      };
    }),
  };
}

function parsed(body: string): Record<string, unknown> {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw bad('The body is not JSON.');
  }
  if (!isRecord(given)) throw bad('Send an object.');
  return given;
}
