/** Everything the App Mesh APIs hold of a mesh, by what two sources have in common. */
import type { Entity, Malformed, MeshModel } from '../model';
import { indexOfEntity, indexOfMalformed } from './names';
import type { AwsIndex } from './names';

interface HeldEntity {
  entity: Entity;
  /** Which of the APIs holds it. */
  at: number;
}

export interface Held {
  entities: ReadonlyMap<AwsIndex, HeldEntity>;
  malformed: ReadonlyMap<AwsIndex, Malformed>;
  /** What it was made of. */
  parts: readonly Pick<MeshModel, 'entities' | 'malformed'>[];
}

/** Where several APIs speak of one thing, the first is believed. The outcome of before, where they hold what they held. */
export function heldBy(taken: readonly MeshModel[], before: Held | undefined): Held {
  if (
    before?.parts.length === taken.length &&
    taken.every(
      (each, at) =>
        each.entities === before.parts[at]?.entities && each.malformed === before.parts[at]?.malformed,
    )
  )
    return before;
  const entities = new Map<AwsIndex, HeldEntity>();
  const malformed = new Map<AwsIndex, Malformed>();
  for (const [at, of] of taken.entries()) {
    for (const entity of of.entities.values()) {
      const index = indexOfEntity(entity, of);
      if (index !== undefined && !entities.has(index)) entities.set(index, { entity, at });
    }
    for (const each of of.malformed) {
      const index = indexOfMalformed(each);
      if (index !== undefined && !malformed.has(index)) malformed.set(index, each);
    }
  }
  return { entities, malformed, parts: taken };
}
