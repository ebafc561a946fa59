/** GET /api/v1/routes: every weighted route of every mesh. */
import 'server-only';
import type { RoutesAnswer } from '@/lib/api/routes';
import { asksForTime, matchesQuery, measuredFieldsOf } from '@/lib/mesh/query/match';
import { printQuery } from '@/lib/mesh/query/print';
import { createAccessBook, type AccessBook } from '../access-book';
import type { Call, Outcome } from '../call';
import type { MeshConsole } from '../console';
import { readQuery } from '../find';
import { listedMeshes, listedSource, listRoutes, subjectOfRoute, tagOf } from '../route-list';

const books = new WeakMap<MeshConsole, AccessBook>();

function accessOf(console: MeshConsole): AccessBook {
  const known = books.get(console) ?? createAccessBook();
  books.set(console, known);
  return known;
}

/** Answers 304 where the caller holds what it would get. An expression that asks for a time has another answer every moment. */
export function listWeightedRoutes(call: Call): Outcome {
  const { console, request } = call;
  const text = new URL(request.url).searchParams.get('q') ?? '';
  const read = readQuery(text);
  if (!read.ok) return read;
  const { query } = read;
  const access = accessOf(console);
  const { readOnly } = console.config;
  const meshes = listedMeshes(console);
  const sources = console.sources.map(listedSource);
  const timed = asksForTime(query);
  // What is not known of the clusters' permissions is asked for by looking at the rows, so it is looked at before the tag is made.
  const rows = meshes.map((mesh) => ({ mesh, routes: listRoutes(mesh, readOnly, access) }));
  const tag = timed ? undefined : tagOf(meshes, sources, text, readOnly, access.version());
  const headers = {
    'cache-control': 'private, no-cache',
    ...(tag === undefined ? {} : { etag: tag }),
  };
  if (tag !== undefined && request.headers.get('if-none-match') === tag)
    return { ok: true, response: new Response(null, { status: 304, headers }) };
  const now = Date.now();
  const routes = rows.flatMap(({ mesh, routes: all }) =>
    query.kind === 'all'
      ? all
      : all.filter((route) => {
          const subject = subjectOfRoute(mesh, route);
          return subject !== undefined && matchesQuery(query, subject, now);
        }),
  );
  const unmeasured = measuredFieldsOf(query);
  const answer: RoutesAnswer = {
    routes,
    total: rows.reduce((sum, { routes: all }) => sum + all.length, 0),
    sources,
    ...(text === '' ? {} : { query: printQuery(query) }),
    ...(unmeasured.length > 0 ? { unmeasured } : {}),
  };
  return { ok: true, response: Response.json(answer, { headers }) };
}
