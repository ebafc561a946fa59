/** Every route of every mesh, put together from the pictures the hubs hold. */
import 'server-only';
import { createHash } from 'node:crypto';
import type { ListedRoute, ListedSource } from '@/lib/api/routes';
import type { TopologyAnswer } from '@/lib/api/topology';
import type { Finding } from '@/lib/mesh/finding';
import { sameMesh } from '@/lib/mesh/join';
import type { MeshModel, Router } from '@/lib/mesh/model';
import type { Subject } from '@/lib/mesh/query/subject';
import { weightedRoutes, type WeightedRoute } from '@/lib/mesh/weighted-routes';
import type { AccessBook } from './access-book';
import type { MeshConsole } from './console';
import { subjectsIn } from './find';
import type { MeshSource } from './source';

/** A mesh as it is listed: once, in the source it is shown from. */
export interface ListedMesh {
  source: MeshSource;
  name: string;
  answer: TopologyAnswer;
}

/** A mesh that an App Mesh API shares with a cluster is shown there. */
function isJoined(
  { sources }: Pick<MeshConsole, 'sources'>,
  source: MeshSource,
  { mesh }: MeshModel,
): boolean {
  if (source.kind !== 'appmesh') return false;
  return sources.some(
    (other) =>
      other.kind === 'kubernetes' && other.declared().some((declared) => sameMesh(declared.mesh, mesh)),
  );
}

/** The meshes of a console, those of a cluster before those that an API knows as well. */
export function listedMeshes(console: Pick<MeshConsole, 'sources'>): ListedMesh[] {
  return console.sources.flatMap((source) =>
    source.hub.models().flatMap((model) => {
      const { name } = model.mesh.ref;
      const picture = source.hub.picture(name);
      return picture?.present !== true || isJoined(console, source, model)
        ? []
        : [{ source, name, answer: picture.answer }];
    }),
  );
}

/** A picture is one object for as long as it stands, and so is what is told of its routes. */
const known = new WeakMap<TopologyAnswer, WeightedRoute[]>();

function routesIn(answer: TopologyAnswer): WeightedRoute[] {
  const before = known.get(answer);
  if (before) return before;
  const routes = weightedRoutes(answer.mesh, answer.nodes, answer.findings);
  known.set(answer, routes);
  return routes;
}

/** What the console and its source say of writing, beyond what the route itself does. */
function writeOf(
  route: WeightedRoute,
  source: MeshSource,
  readOnly: boolean,
  access: AccessBook,
): ListedRoute['write'] {
  if (readOnly) return { ok: false, code: 'readOnly' };
  if (source.state().phase !== 'live') return { ok: false, code: 'reconnecting' };
  if (route.bar) return { ok: false, ...route.bar };
  const denied = access.denied(source, route.namespace);
  if (denied === undefined) return { ok: true };
  return {
    ok: false,
    code: 'forbidden',
    values: { verb: 'patch', resource: 'virtualrouters', namespace: route.namespace, words: denied },
  };
}

/** The routes of a mesh, with whether they can be written from here. */
export function listRoutes(
  { source, name, answer }: ListedMesh,
  readOnly: boolean,
  access: AccessBook,
): ListedRoute[] {
  return routesIn(answer).map((route): ListedRoute => {
    const { bar: _, ...told } = route;
    return { source: source.id, mesh: name, ...told, write: writeOf(route, source, readOnly, access) };
  });
}

/**
 * A route as the find language sees it: its router with this route alone, the findings of the route, and as words also the names
 * of route, targets, mesh and source. `undefined` where the picture holds no such router.
 */
export function subjectOfRoute(
  { answer, name, source }: ListedMesh,
  route: ListedRoute,
): Subject | undefined {
  const subject = subjectsIn(answer).get(route.router);
  if (subject?.node.kind !== 'router') return undefined;
  const { node, self } = subject;
  const words = [route.route.name, ...route.targets.map((target) => target.name), name, source.name];
  const own: Router = { ...node, routes: node.routes.filter((_, i) => i === route.route.index) };
  const findings: readonly Finding[] = route.findings;
  return {
    ...subject,
    node: own,
    findings,
    self: { ...self, hay: `${self.hay}\n${words.join('\n').toLowerCase()}` },
  };
}

/** A source as the list tells of it. */
export function listedSource(source: MeshSource): ListedSource {
  const { id, name, kind, server } = source.describe();
  const { phase, problem } = source.state();
  return {
    id,
    name,
    kind,
    server,
    phase,
    ready: source.hub.ready(),
    meshes: source.hub.models().length,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** A tag that is another whenever the list would be another. Made without the list. */
export function tagOf(
  meshes: readonly ListedMesh[],
  sources: readonly ListedSource[],
  ...rest: readonly unknown[]
): string {
  const revisions = meshes.map(({ source, name, answer }) => [
    source.id,
    name,
    answer.revision.epoch,
    answer.revision.seq,
  ]);
  const text = JSON.stringify([revisions, sources, rest]);
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}
