/** Entities by their names on the AWS side, which is what two sources have in common. */
import { parseEntityKey } from '../keys';
import type { EntityKey } from '../keys';
import type { Entity, Malformed, MeshModel, Target } from '../model';

/** What tells a thing apart within a mesh: kind, AWS name, and the gateway of a gateway route. */
export type AwsIndex = string & { readonly brand: 'AwsIndex' };

// The one place where a plain string becomes an index.
const indexOf = (kind: string, awsName: string, parent = '') => `${kind}|${parent}|${awsName}` as AwsIndex;

/** Index of what a reference of this kind names. */
export const indexOfName = (named: 'gateway' | 'service' | 'router' | 'node', awsName: string): AwsIndex =>
  indexOf(named, awsName);

/** Entities come again unchanged with every joining; their index is made once. */
const indices = new WeakMap<Entity, AwsIndex>();

/** `undefined` for what has no counterpart on the AWS side, or where the gateway of a gateway route cannot be told. */
export function indexOfEntity(entity: Entity, model: MeshModel): AwsIndex | undefined {
  if (entity.kind === 'backendGroup') return undefined;
  if (entity.kind !== 'gatewayRoute') {
    const known = indices.get(entity) ?? indexOf(entity.kind, entity.awsName);
    indices.set(entity, known);
    return known;
  }
  const gateway = awsNameOf(entity.gateway, model);
  return gateway === undefined ? undefined : indexOf('gatewayRoute', entity.awsName, gateway);
}

export function indexOfMalformed({ key, ref, awsName }: Malformed): AwsIndex | undefined {
  const kind = parseEntityKey(key)?.kind;
  // A route is no entity, and the gateway of a gateway route is in what cannot be read.
  if (awsName === undefined || kind === undefined || kind === 'gatewayRoute' || ref.kind === 'Route')
    return undefined;
  return indexOf(kind, awsName);
}

/** The AWS name of what a reference leads to; `undefined` where that cannot be told from here. */
export function awsNameOf(target: Target, model: MeshModel): string | undefined {
  if (target.awsName !== undefined) return target.awsName;
  if (target.arn !== undefined) return target.arnUnfit === true ? undefined : target.name;
  if (target.resolution === 'unset') return undefined;
  return model.entities.get(target.key)?.awsName;
}

/** Keys of a model's things by index; the first of a name counts. */
export function keysByIndex(model: MeshModel): Map<AwsIndex, EntityKey> {
  const keys = new Map<AwsIndex, EntityKey>();
  const add = (index: AwsIndex | undefined, key: EntityKey) => {
    if (index !== undefined && !keys.has(index)) keys.set(index, key);
  };
  for (const entity of model.entities.values()) add(indexOfEntity(entity, model), entity.key);
  for (const malformed of model.malformed) add(indexOfMalformed(malformed), malformed.key);
  return keys;
}
