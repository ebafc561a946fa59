/** For the tests of this folder: a declared mesh, and the same as an App Mesh API holds it. */
import { entityKey } from '../keys';
import { mesh } from '../fixtures';
import type { Entity, MeshModel, Taken, Target } from '../model';
import { awsNameOf } from './names';
import { withTargets } from './references';

const takenOf = (path: string): Taken => ({
  uid: `api-${path}`,
  arn: `arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/${path}`,
  version: 1,
});

function heldTarget<T extends Target>(target: T, kind: string, of: MeshModel): T {
  const awsName = awsNameOf(target, of) ?? target.name;
  const { arn: _, ...rest } = target;
  const key = entityKey(kind as Entity['kind'], '', awsName); // kinds of references are kinds of entities
  // The rest of T is as it was; only what every target has is replaced.
  return { ...rest, key, namespace: '', name: awsName, awsName, resolution: 'ok' } as unknown as T;
}

/** An entity as the API holds it: AWS names for keys and references. */
function held(entity: Entity, of: MeshModel): Entity {
  const gateway = entity.kind === 'gatewayRoute' ? `${awsNameOf(entity.gateway, of) ?? ''}/` : '';
  const path = `${gateway}${entity.awsName}`;
  const taken = takenOf(`${entity.kind}/${path}`);
  const named = withTargets(entity, (target, kind) => heldTarget(target, kind, of));
  return {
    ...named,
    key: entityKey(entity.kind, '', path),
    ref: { ...entity.ref, namespace: '', name: entity.awsName, uid: taken.uid, arn: taken.arn },
    acceptance: 'accepted',
    taken,
    ...(named.kind === 'router'
      ? { routes: named.routes.map((route) => ({ ...route, taken: takenOf(`route/${path}/${route.name}`) })) }
      : {}),
  };
}

/** What an API holds when all of `declared` was taken. */
export function heldModel(declared: MeshModel, more: Partial<MeshModel> = {}): MeshModel {
  const entities: MeshModel['entities'] = new Map();
  for (const entity of declared.entities.values()) {
    if (entity.kind === 'backendGroup') continue;
    const twin = held(entity, declared);
    entities.set(twin.key, twin);
  }
  return { mesh: mesh({ taken: takenOf('') }), entities, malformed: [], ...more };
}
