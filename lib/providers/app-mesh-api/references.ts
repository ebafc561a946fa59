/** What a name leads to. The API names within one mesh only, and by name only. */
import { entityKey } from '@/lib/mesh/keys';
import type { EntityKey, EntityKind } from '@/lib/mesh/keys';
import type { Target } from '@/lib/mesh/model';
import type { ApiKind, SnapshotInput } from './snapshot';

/** The model's word for what the API calls a kind; routes are part of their router. */
export const MODEL_KIND = {
  virtualGateway: 'gateway',
  gatewayRoute: 'gatewayRoute',
  virtualService: 'service',
  virtualRouter: 'router',
  virtualNode: 'node',
} as const satisfies Partial<Record<ApiKind, EntityKind>>;
export type EntityApiKind = keyof typeof MODEL_KIND;

/**
 * Key of a resource: `kind:/name`. Gateway routes of two gateways may have one name, so that theirs is
 * `gatewayRoute:/gateway/name`.
 */
export function apiKey(kind: EntityApiKind, name: string, parent?: string): EntityKey {
  return entityKey(MODEL_KIND[kind], '', kind === 'gatewayRoute' ? `${parent ?? ''}/${name}` : name);
}

/** What of a mesh is there, and what is not known to be. */
export interface Directory {
  resolve(kind: EntityApiKind, name: string): Target;
}

export function directoryOf({ resources, unread }: SnapshotInput): Directory {
  const there = new Set<EntityKey>();
  for (const { kind, name, parent } of resources) {
    if (kind !== 'route') there.add(apiKey(kind, name, parent));
    // A router whose routes were read is there, whatever else is known of it.
    else if (parent !== undefined) there.add(apiKey('virtualRouter', parent));
  }
  const unreadKinds = new Set(unread.flatMap(({ kind, name }) => (name === undefined ? [kind] : [])));
  const unreadKeys = new Set(
    unread.flatMap(({ kind, name, parent }) =>
      name === undefined || kind === 'route' ? [] : [apiKey(kind, name, parent)],
    ),
  );
  return {
    resolve(kind, name) {
      const key = apiKey(kind, name);
      const resolution = there.has(key)
        ? 'ok'
        : unreadKinds.has(kind) || unreadKeys.has(key)
          ? 'unread'
          : 'missing';
      return { key, namespace: '', name, awsName: name, resolution };
    },
  };
}
