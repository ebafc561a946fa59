/** What an App Mesh API holds of a mesh, and what kept it from being read. Plain data: it can be compared, sent and stored. */

/** The kinds below a mesh, in the API's words. */
export type ApiKind =
  'virtualNode' | 'virtualRouter' | 'route' | 'virtualService' | 'virtualGateway' | 'gatewayRoute';

export type ApiFailureKind =
  /** The caller may not: 401, 403, or no credentials could be had. */
  | 'forbidden'
  /** Too many calls, also after the retries. */
  | 'throttled'
  /** No connection, no answer in time, or an answer that the service is in trouble (5xx). */
  | 'unreachable'
  /** Nobody serves App Mesh at this address any more. */
  | 'gone'
  /** The request was refused for what it says. */
  | 'invalid'
  /** The resource, or the mesh it is in, is not there. */
  | 'notFound'
  | 'conflict'
  /** Anything else. Of a write: whether it was taken is not known. */
  | 'unknown';

/**
 * An expected failure. `gone` is concluded from a host name that does not exist, a 410, a 404 that is not the API's own, or
 * credentials of which the service knows nothing. What cannot be known: a mistyped endpoint, a private DNS zone that is not
 * visible from here and an access key of another partition look the same; and a service that was removed behind a gateway
 * that answers 403 to everything looks like a missing permission.
 */
export interface ApiFailure {
  kind: ApiFailureKind;
  /** The API's name of the call, for example `DescribeRoute`. */
  operation: string;
  /** In the service's words where it said something, in one line and without credentials. */
  detail: string;
  /** What the call was about, as the end of its ARN; the first, where `count` is more than one. */
  about?: string;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** How many calls of one reading failed so. */
  count?: number;
}

export type ApiResult<T, F = ApiFailure> = { ok: true; result: T } | { ok: false; failure: F };

export interface ApiResource {
  kind: ApiKind;
  name: string;
  /** Router of a route, gateway of a gateway route. */
  parent?: string;
  arn: string;
  version: number;
  /** What Describe answered, untouched but for times, which are ISO 8601 texts. Members the SDK's last model does not know are not in it. */
  body: unknown;
  /** Tags, where they were read. They change without a new version, so that they are as old as the body. */
  tags?: Record<string, string>;
  /** How the list showed it when the body was read; opaque. */
  listed?: string;
}

/** What is known to be there or may be, and could not be read: one resource, or all of a kind (below one parent). */
export interface ApiUnread {
  kind: ApiKind;
  name?: string;
  parent?: string;
}

export interface ApiMeshSnapshot {
  name: string;
  /** Account id. */
  owner: string;
  arn: string;
  version: number;
  body: unknown;
  tags?: Record<string, string>;
  listed?: string;
  /** In the order of kind, parent and name. */
  resources: ApiResource[];
  unread: ApiUnread[];
}

/** What could be read, and what not. Where something failed now and was read before, the earlier body stands. */
export interface ApiMeshRead {
  snapshot: ApiMeshSnapshot;
  /** False: `snapshot` is the previous one. */
  changed: boolean;
  problems: ApiFailure[];
}

export interface ApiMeshRef {
  name: string;
  owner: string;
  arn: string;
  version: number;
}

/** `mesh/shop/virtualRouter/cart/route/all`: the end of a resource's ARN. */
export function resourcePath(mesh: string, kind?: ApiKind, name?: string, parent?: string): string {
  const above = kind === 'route' ? 'virtualRouter' : kind === 'gatewayRoute' ? 'virtualGateway' : undefined;
  return [
    'mesh',
    mesh,
    ...(above === undefined || parent === undefined ? [] : [above, parent]),
    ...(kind === undefined ? [] : [kind]),
    ...(name === undefined ? [] : [name]),
  ].join('/');
}
