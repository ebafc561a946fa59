/** What the routes of an object ask for: offered while a request is typed. Pure. */
import type { GatewayRoute, MatchCondition, Route } from '@/lib/mesh/model';

export interface Suggestions {
  paths: string[];
  hosts: string[];
  services: string[];
  calls: string[];
  /** Names of headers or metadata as they are written, with the contents that are asked for. */
  headers: Map<string, string[]>;
  /** Whether any route looks at the host or at the scheme. */
  looksAt: { host: boolean; scheme: boolean };
}

const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort();

export function suggestionsOf(routes: readonly (Route | GatewayRoute)[]): Suggestions {
  const all = routes.flatMap(({ match }) => match);
  const texts = (takes: (condition: MatchCondition) => boolean) =>
    all.filter(takes).map(({ operand }) => operand ?? '');
  const calls = texts(({ on }) => on === 'service').map((text) => text.split('/'));
  const headers = new Map<string, string[]>();
  for (const { on, name = '', operator, operand } of all) {
    if (on !== 'header' && on !== 'metadata') continue;
    const contents = headers.get(name) ?? [];
    if (operand !== undefined && operator !== 'regex' && operator !== 'range') contents.push(operand);
    headers.set(name, contents);
  }
  return {
    paths: sorted(texts(({ on, operator }) => on === 'prefix' || (on === 'path' && operator === 'exact'))),
    hosts: sorted(texts(({ on, operator }) => on === 'hostname' && operator === 'exact')),
    services: sorted(calls.flatMap(([service]) => service || [])),
    calls: sorted(calls.flatMap(([, call]) => call || [])),
    headers,
    looksAt: {
      host: all.some(({ on }) => on === 'hostname'),
      scheme: all.some(({ on }) => on === 'scheme'),
    },
  };
}
