/**
 * Names of App Mesh proxies in X-Ray: `<mesh>/<awsName>`, of a shared mesh `<mesh>@<owner's account>/<awsName>`. Envoy takes
 * them from its resource name; gateways and nodes look the same.
 */
import type { ProxyName } from '@/lib/mesh/telemetry/measured';
import type { Scope } from './types';

export interface NameParts {
  mesh: string;
  owner?: string | undefined;
  awsName: string;
}

/** Takes a segment's or service's name apart; `undefined` where it is none of a proxy. */
export function proxyNameParts(name: string): NameParts | undefined {
  const slash = name.indexOf('/');
  if (slash <= 0 || slash === name.length - 1) return undefined;
  const [mesh = '', owner] = name.slice(0, slash).split('@');
  return { mesh, ...(owner === undefined ? {} : { owner }), awsName: name.slice(slash + 1) };
}

/** Whether the name is of the scope's mesh. A name without an owner, or a scope without one, is taken for the same mesh. */
export const isOfMesh = (parts: NameParts, { mesh, owner }: Scope): boolean =>
  parts.mesh === mesh && (parts.owner === undefined || owner === undefined || parts.owner === owner);

/**
 * The proxy of the scope that bears a name; `undefined` where none does. A node and a gateway of one name cannot be told apart:
 * it is taken for the node.
 */
export function createProxyFinder(scope: Scope): (name: string) => ProxyName | undefined {
  const byName = new Map<string, ProxyName>();
  for (const proxy of scope.proxies)
    if (proxy.kind === 'node' || !byName.has(proxy.awsName)) byName.set(proxy.awsName, proxy);
  return (name) => {
    const parts = proxyNameParts(name);
    return parts && isOfMesh(parts, scope) ? byName.get(parts.awsName) : undefined;
  };
}

/** Names under which a proxy may be known to X-Ray, the likelier first. */
export const namesOf = ({ mesh, owner }: Scope, awsName: string): string[] =>
  owner === undefined ? [`${mesh}/${awsName}`] : [`${mesh}@${owner}/${awsName}`, `${mesh}/${awsName}`];

/** What is one proxy in X-Ray, as text that X-Ray takes for a filter expression. */
export const serviceSelector = (name: string): string => `service("${name}")`;
export const edgeSelector = (from: string, to: string): string => `edge("${from}", "${to}")`;
