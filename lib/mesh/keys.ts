/** Entity keys: one branded string per thing in a mesh, built only here. */

/** `unresolved` stands for what a reference names and nobody holds: missing objects, foreign ARNs, external hosts. */
export type EntityKind =
  | 'mesh'
  | 'gateway'
  | 'gatewayRoute'
  | 'service'
  | 'router'
  | 'node'
  | 'backendGroup'
  | 'unresolved'
  | SurroundingKind;

/** What a mesh stands on and does not hold: hosts by their DNS name, Services of Kubernetes, and whatever runs pods. */
type SurroundingKind = 'host' | 'kubeService' | 'workload';

/** `kind:namespace/name`; cluster-scoped things have an empty namespace. Stable across refresh, reconnect and re-creation. */
export type EntityKey = string & { readonly brand: 'EntityKey' };

/** Builds the key of an entity. `namespace` is '' for cluster-scoped things. */
export function entityKey(kind: EntityKind, namespace: string, name: string): EntityKey {
  // The one place where a plain string becomes a key.
  return `${kind}:${namespace}/${name}` as EntityKey;
}

export const meshKey = (name: string): EntityKey => entityKey('mesh', '', name);
export const gatewayKey = (namespace: string, name: string): EntityKey =>
  entityKey('gateway', namespace, name);
export const gatewayRouteKey = (namespace: string, name: string): EntityKey =>
  entityKey('gatewayRoute', namespace, name);
export const serviceKey = (namespace: string, name: string): EntityKey =>
  entityKey('service', namespace, name);
export const routerKey = (namespace: string, name: string): EntityKey => entityKey('router', namespace, name);
export const nodeKey = (namespace: string, name: string): EntityKey => entityKey('node', namespace, name);
export const backendGroupKey = (namespace: string, name: string): EntityKey =>
  entityKey('backendGroup', namespace, name);

const KINDS: readonly string[] = [
  'mesh',
  'gateway',
  'gatewayRoute',
  'service',
  'router',
  'node',
  'backendGroup',
  'unresolved',
  'host',
  'kubeService',
  'workload',
];

/** Takes a key apart; `undefined` when the text is no key (a hand-edited URL, for example). */
export function parseEntityKey(
  text: string,
): { kind: EntityKind; namespace: string; name: string } | undefined {
  const match = /^([A-Za-z]+):([^/]*)\/(.+)$/s.exec(text);
  const [, kind, namespace, name] = match ?? [];
  if (kind === undefined || namespace === undefined || name === undefined || !KINDS.includes(kind))
    return undefined;
  return { kind: kind as EntityKind, namespace, name }; // membership in KINDS was just checked
}
