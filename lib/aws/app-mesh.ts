/**
 * The App Mesh API of one region and account, as `@aws-sdk/client-app-mesh` speaks it (3.1048.0, the last ever published).
 * Source of the shapes: API reference 2019-01-25.
 */
import 'server-only';
import {
  AppMeshClient,
  DescribeMeshCommand,
  ListMeshesCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-app-mesh';
import type { RouteSpec } from '@aws-sdk/client-app-mesh';
import { createAsk } from './calls';
import type { Ask, Call } from './calls';
import { clientSettings, paceOf, shownEndpoint } from './connection';
import type { ConnectionOptions } from './connection';
import { meshItem, metadataOf, plain, resourceOf } from './dto';
import { failureOf } from './failure';
import { KIND_CALLS } from './kinds';
import type { Page } from './kinds';
import { listAll } from './list';
import type { PaceLimits } from './pace';
import { readMembers } from './read-mesh';
import { resourcePath } from './types';
import type { ApiFailure, ApiMeshRead, ApiMeshRef, ApiMeshSnapshot, ApiResource, ApiResult } from './types';

export type { ApiFailure, ApiMeshRead, ApiMeshRef, ApiMeshSnapshot, ApiResource, ApiResult } from './types';

export interface AppMeshApi {
  region: string;
  /** Where it is asked, without a user name or password; `undefined`: AWS's own address for the region. */
  endpoint: string | undefined;
  /** Every mesh of the account, and those shared with it. */
  listMeshes(signal: AbortSignal): Promise<ApiResult<ApiMeshRef[]>>;
  /**
   * Reads a mesh. Only what is new or changed since `previous` is described again; where nothing is, the answer holds
   * `previous` itself. `ok: false` where nothing could be learned: then `previous` is still the newest there is.
   */
  readMesh(
    name: string,
    owner: string,
    previous: ApiMeshSnapshot | undefined,
    signal: AbortSignal,
  ): Promise<ApiResult<ApiMeshRead>>;
  describeRoute(
    mesh: string,
    owner: string,
    router: string,
    route: string,
    signal: AbortSignal,
  ): Promise<ApiResult<ApiResource>>;
  /**
   * Replaces the whole spec of a route. The API has no compare-and-set: a change that somebody made since the spec was read
   * is overwritten, and shows only by a version that rose by more than one. A failure of kind `unknown` may have been taken.
   */
  updateRoute(
    mesh: string,
    owner: string,
    router: string,
    route: string,
    spec: unknown,
    signal: AbortSignal,
  ): Promise<ApiResult<ApiResource>>;
  /** Lets go of the connections. */
  close(): void;
}

/** `endpoint`: else AWS_ENDPOINT_URL_APP_MESH, else AWS's own. `perSecond`: the App Mesh controller holds itself to 40 reads. */
export type AppMeshApiOptions = ConnectionOptions;

const PACE: PaceLimits = { concurrency: 8, perSecond: 40, burst: 10 };

const ownerQuery = (owner: string) => (owner === '' ? {} : { meshOwner: owner });

const meshPage = (nextToken: string | undefined): Call<Page> => ({
  operation: 'ListMeshes',
  send: async (client, options) => {
    const out = await client.send(
      new ListMeshesCommand({ limit: 100, ...(nextToken === undefined ? {} : { nextToken }) }),
      options,
    );
    return { $metadata: out.$metadata, items: out.meshes, nextToken: out.nextToken };
  },
});

type MeshHead = Omit<ApiMeshSnapshot, 'resources' | 'unread'>;

async function describeMesh(
  ask: Ask,
  name: string,
  owner: string,
  listed: string | undefined,
  signal: AbortSignal,
): Promise<ApiResult<MeshHead>> {
  const call: Call<{ $metadata: { attempts?: number }; body: unknown }> = {
    operation: 'DescribeMesh',
    about: resourcePath(name),
    send: async (client, options) => {
      const out = await client.send(
        new DescribeMeshCommand({ meshName: name, ...ownerQuery(owner) }),
        options,
      );
      return { $metadata: out.$metadata, body: out.mesh };
    },
  };
  const answer = await ask(call, signal);
  if (!answer.ok) return answer;
  const metadata = metadataOf(answer.result.body);
  if (!metadata) return { ok: false, failure: noMetadata('DescribeMesh', resourcePath(name)) };
  const { arn, version } = metadata;
  const head = { name, owner: metadata.owner || owner, arn, version, body: plain(answer.result.body) };
  return { ok: true, result: { ...head, ...(listed === undefined ? {} : { listed }) } };
}

const noMetadata = (operation: string, about: string): ApiFailure => ({
  kind: 'unknown',
  operation,
  detail: 'the answer holds no metadata',
  about,
});

/** The mesh itself: described where the list shows it new or changed, or may not be read. */
async function readHead(
  ask: Ask,
  name: string,
  owner: string,
  previous: ApiMeshSnapshot | undefined,
  signal: AbortSignal,
): Promise<ApiResult<MeshHead>> {
  const meshes = await listAll(ask, meshPage, (item) => meshItem.safeParse(item).data, signal);
  if (!meshes.ok) {
    // One who may not list may still be allowed to read a mesh they know of.
    return meshes.failure.kind === 'forbidden' ? describeMesh(ask, name, owner, undefined, signal) : meshes;
  }
  const ref = meshes.result.find((each) => each.name === name && (owner === '' || each.owner === owner));
  if (!ref)
    return {
      ok: false,
      failure: {
        kind: 'notFound',
        operation: 'ListMeshes',
        detail: `there is no mesh ${name}`,
        about: resourcePath(name),
      },
    };
  if (previous?.listed !== undefined && previous.listed === ref.listed) return { ok: true, result: previous };
  return describeMesh(ask, name, owner, ref.listed, signal);
}

const sameEntries = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((each, i) => each === b[i]);

function snapshotOf(
  head: MeshHead,
  members: Pick<ApiMeshSnapshot, 'resources' | 'unread'>,
  previous: ApiMeshSnapshot | undefined,
): { snapshot: ApiMeshSnapshot; changed: boolean } {
  const sameHead = previous !== undefined && previous.version === head.version && previous.arn === head.arn;
  if (
    sameHead &&
    previous.listed === head.listed &&
    sameEntries(previous.resources, members.resources) &&
    JSON.stringify(previous.unread) === JSON.stringify(members.unread)
  )
    return { snapshot: previous, changed: false };
  const { name, owner, arn, version, body, listed } = head;
  const snapshot = { name, owner, arn, version, body, ...(listed === undefined ? {} : { listed }) };
  return { snapshot: { ...snapshot, ...members }, changed: true };
}

/** Prepares a connection; nothing is sent yet. */
export function createAppMeshApi(options: AppMeshApiOptions): AppMeshApi {
  const client = new AppMeshClient(clientSettings(options));
  const ask = createAsk(client, paceOf(options, PACE), failureOf);

  function routeFrom(
    operation: string,
    body: unknown,
    mesh: string,
    router: string,
    route: string,
  ): ApiResult<ApiResource> {
    const resource = resourceOf('route', route, router, body);
    return resource
      ? { ok: true, result: resource }
      : { ok: false, failure: noMetadata(operation, resourcePath(mesh, 'route', route, router)) };
  }

  return {
    region: options.region,
    endpoint: shownEndpoint(options, 'AWS_ENDPOINT_URL_APP_MESH'),

    async listMeshes(signal) {
      const list = await listAll(ask, meshPage, (item) => meshItem.safeParse(item).data, signal);
      if (!list.ok) return list;
      return {
        ok: true,
        result: list.result.map(({ name, owner, arn, version }) => ({ name, owner, arn, version })),
      };
    },

    async readMesh(name, owner, previous, signal) {
      const head = await readHead(ask, name, owner, previous, signal);
      if (!head.ok) return head;
      const members = await readMembers(ask, { name, owner }, previous, signal);
      if (!members.ok) return members;
      const { problems, ...rest } = members.result;
      return { ok: true, result: { ...snapshotOf(head.result, rest, previous), problems } };
    },

    async describeRoute(mesh, owner, router, route, signal) {
      const call = KIND_CALLS.route.describe({ mesh, owner, parent: router }, route);
      const answer = await ask({ ...call, about: resourcePath(mesh, 'route', route, router) }, signal);
      return answer.ok ? routeFrom(call.operation, answer.result.body, mesh, router, route) : answer;
    },

    async updateRoute(mesh, owner, router, route, spec, signal) {
      const operation = 'UpdateRoute';
      const answer = await ask(
        {
          operation,
          about: resourcePath(mesh, 'route', route, router),
          writes: true,
          send: (to, sending) =>
            to.send(
              new UpdateRouteCommand({
                meshName: mesh,
                ...ownerQuery(owner),
                virtualRouterName: router,
                routeName: route,
                // A spec as Describe answered it, weights changed; the API checks the rest.
                spec: spec as RouteSpec,
              }),
              sending,
            ),
        },
        signal,
      );
      return answer.ok ? routeFrom(operation, answer.result.route, mesh, router, route) : answer;
    },

    close: () => client.destroy(),
  };
}
