/** One mesh out of two kinds of source: the cluster's objects say what was asked for, the App Mesh APIs what was taken. */
import { sameContent } from '../equal';
import type { Finding } from '../finding';
import type { EntityKey } from '../keys';
import type { Entity, Malformed, Mesh, MeshModel } from '../model';
import { differingFields, differingMeshFields } from './compare';
import { differs, notDeclared, notHeld } from './drift';
import { declaredEntity, foreignEntity } from './entities';
import { heldBy } from './held';
import type { Held } from './held';
import { Memory } from './memory';
import { indexOfEntity, indexOfMalformed, keysByIndex } from './names';
import type { AwsIndex } from './names';

export interface Joined {
  model: MeshModel;
  drift: Finding[];
}

/** One entity as it was worked out, and from what. */
interface Made {
  from: Entity;
  held: Entity | undefined;
  entity: Entity;
  /** Fields in which the two differ; worked out when first asked for. */
  fields?: readonly string[];
}

/** What a joining leaves for the next. */
interface Trace {
  memory: Memory;
  held: Held;
  own: ReadonlyMap<AwsIndex, EntityKey>;
  foreign: ReadonlyMap<AwsIndex, EntityKey>;
  made: ReadonlyMap<EntityKey, Made>;
}

const traces = new WeakMap<Joined, Trace>();

const kept = <T>(before: T | undefined, after: T): T =>
  before !== undefined && sameContent(before, after) ? before : after;

const sameMap = <K, V>(a: ReadonlyMap<K, V> | undefined, b: ReadonlyMap<K, V>): boolean => {
  if (a?.size !== b.size) return false;
  for (const [key, entry] of b) if (a.get(key) !== entry) return false;
  return true;
};

/** What only the APIs know: keys by index, without what went from the cluster after it was read. */
function foreignTo(
  own: ReadonlyMap<AwsIndex, EntityKey>,
  held: Held,
  taken: readonly MeshModel[],
  memory: Memory,
): Map<AwsIndex, EntityKey> {
  const foreign = new Map<AwsIndex, EntityKey>();
  for (const [index, { entity, at }] of held.entities)
    if (!own.has(index) && !memory.isLeftOver(index, taken[at]?.readAt)) foreign.set(index, entity.key);
  for (const [index, { key }] of held.malformed)
    if (!own.has(index) && !foreign.has(index)) foreign.set(index, key);
  return foreign;
}

/** Whether what is declared may be held against what was taken: not while the controller is at it. */
const isSettled = ({ acceptance }: Entity | Mesh) => acceptance !== 'pending' && acceptance !== 'deleting';

const earliest = (taken: readonly MeshModel[]): string | undefined =>
  taken.reduce<string | undefined>(
    (first, { readAt }) => (first === undefined || (readAt !== undefined && readAt < first) ? readAt : first),
    undefined,
  );

/** Whether a thing of the API that cannot be read has no object of the cluster in its place. */
function isForeign(entry: Malformed, foreign: ReadonlyMap<AwsIndex, EntityKey>): boolean {
  const index = indexOfMalformed(entry);
  return index !== undefined && foreign.get(index) === entry.key;
}

function joinedMesh(declared: Mesh, taken: MeshModel | undefined): Mesh {
  return {
    ...declared,
    origin: 'kubernetes',
    ...(taken?.mesh.taken === undefined ? {} : { taken: taken.mesh.taken }),
  };
}

/**
 * Joins a mesh as the cluster declares it with the same mesh as App Mesh APIs hold it. Things meet by kind and AWS name,
 * routes by router and name. What only an API knows is in the model under its own key, `origin: 'api'`; references lead
 * across. With the outcome before and the time, entities that did not change are the same objects, and nothing is concluded
 * from a reading that is older than the object. Linear in objects and references. Two clusters that hold one mesh are not
 * joined here.
 */
export function joinModels(
  declared: MeshModel,
  taken: readonly MeshModel[],
  previous?: Joined,
  now?: Date,
): Joined {
  const trace = previous && traces.get(previous);
  const before = previous?.model;
  const own = keysByIndex(declared);
  const memory = new Memory(trace?.memory, own, now);
  const held = heldBy(taken, trace?.held);
  const foreign = foreignTo(own, held, taken, memory);
  // Names lead where they led: an entity depends on nothing but its own two sides.
  const settledNames =
    sameMap(trace?.own, own) &&
    sameMap(trace?.foreign, foreign) &&
    before?.mesh.awsName === declared.mesh.awsName;
  const made = new Map<EntityKey, Made>();

  function make(key: EntityKey, from: Entity, counterpart: Entity | undefined, work: () => Entity): Made {
    const known = settledNames ? trace?.made.get(key) : undefined;
    const entry: Made =
      known?.from === from && known.held === counterpart
        ? known
        : { from, held: counterpart, entity: kept(before?.entities.get(key), work()) };
    made.set(key, entry);
    return entry;
  }

  const drift: Finding[] = [];
  const entities: MeshModel['entities'] = new Map();
  const readAt = earliest(taken);
  const notRead = new Set(taken.flatMap(({ unread = [] }) => unread));
  for (const entity of declared.entities.values()) {
    const index = indexOfEntity(entity, declared);
    const counterpart = index === undefined ? undefined : held.entities.get(index);
    const of = counterpart && taken[counterpart.at];
    const entry = make(entity.key, entity, counterpart?.entity, () =>
      declaredEntity(entity, counterpart?.entity, declared.mesh, foreign),
    );
    entities.set(entity.key, entry.entity);
    const newer = memory.isNewerThan(entity, of?.readAt ?? readAt);
    if (index === undefined || taken.length === 0 || !newer || !isSettled(entity)) continue;
    if (counterpart && of) {
      if (of.unread?.includes(entity.kind)) continue;
      entry.fields ??= differingFields({ is: entity, of: declared }, { is: counterpart.entity, of });
      if (entry.fields.length > 0)
        drift.push(differs(entity.key, entry.fields, counterpart.entity.taken?.version ?? 0));
    } else if (entity.ref.arn !== undefined && !notRead.has(entity.kind) && !held.malformed.has(index))
      drift.push(notHeld(entity));
  }

  const undeclared = new Set(declared.unread ?? []);
  for (const [index, key] of foreign) {
    const found = held.entities.get(index)?.entity;
    if (!found) continue;
    const { entity } = make(key, found, undefined, () =>
      foreignEntity(found, (named) => own.get(named) ?? foreign.get(named)),
    );
    entities.set(key, entity);
    if (!undeclared.has(found.kind)) drift.push(notDeclared(entity));
  }

  const [first] = taken;
  const meshIsRead = first?.malformed.every(({ key }) => key !== first.mesh.key);
  if (memory.isNewerThan(declared.mesh, readAt) && first && meshIsRead && isSettled(declared.mesh)) {
    const fields = differingMeshFields(declared.mesh, first.mesh);
    if (fields.length > 0) drift.unshift(differs(declared.mesh.key, fields, first.mesh.taken?.version ?? 0));
  }

  const joined: Joined = {
    model: {
      mesh: kept(before?.mesh, joinedMesh(declared.mesh, first)),
      entities,
      malformed: [
        ...declared.malformed,
        ...taken.flatMap((each) => each.malformed.filter((entry) => isForeign(entry, foreign))),
      ],
      ...(declared.unread === undefined ? {} : { unread: declared.unread }),
    },
    drift,
  };
  traces.set(joined, { memory: memory.close(), held, own, foreign, made });
  return joined;
}
