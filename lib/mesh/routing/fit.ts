/** Requests that a route takes: made up where it asks for something, for a start and to see what is missing. */
import type { GatewayRoute, Listener, MatchCondition, Protocol, Route } from '../model';
import { look, rangeOf } from './conditions';
import { seen } from './request';
import type { RouteRequest } from './request';

/** A request without anything particular. */
export const plainRequest = (protocol: Protocol, port?: number): RouteRequest => ({
  protocol,
  port,
  method: protocol === 'grpc' ? 'POST' : 'GET',
  scheme: 'http',
  host: '',
  path: protocol === 'grpc' ? '/Service/Method' : '/',
  headers: [],
});

/**
 * The request changed in as few places as it takes to meet all that a route asks for; `undefined` where it cannot be made up: a
 * regular expression that it does not fit already, or things that contradict each other.
 */
export function fitted(
  route: Route | GatewayRoute,
  request: RouteRequest,
  listeners: readonly Listener[],
): RouteRequest | undefined {
  if (route.protocol === 'unknown') return undefined;
  const own = listeners.filter(({ protocol }) => protocol === route.protocol);
  if (listeners.length > 0 && own.length === 0) return undefined;
  const same = request.protocol === route.protocol;
  const fitting = own.some(({ port }) => port === request.port) || (same && request.port === undefined);
  let changed: RouteRequest = {
    ...(same ? request : plainRequest(route.protocol)),
    port: fitting ? request.port : listeners.length > 1 ? own[0]?.port : undefined,
  };
  const gateway = 'kind' in route;
  for (const condition of route.match) {
    if (look(condition, seen(changed, gateway)).met) continue;
    const next = withCondition(condition, changed);
    if (!next) return undefined;
    changed = next;
  }
  return route.match.every((condition) => look(condition, seen(changed, gateway)).met) ? changed : undefined;
}

/** A text that a condition takes, or with `negated` one that it does not. `undefined` for regular expressions. */
function sample({ operator, operand = '', negated }: MatchCondition): string | undefined {
  if (operator === 'regex') return undefined;
  if (operator === 'range') {
    const range = rangeOf(operand);
    return range && String(negated ? range.end : range.start);
  }
  if (operator === 'present') return '1';
  return negated ? `not-${operand}-` : operand;
}

function withCondition(condition: MatchCondition, request: RouteRequest): RouteRequest | undefined {
  const text = sample(condition);
  const { on, name = '', operator, operand = '', negated } = condition;
  if (on === 'port') return { ...request, port: Number(operand) };
  if (text === undefined) return undefined;
  switch (on) {
    case 'prefix':
    case 'path':
      return { ...request, path: text + queryOf(request.path) };
    case 'service': {
      const [service = '', method = ''] = text.split('/');
      const [, called = '', calledMethod = ''] = request.path.split('/');
      return { ...request, path: `/${service || called || 'Service'}/${method || calledMethod || 'Method'}` };
    }
    case 'method':
      return { ...request, method: text };
    case 'scheme':
      return { ...request, scheme: text === 'https' ? 'https' : 'http' };
    case 'hostname':
      return {
        ...request,
        host: operator === 'suffix' ? `www${text.startsWith('.') ? '' : '.'}${text}` : text,
      };
    case 'header':
    case 'metadata': {
      const others = request.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
      const gone = operator === 'present' && negated === true;
      return { ...request, headers: gone ? others : [...others, [name, text]] };
    }
    case 'query':
      return { ...request, path: withParameter(request.path, name, text) };
  }
}

const queryOf = (path: string) => /\?[^#]*/.exec(path)?.[0] ?? '';

function withParameter(path: string, name: string, content: string): string {
  const [, plain = '', search = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(path) ?? [];
  const others = search.split('&').filter((pair) => pair !== '' && pair.split('=')[0] !== name);
  return `${plain}?${[...others, `${name}=${content}`].join('&')}`;
}
