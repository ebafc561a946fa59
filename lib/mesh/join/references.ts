/** The references of an entity, changed one by one. */
import type { Entity, Target } from '../model';

/** What the field of a reference may name. */
export type Named = 'gateway' | 'service' | 'router' | 'node';

/** The entity with each of its references as `change` gives it. Groups and their members live in the cluster alone and are left as they are. */
export function withTargets(
  entity: Entity,
  change: <T extends Target>(target: T, named: Named) => T,
): Entity {
  switch (entity.kind) {
    case 'gatewayRoute':
      return {
        ...entity,
        gateway: change(entity.gateway, 'gateway'),
        target: change(entity.target, 'service'),
      };
    case 'service': {
      const { kind, target } = entity.provider;
      return kind === 'none' || target === undefined
        ? entity
        : { ...entity, provider: { kind, target: change(target, kind) } };
    }
    case 'router':
      return {
        ...entity,
        routes: entity.routes.map((route) => ({
          ...route,
          targets: route.targets.map((target) => change(target, 'node')),
        })),
      };
    case 'node':
      return { ...entity, backends: entity.backends.map((backend) => change(backend, 'service')) };
    case 'gateway':
    case 'backendGroup':
      return entity;
  }
}
