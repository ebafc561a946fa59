/** Names of App Mesh API resources: where they hang, their ARNs and their request paths. */

export const ACCOUNT = '111122223333';
export const REGION = 'us-west-2';

const API_KINDS = [
  'mesh',
  'virtualNode',
  'virtualRouter',
  'virtualService',
  'virtualGateway',
  'route',
  'gatewayRoute',
] as const;
export type ApiKind = (typeof API_KINDS)[number];

export interface ResourceId {
  kind: ApiKind;
  /** Name of the mesh; for a mesh its own. */
  mesh: string;
  /** Router of a route, gateway of a gateway route. */
  parent?: string;
  name: string;
}

const PARENT: Partial<Record<ApiKind, ApiKind>> = { route: 'virtualRouter', gatewayRoute: 'virtualGateway' };

export function arnOf({ kind, mesh, parent, name }: ResourceId): string {
  const root = `arn:aws:appmesh:${REGION}:${ACCOUNT}:mesh/${mesh}`;
  if (kind === 'mesh') return root;
  const above = PARENT[kind];
  return above === undefined ? `${root}/${kind}/${name}` : `${root}/${above}/${parent}/${kind}/${name}`;
}

/** Reads an ARN back; `undefined` for what is none, or belongs to another account or region. */
export function idFromArn(arn: string): ResourceId | undefined {
  const root = `arn:aws:appmesh:${REGION}:${ACCOUNT}:mesh/`;
  if (!arn.startsWith(root)) return undefined;
  const [mesh, type, first, below, second, ...more] = arn.slice(root.length).split('/');
  if (mesh === undefined || mesh === '' || more.length > 0) return undefined;
  if (type === undefined) return { kind: 'mesh', mesh, name: mesh };
  if (!isApiKind(type) || first === undefined || first === '') return undefined;
  if (below === undefined) return { kind: type, mesh, name: first };
  if (!isApiKind(below) || PARENT[below] !== type || second === undefined || second === '') return undefined;
  return { kind: below, mesh, parent: first, name: second };
}

const isApiKind = (type: string): type is ApiKind => API_KINDS.some((kind) => kind === type);

/** What a resource hangs below, to be there before it: a router or gateway, or else the mesh. Nothing for a mesh. */
export function aboveOf({ kind, mesh, parent }: ResourceId): ResourceId | undefined {
  if (kind === 'mesh') return undefined;
  const above = PARENT[kind];
  return above === undefined || parent === undefined
    ? { kind: 'mesh', mesh, name: mesh }
    : { kind: above, mesh, name: parent };
}

/** Names the list a resource is in. Names may hold any character. */
export function collectionOf({ kind, mesh, parent }: ResourceId): string {
  return kind === 'mesh' ? 'mesh' : JSON.stringify([mesh, kind, parent ?? '']);
}

/**
 * Path of a resource in the API. Collections are plural, but routes hang below the singular of their parent, as in the
 * service model of 2019-01-25. An empty name gives the collection.
 */
export function requestPath({ kind, mesh, parent, name }: ResourceId): string {
  const root = `/v20190125/meshes/${encodeURIComponent(mesh)}`;
  if (kind === 'mesh') return root;
  const above = PARENT[kind];
  const under = above === undefined ? root : `${root}/${above}/${encodeURIComponent(parent ?? '')}`;
  return `${under}/${kind}s${name === '' ? '' : `/${encodeURIComponent(name)}`}`;
}

/** The last segment of an ARN of the given kind: all the controller reads of one. Throws an Error for another ARN. */
export function nameFromArn(arn: string, kind: ApiKind): string {
  const [, type, name] = /:mesh\/[^/]+\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  if (name === undefined || type !== kind) throw new Error(`invalid ${kind} ARN: ${arn}`);
  return name;
}
