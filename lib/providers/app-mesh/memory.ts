/**
 * What one building of the models leaves for the next: most changes concern one object, and an entity whose object and
 * surroundings are the same need not be made again.
 */
import type { EntityKey } from '@/lib/mesh/keys';
import type { Entity, MeshModel, ReconcileProblem } from '@/lib/mesh/model';
import type { Member } from './build-models';
import type { Context } from './entities';
import type { Directory } from './references';
import type { RawObject, World } from './resources';

export interface Memory {
  world: World;
  /** By kind, in the order in which kinds are read. */
  members: readonly (readonly Member[])[];
  context: Context;
  /** By the key of their mesh. */
  models: ReadonlyMap<EntityKey, MeshModel>;
}

/** By the models that were made; they are what a caller hands back. */
const memories = new WeakMap<readonly MeshModel[], Memory>();

export const recall = (models: readonly MeshModel[]): Memory | undefined => memories.get(models);
export const remember = (models: readonly MeshModel[], memory: Memory): void =>
  void memories.set(models, memory);

/** A function of lists of objects that is asked again and again with the same ones: its last answer is kept. */
export function once<T>(
  plurals: readonly string[],
  make: (world: World) => T,
): (world: World, before: World | undefined, known: T | undefined) => T {
  return (world, before, known) =>
    before !== undefined && known !== undefined && plurals.every((plural) => world[plural] === before[plural])
      ? known
      : make(world);
}

const sameStanding = (a: Member | undefined, b: Member): boolean =>
  a !== undefined &&
  (a.raw === b.raw ||
    (a.key === b.key &&
      a.belongs === b.belongs &&
      a.mesh?.key === b.mesh?.key &&
      a.parsed.ok === b.parsed.ok &&
      awsNameOf(a) === awsNameOf(b)));

const awsNameOf = ({ parsed }: Member) => (parsed.ok ? parsed.cr.spec.awsName : undefined);

const sameKinds = (a: World, b: World): boolean =>
  Object.keys(b).every((plural) => plural in a) && Object.keys(a).every((plural) => plural in b);

/** The directory of before, where every member is still where it was and of the same name. */
export function keptDirectory(
  memory: Memory | undefined,
  world: World,
  members: readonly (readonly Member[])[],
): Directory | undefined {
  // Who belongs where also depends on the meshes and on the labels of namespaces.
  const settled =
    memory !== undefined &&
    memory.world['meshes'] === world['meshes'] &&
    memory.world['namespaces'] === world['namespaces'] &&
    // What is missing is only known of kinds that were read.
    sameKinds(memory.world, world) &&
    members.every((list, kind) => {
      const before = memory.members[kind];
      return (
        before === list ||
        (before?.length === list.length && list.every((member, i) => sameStanding(before[i], member)))
      );
    });
  return settled ? memory.context.directory : undefined;
}

const sameProblem = (uid: string, a: Context, b: Context): boolean => {
  const problem = (context: Context): ReconcileProblem | undefined => context.reports.problems.get(uid);
  return problem(a) === problem(b);
};

/** Finds entities that need not be made again, among those of `memory`, in the present surroundings. */
export function reuse(
  memory: Memory | undefined,
  context: Context,
  members: readonly (readonly Member[])[],
): (member: Member) => Entity | undefined {
  if (memory === undefined || memory.context.directory !== context.directory) return () => undefined;
  // Lists that are the same hold the same objects.
  const before = new Set<RawObject>();
  const steady = new Set<Member['kind']>();
  memory.members.forEach((list, place) => {
    const [first] = list;
    if (first && list === members[place]) steady.add(first.kind);
    else for (const { raw } of list) before.add(raw);
  });
  const problemsSame = memory.context.reports.problems === context.reports.problems;
  const workloadsSame =
    memory.context.pods === context.pods && memory.context.services.names === context.services.names;
  const groupsSame =
    memory.context.members === context.members && memory.context.groupsFlag === context.groupsFlag;
  return ({ raw, key, kind, mesh }) => {
    if (!steady.has(kind) && !before.has(raw)) return undefined;
    if (!problemsSame && !sameProblem(raw.metadata.uid, memory.context, context)) return undefined;
    // Whose routers they are can be read from the nodes behind them.
    if (kind === 'router' && memory.context.rolledOut !== context.rolledOut) return undefined;
    if (kind === 'gateway' && !workloadsSame) return undefined;
    // A service tells whether its host name leads anywhere.
    if (kind === 'service' && memory.context.services.names !== context.services.names) return undefined;
    // A node lists the services of its backend groups.
    if (kind === 'node' && !(workloadsSame && groupsSame)) return undefined;
    return mesh && memory.models.get(mesh.key)?.entities.get(key);
  };
}
