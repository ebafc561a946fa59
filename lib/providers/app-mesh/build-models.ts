/** From the objects of a cluster to the meshes they make. */
import { sameContent } from '@/lib/mesh/equal';
import { entityKey } from '@/lib/mesh/keys';
import type { EntityKey, EntityKind } from '@/lib/mesh/keys';
import type { Entity, Malformed, Mesh, MeshModel } from '@/lib/mesh/model';
import { reconcileProblems, refOf } from './base';
import type { Reports } from './base';
import { controlPlaneOf } from './control-plane';
import { groupsFlagOf } from './controller-flag';
import { entityOf, parseObject } from './entities';
import type { Context, Parsed } from './entities';
import { keptDirectory, once, recall, remember, reuse } from './memory';
import type { Memory } from './memory';
import { toMesh } from './mesh';
import { isRolledOut } from './ownership';
import { awsNameIndex, defaultAwsName } from './references';
import type { Directory } from './references';
import type { RawObject, World } from './resources';
import { indexPods, selects } from './workloads';
import { writersOf } from './writers';

type MemberKind = Entity['kind'];

const PLURALS: readonly [plural: string, kind: MemberKind][] = [
  ['virtualgateways', 'gateway'],
  ['gatewayroutes', 'gatewayRoute'],
  ['virtualservices', 'service'],
  ['virtualrouters', 'router'],
  ['virtualnodes', 'node'],
  ['backendgroups', 'backendGroup'],
];

export interface Member {
  raw: RawObject;
  key: EntityKey;
  kind: (typeof PLURALS)[number][1];
  parsed: Parsed;
  /** The mesh it is shown in; undefined when it belongs nowhere. */
  mesh: Mesh | undefined;
  /** Its meshRef names that mesh, uid included. */
  belongs: boolean;
}

/** meshRef as it stands, read without believing the rest of the object. */
function meshRefOf(raw: RawObject): { name: string; uid: string } | undefined {
  const spec = raw['spec'];
  if (typeof spec !== 'object' || spec === null || !('meshRef' in spec)) return undefined;
  const ref = spec.meshRef;
  if (typeof ref !== 'object' || ref === null || !('name' in ref) || !('uid' in ref)) return undefined;
  return { name: String(ref.name), uid: String(ref.uid) };
}

function namespaceLabels(world: World): Map<string, Record<string, string>> {
  return new Map((world['namespaces'] ?? []).map((each) => [each.metadata.name, each.metadata.labels ?? {}]));
}

/**
 * Membership is what `meshRef` says, name and uid. An object whose meshRef fits no mesh is shown, as malformed, in the
 * mesh of that name, else in the one whose selector takes its namespace.
 */
function collect(
  world: World,
  meshes: readonly { mesh: Mesh; raw: RawObject }[],
  memory: Memory | undefined,
): (readonly Member[])[] {
  const byName = new Map(meshes.map(({ mesh }) => [mesh.ref.name, mesh]));
  const labels = namespaceLabels(world);
  const selecting = (namespace: string) =>
    meshes.find(({ raw }) => {
      const parsed = parseObject('mesh', raw);
      const selector = parsed.ok && parsed.kind === 'mesh' ? parsed.cr.spec.namespaceSelector : undefined;
      return selector ? selects(selector, labels.get(namespace) ?? {}) : false;
    })?.mesh;
  // Who belongs where also depends on the meshes and on the labels of namespaces.
  const settled =
    memory?.world['meshes'] === world['meshes'] && memory?.world['namespaces'] === world['namespaces'];
  return PLURALS.map(([plural, kind], place) => {
    const known = settled && memory?.world[plural] === world[plural] ? memory?.members[place] : undefined;
    if (known) return known;
    return (world[plural] ?? []).map((raw): Member => {
      const namespace = raw.metadata.namespace ?? '';
      const ref = meshRefOf(raw);
      const named = ref === undefined ? undefined : byName.get(ref.name);
      const belongs = named !== undefined && named.ref.uid === ref?.uid;
      return {
        raw,
        key: entityKey(kind, namespace, raw.metadata.name),
        kind,
        parsed: parseObject(kind, raw),
        mesh: named ?? selecting(namespace),
        belongs,
      };
    });
  });
}

