/** Names of App Mesh API resources: where they hang, their ARNs and their request paths. */

export const ACCOUNT = '111122223333';
export const REGION = 'us-west-2';

export type ApiKind =
  'mesh' | 'virtualNode' | 'virtualRouter' | 'virtualService' | 'virtualGateway' | 'route' | 'gatewayRoute';

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

/** Names the list a resource is in. */
export function collectionOf({ kind, mesh, parent }: ResourceId): string {
  return kind === 'mesh' ? 'mesh' : `${mesh} ${kind} ${parent ?? ''}`;
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
