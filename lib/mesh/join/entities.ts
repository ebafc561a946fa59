/** One entity of the joined mesh out of what the sources say of it. */
import { parseEntityKey } from '../keys';
import type { EntityKey } from '../keys';
import type { Entity, Mesh, Target } from '../model';
import { indexOfName } from './names';
import type { AwsIndex } from './names';
import { withTargets } from './references';
import type { Named } from './references';

function arnIsOf(arn: string, mesh: Mesh): boolean {
  return /(?:^|:)mesh\/([^/@]+)/.exec(arn)?.[1] === mesh.awsName;
}

/** A declared entity with what is held of it, and its ARNs led to what only the API knows. */
export function declaredEntity(
  entity: Entity,
  held: Entity | undefined,
  mesh: Mesh,
  foreign: ReadonlyMap<AwsIndex, EntityKey>,
): Entity {
  const resolve = <T extends Target>(target: T, named: Named): T => {
    const { arn, arnUnfit, resolution } = target;
    if (arn === undefined || arnUnfit === true || resolution === 'ok' || !arnIsOf(arn, mesh)) return target;
    const key = foreign.get(indexOfName(named, target.name));
    return key === undefined ? target : { ...target, key, namespace: '', resolution: 'ok' };
  };
  const resolved: Entity = {
    ...withTargets(entity, resolve),
    origin: 'kubernetes',
    ...(held?.taken === undefined ? {} : { taken: held.taken }),
  };
  if (resolved.kind !== 'router' || held?.kind !== 'router') return resolved;
  const routes = new Map(held.routes.map((route) => [route.name, route.taken]));
  return {
    ...resolved,
    routes: resolved.routes.map((route) => ({ ...route, taken: routes.get(route.name) })),
  };
}

/** An entity of the API with its names led to wherever in the joined mesh they are. */
export function foreignEntity(entity: Entity, keyOf: (index: AwsIndex) => EntityKey | undefined): Entity {
  const resolve = <T extends Target>(target: T, named: Named): T => {
    if (target.resolution === 'unset') return target;
    const key = keyOf(indexOfName(named, target.awsName ?? target.name));
    if (key === undefined) return target;
    const { namespace = '', name = target.name } = parseEntityKey(key) ?? {};
    return { ...target, key, namespace, name, resolution: 'ok' };
  };
  return { ...withTargets(entity, resolve), origin: 'api' };
}