function directoryOf(
  members: readonly (readonly Member[])[],
  world: World,
  onlyNamespaces: readonly string[] | undefined,
): Directory {
  const kinds = new Set<EntityKind>(PLURALS.flatMap(([plural, kind]) => (world[plural] ? [kind] : [])));
  const directory: Directory = {
    meshOf: new Map(),
    byAwsName: new Map(),
    isRead: (kind, namespace) =>
      kinds.has(kind) && (namespace === undefined || (onlyNamespaces?.includes(namespace) ?? true)),
  };
  for (const { key, kind, mesh, belongs, parsed, raw } of members.flat()) {
    directory.meshOf.set(key, belongs ? mesh?.key : undefined);
    if (!mesh || !belongs || !parsed.ok) continue;
    const { name, namespace = '' } = raw.metadata;
    const awsName = parsed.cr.spec.awsName ?? defaultAwsName(kind, namespace, name);
    directory.byAwsName.set(awsNameIndex(mesh.key, kind, awsName), key);
  }
  return directory;
}

/** The AWS name of an object, also of one that cannot be read. */
function awsNameOf({ raw, kind }: Member): string {
  const spec = raw['spec'];
  const { name, namespace = '' } = raw.metadata;
  const given = typeof spec === 'object' && spec !== null && 'awsName' in spec ? spec.awsName : undefined;
  return typeof given === 'string' && given !== '' ? given : defaultAwsName(kind, namespace, name);
}

function malformedOf(member: Member): Malformed | undefined {
  const { raw, key, parsed, belongs } = member;
  if (parsed.ok && belongs) return undefined;
  const problems = [
    ...(parsed.ok ? [] : parsed.problems),
    ...(belongs ? [] : [{ path: 'spec.meshRef', message: 'names no mesh of this cluster by name and uid' }]),
  ];
  return {
    key,
    kind: 'malformed',
    ref: refOf(raw),
    awsName: awsNameOf(member),
    problems,
    writtenBy: writersOf(raw),
  };
}

const podsOf = once(['pods', 'replicasets'], indexPods);
const problemsOf = once(['events'], reconcileProblems);
const serviceNamesOf = once(
  ['services'],
  (world): ReadonlySet<string> =>
    new Set((world['services'] ?? []).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)),
);

/** What the groups of backends are made of, by key: the groups and the services. */
const groupMembers = once(
  ['virtualservices', 'backendgroups'],
  (world): ReadonlyMap<EntityKey, Parsed> =>
    new Map(
      PLURALS.filter(([, kind]) => kind === 'service' || kind === 'backendGroup').flatMap(([plural, kind]) =>
        (world[plural] ?? []).map(
          (raw) =>
            [
              entityKey(kind, raw.metadata.namespace ?? '', raw.metadata.name),
              parseObject(kind, raw),
            ] as const,
        ),
      ),
    ),
);

const rolledOutNow = once(
  ['virtualnodes'],
  (world): ReadonlySet<EntityKey> =>
    new Set(
      (world['virtualnodes'] ?? []).flatMap((raw) => {
        const parsed = parseObject('node', raw);
        return parsed.ok && parsed.kind === 'node' && isRolledOut(parsed.cr.spec.podSelector)
          ? [entityKey('node', raw.metadata.namespace ?? '', raw.metadata.name)]
          : [];
      }),
    ),
);

/** The nodes that Argo Rollouts moves from version to version; the same set while it holds the same. */
function rolledOutOf(world: World, memory: Memory | undefined): ReadonlySet<EntityKey> {
  const known = memory?.context.rolledOut;
  const now = rolledOutNow(world, memory?.world, known);
  return known?.size === now.size && [...now].every((key) => known.has(key)) ? known : now;
}

const NO_NAMES: ReadonlySet<string> = new Set();

