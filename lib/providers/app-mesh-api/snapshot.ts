/** What the provider reads: everything an App Mesh API holds of one mesh, as its Describe calls answered it. */

export type ApiKind =
  'virtualNode' | 'virtualRouter' | 'route' | 'virtualService' | 'virtualGateway' | 'gatewayRoute';

/** Below the name nothing is known of `body` until it is parsed. */
export interface ResourceInput {
  kind: ApiKind;
  name: string;
  /** Router of a route, gateway of a gateway route. */
  parent?: string;
  arn: string;
  version: number;
  body: unknown;
  tags?: Record<string, string>;
}

export interface SnapshotInput {
  name: string;
  /** Account id. */
  owner: string;
  arn: string;
  version: number;
  body: unknown;
  tags?: Record<string, string>;
  resources: readonly ResourceInput[];
  /** What may be there and could not be read: one resource, or all of a kind, below one parent or any. */
  unread: readonly { kind: ApiKind; name?: string; parent?: string }[];
}
