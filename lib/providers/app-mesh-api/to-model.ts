/** From what an App Mesh API holds to the mesh it makes. */
import { sameContent } from '@/lib/mesh/equal';
import { entityKey, meshKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Capabilities, Malformed, Mesh, MeshModel, Route, Router } from '@/lib/mesh/model';
import { problemsOf } from '../app-mesh/problems';
import { meshDto, parseBody } from './dto';
import { baseOf, entityOf, refOf, routeRow } from './entities';
import { apiKey, directoryOf, MODEL_KIND } from './references';
import type { Directory } from './references';
import type { ResourceInput, SnapshotInput } from './snapshot';

/** Source: API reference, WeightedTarget (0..100 each), quota of 10 targets, and "the sum must be at most 100". */
const CAPABILITIES: Capabilities = {
  weightMin: 0,
  weightMax: 100,
  targetsPerRouteMax: 10,
  weightSumMax: 100,
  backendsEditable: false,
};

const kept = <T>(before: T | undefined, after: T): T =>
  before !== undefined && sameContent(before, after) ? before : after;

function toMesh(snapshot: SnapshotInput): { mesh: Mesh; malformed: Malformed | undefined } {
  const { name, owner, arn, version, tags } = snapshot;
  const described = { kind: 'mesh' as const, name, arn, version, ...(tags === undefined ? {} : { tags }) };
  const key = meshKey(name);
  const parsed = meshDto.safeParse(snapshot.body);
  const dto = parsed.data ?? { spec: {}, metadata: { uid: '' }, status: { status: '' } };
  return {
    mesh: {
      key,
      ...baseOf(described, dto),
      kind: 'mesh',
      // The API denies by default when the filter is absent.
      egress: dto.spec.egressFilter?.type === 'ALLOW_ALL' ? 'allow' : 'deny',
      owner: owner === '' ? undefined : owner,
      // It was just read.
      controlPlane: 'live',
      capabilities: CAPABILITIES,
    },
    malformed: parsed.success
      ? undefined
      : {
          key,
          kind: 'malformed',
          ref: refOf(described, ''),
          awsName: name,
          problems: problemsOf(parsed.error),
        },
  };
}

function malformedOf(resource: ResourceInput, problems: Malformed['problems']): Malformed {
  const { kind, name, parent = '' } = resource;
  const key =
    kind === 'route' ? entityKey('router', '', `${parent}/route/${name}`) : apiKey(kind, name, parent);
  return { key, kind: 'malformed', ref: refOf(resource, ''), awsName: name, problems };
}

/** Routes by the router they hang under, in the order of their names. */
function routesByRouter(
  resources: readonly ResourceInput[],
  directory: Directory,
  onMalformed: (malformed: Malformed) => void,
): Map<string, Route[]> {
  const routes = new Map<string, Route[]>();
  for (const resource of resources) {
    if (resource.kind !== 'route') continue;
    const parsed = parseBody('route', resource.body);
    if (!parsed.ok) onMalformed(malformedOf(resource, parsed.problems));
    const list = routes.get(resource.parent ?? '') ?? [];
    const dto = parsed.ok && parsed.kind === 'route' ? parsed.dto : undefined;
    list.push(routeRow(resource, list.length, dto, directory));
    routes.set(resource.parent ?? '', list);
  }
  return routes;
}

/** A router of which only the routes could be read. */
function routerOf(name: string, routes: Route[]): Router {
  return {
    key: apiKey('virtualRouter', name),
    kind: 'router',
    ref: refOf({ kind: 'virtualRouter', name, arn: '', version: 0 }, ''),
    awsName: name,
    labels: {},
    createdAt: '',
    conditions: [],
    acceptance: 'unknown',
    ownership: { manager: 'none' },
    listeners: [],
    routes,
    history: [],
    keepsHistory: false,
  };
}

/**
 * The mesh as an App Mesh API holds it, in the words the Kubernetes provider uses. Keys have no namespace and the AWS name
 * (`node:/cart_shop`). A name that leads to nothing in the mesh is `missing`, or `unread` where it was not read. Entities
 * equal to those of `previous` are the same objects. `readAt` is when the reading began; where a part of it
 * failed and an earlier body stands, when the last reading began that did not.
 */
export function toMeshModel(snapshot: SnapshotInput, previous?: MeshModel, readAt?: Date): MeshModel {
  const directory = directoryOf(snapshot);
  const { mesh, malformed } = toMesh(snapshot);
  const found: Malformed[] = malformed ? [malformed] : [];
  const routes = routesByRouter(snapshot.resources, directory, (each) => found.push(each));
  const entities: MeshModel['entities'] = new Map();
  const unreadable = new Set<EntityKey>();

  for (const resource of snapshot.resources) {
    if (resource.kind === 'route') continue;
    const parsed = parseBody(resource.kind, resource.body);
    if (!parsed.ok) {
      const entry = malformedOf(resource, parsed.problems);
      unreadable.add(entry.key);
      found.push(entry);
    } else if (parsed.kind !== 'route') {
      const entity = entityOf(resource, parsed, directory);
      entities.set(
        entity.key,
        entity.kind === 'router' ? { ...entity, routes: routes.get(resource.name) ?? [] } : entity,
      );
    }
  }
  for (const [name, rows] of routes) {
    const key = apiKey('virtualRouter', name);
    if (!entities.has(key) && !unreadable.has(key)) entities.set(key, routerOf(name, rows));
  }

  for (const [key, entity] of entities) entities.set(key, kept(previous?.entities.get(key), entity));
  const before = new Map((previous?.malformed ?? []).map((each) => [each.key, each]));
  const unread = [
    ...new Set(snapshot.unread.map(({ kind }) => MODEL_KIND[kind === 'route' ? 'virtualRouter' : kind])),
  ];
  return {
    mesh: kept(previous?.mesh, mesh),
    entities,
    malformed: found.map((each) => kept(before.get(each.key), each)),
    ...(unread.length > 0 ? { unread } : {}),
    ...(readAt === undefined ? {} : { readAt: readAt.toISOString() }),
  };
}