function servicesOf(world: World, memory: Memory | undefined, onlyNamespaces: readonly string[] | undefined) {
  // Where pods may not be read, a Service says nothing about a node: that it has no ready pod must not be concluded from it.
  const names = world['pods']
    ? serviceNamesOf(world, memory?.world['pods'] && memory.world, memory?.context.services.names)
    : NO_NAMES;
  const read = world['pods'] !== undefined && world['services'] !== undefined;
  return { names, isRead: (namespace: string) => read && (onlyNamespaces?.includes(namespace) ?? true) };
}

const groupsFlagNow = once(['deployments'], groupsFlagOf);

/** Keeps the earlier object where nothing changed, so that what is drawn from it is not drawn again. */
const kept = <T>(before: T | undefined, after: T): T =>
  before !== undefined && sameContent(before, after) ? before : after;

function keepMalformed(model: MeshModel, earlier: MeshModel | undefined, malformed: Malformed): void {
  const before = earlier?.malformed.find(({ key }) => key === malformed.key);
  model.malformed.push(kept(before, malformed));
}

/**
 * All meshes of a cluster, in the order of their names. Entities equal to those of `previous` are the same objects.
 * `now` decides what silence of the control plane means. `onlyNamespaces` are those that were read, where not all were: what
 * a reference names elsewhere is not known to be missing.
 */
export function buildModels(
  world: World,
  now: Date,
  previous: readonly MeshModel[] = [],
  onlyNamespaces?: readonly string[],
): MeshModel[] {
  const before = new Map(previous.map((model) => [model.mesh.key, model]));
  const earlier = (key: EntityKey): Entity | Mesh | undefined => {
    for (const { mesh, entities } of previous) {
      const known = mesh.key === key ? mesh : entities.get(key);
      if (known) return known;
    }
    return undefined;
  };
  const memory = recall(previous);
  const problems = problemsOf(world, memory?.world, memory?.context.reports.problems);
  const reports: Reports = { problems, earlier, now };
  const meshes = (world['meshes'] ?? []).map((raw) => ({ ...toMesh(raw, reports), raw }));
  const members = collect(world, meshes, memory);
  const context: Context = {
    directory: keptDirectory(memory, world, members) ?? directoryOf(members, world, onlyNamespaces),
    reports,
    pods: podsOf(world, memory?.world, memory?.context.pods),
    services: servicesOf(world, memory, onlyNamespaces),
    members: groupMembers(world, memory?.world, memory?.context.members),
    groupsFlag: groupsFlagNow(world, memory?.world, memory?.context.groupsFlag),
    rolledOut: rolledOutOf(world, memory),
  };
  const unchanged = reuse(memory, context, members);
  const unread = PLURALS.flatMap(([plural, kind]) =>
    world[plural] === undefined || onlyNamespaces !== undefined ? [kind] : [],
  );
  const models = new Map<EntityKey, MeshModel>();
  for (const { mesh, malformed } of meshes) {
    const model: MeshModel = {
      mesh,
      entities: new Map(),
      malformed: [],
      ...(unread.length > 0 ? { unread } : {}),
    };
    models.set(mesh.key, model);
    if (malformed) keepMalformed(model, before.get(mesh.key), malformed);
  }

  for (const member of members.flat()) {
    const model = member.mesh && models.get(member.mesh.key);
    if (!model) continue;
    const last = before.get(model.mesh.key);
    const malformed = malformedOf(member);
    if (malformed) {
      keepMalformed(model, last, malformed);
      continue;
    }
    const entity = unchanged(member) ?? entityAnew(member, model.mesh, last);
    if (entity) model.entities.set(entity.key, entity);
  }
  for (const model of models.values())
    model.mesh = kept(before.get(model.mesh.key)?.mesh, {
      ...model.mesh,
      controlPlane: controlPlaneOf(model, now),
      ...(context.groupsFlag === undefined ? {} : { groupsFlag: context.groupsFlag }),
    });
  const sorted = [...models.values()].sort((a, b) => a.mesh.ref.name.localeCompare(b.mesh.ref.name, 'en'));
  remember(sorted, { world, members, context, models });
  return sorted;

  function entityAnew({ raw, parsed }: Member, mesh: Mesh, last: MeshModel | undefined) {
    const entity = entityOf(raw, parsed, mesh, context);
    return entity && kept(last?.entities.get(entity.key), entity);
  }
}
