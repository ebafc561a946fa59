/**
 * The mesh model: neutral words for what a mesh is made of. Plain data, so that it can be compared, sent and stored.
 * Optional fields are `T | undefined` because they cross JSON.
 */
import type { EntityKey, EntityKind } from './keys';
import type { OwnThresholds } from './telemetry/overlay';

export type Protocol = 'http' | 'http2' | 'grpc' | 'tcp';

/** Where an entity lives in its source. `resourceVersion` is opaque: compare for equality only. */
export interface EntityRef {
  apiVersion: string;
  kind: string;
  /** '' for cluster-scoped objects. */
  namespace: string;
  name: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  arn?: string | undefined;
}

export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string | undefined;
  message?: string | undefined;
  /** ISO 8601. */
  lastTransitionTime?: string | undefined;
}

/** The controller's own words about an object it could not reconcile (a Warning event), newest only. */
export interface ReconcileProblem {
  reason: string;
  message: string;
  /** ISO 8601, last seen. */
  at: string;
  count: number;
}

/**
 * accepted: the control plane holds this generation. pending: not yet. rejected: the controller reports a problem with
 * this generation. deleting: deletionTimestamp is set. unknown: nothing was ever reported.
 */
export type Acceptance = 'accepted' | 'pending' | 'rejected' | 'deleting' | 'unknown';

/** Who else writes the object, read from its labels, annotations and owners. */
export interface Ownership {
  manager: 'none' | 'helm' | 'argocd' | 'flux' | 'flagger' | 'rollouts' | 'shift';
  /** Name of the release, application, canary …; of a shift `namespace/name`. Absent where the mark does not tell. */
  name?: string | undefined;
  /** Where its marks tell: the kind of the owner, and its namespace where that may be another than the object's. */
  kind?: string | undefined;
  namespace?: string | undefined;
}

/** Who wrote what an object asks for: one entry of its managedFields. */
export interface Writer {
  manager: string;
  operation: 'Apply' | 'Update';
  /** ISO 8601: this manager's last write. */
  at?: string | undefined;
}

/** What an App Mesh API holds under the name of an object. */
export interface Taken {
  uid: string;
  arn: string;
  /** Starts at 1, one more with each update. */
  version: number;
  /** ISO 8601 of the last update. */
  at?: string | undefined;
}

interface EntityBase {
  key: EntityKey;
  ref: EntityRef;
  /** Whose word this is, where several sources are joined: an object of the cluster, or one that only an App Mesh API knows. */
  origin?: 'kubernetes' | 'api' | undefined;
  taken?: Taken | undefined;
  /** The name on the AWS side; equals the host name for services. */
  awsName: string;
  labels: Record<string, string>;
  /** ISO 8601. */
  createdAt: string;
  deletingSince?: string | undefined;
  conditions: Condition[];
  observedGeneration?: number | undefined;
  /** ISO 8601: when this generation was first seen, where an earlier one had been seen before. */
  generationSeenAt?: string | undefined;
  acceptance: Acceptance;
  problem?: ReconcileProblem | undefined;
  ownership: Ownership;
  /** Newest first, a few at most; who only writes the status is not among them. */
  writtenBy?: Writer[] | undefined;
  /** When it counts as degraded or failing, where the object says so itself. */
  thresholds?: OwnThresholds | undefined;
  /** What is wrong with the thresholds it sets; they are then not in force. */
  thresholdsProblem?: string | undefined;
}

export interface Listener {
  port: number;
  protocol: Protocol;
  tlsMode?: 'STRICT' | 'PERMISSIVE' | 'DISABLED' | undefined;
  healthCheck: boolean;
  outlierDetection: boolean;
}

/** A Deployment (or another owner) and how many of the pods are its. */
export interface WorkloadOwner {
  kind: string;
  namespace: string;
  name: string;
  total: number;
  ready: number;
}

/** Pods behind a gateway or node. `withProxy` + `withoutProxy` = `total`. */
export interface Workload {
  /** Who runs them, in the order of kind and name. Pods without an owner are in no entry. */
  owners: WorkloadOwner[];
  total: number;
  ready: number;
  withProxy: number;
  withoutProxy: number;
}

/** What a reference leads to. `key` is the target's key, whether it exists or not. */
export interface Target {
  key: EntityKey;
  namespace: string;
  name: string;
  /**
   * ok: exists in this mesh. missing: nothing there. otherMesh: exists, belongs to another mesh. foreign: ARN outside the
   * cluster. unread: objects of its kind were not read there, so that it may exist or not. unset: neither ref nor ARN.
   */
  resolution: 'ok' | 'missing' | 'otherMesh' | 'foreign' | 'unread' | 'unset';
  arn?: string | undefined;
  /** What an App Mesh API calls it, where the reference was read there. */
  awsName?: string | undefined;
  /** The ARN is none of the kind the field takes: it cannot be read, or names something else. */
  arnUnfit?: boolean | undefined;
  /** namespace/name of a reference that is also set and that the ARN overrides. */
  ignoredRef?: string | undefined;
}

/** Conditions are ANDed; `negated` turns one round. */
export interface MatchCondition {
  on:
    | 'prefix'
    | 'path'
    | 'method'
    | 'scheme'
    | 'hostname'
    | 'header'
    | 'query'
    | 'metadata'
    | 'service'
    | 'port';
  name?: string | undefined;
  operator: 'exact' | 'prefix' | 'suffix' | 'regex' | 'range' | 'present';
  operand?: string | undefined;
  negated?: boolean | undefined;
}

export interface Duration {
  amount: number;
  unit: 's' | 'ms';
}

export interface RetryPolicy {
  maxRetries: number;
  perRetryTimeout: Duration;
  events: string[];
}

export interface Timeout {
  perRequest?: Duration | undefined;
  idle?: Duration | undefined;
}

export interface WeightedTarget extends Target {
  /** As written in the object, 0..100 where the object is valid. */
  weight: number;
  /** weight / sum of the route's weights, 0..1; 0 when the sum is 0. */
  share: number;
  port?: number | undefined;
}

export interface Route {
  name: string;
  /** Position in the object's list. */
  index: number;
  /** `unknown`: no route body, several, or one this version does not know. Such a route is shown and cannot be edited. */
  protocol: Protocol | 'unknown';
  priority?: number | undefined;
  match: MatchCondition[];
  targets: WeightedTarget[];
  retry?: RetryPolicy | undefined;
  timeout?: Timeout | undefined;
  /** For the API a route is a resource of its own. */
  taken?: Taken | undefined;
}

/** One recorded change of weights, kept in the object's own annotation, newest first. */
export interface HistoryEntry {
  id: string;
  /** ISO 8601. */
  at: string;
  by: string;
  reason?: string | undefined;
  route: string;
  before: { node: string; weight: number }[];
  after: { node: string; weight: number }[];
  /** Id of the entry this change took back. */
  undoOf?: string | undefined;
  /** Where `route` is a canary by header that came (`before` is empty) or went (`after` is): what it was made from. */
  canary?:
    | { base: string; header: { name: string; content: string }; node: string; port?: number | undefined }
    | undefined;
}

export interface Gateway extends EntityBase {
  kind: 'gateway';
  listeners: Listener[];
  workload: Workload;
}

export interface GatewayRoute extends EntityBase {
  kind: 'gatewayRoute';
  gateway: Target;
  protocol: Protocol | 'unknown';
  priority?: number | undefined;
  match: MatchCondition[];
  target: Target;
  targetPort?: number | undefined;
  /** Rewrites as short technical text, for example `prefix → /v2/`. */
  rewrite: string[];
}

export interface Service extends EntityBase {
  kind: 'service';
  hostname: string;
  /** Nothing in the cluster answers to its host name: callers cannot look it up, so that a proxy never sees the call. */
  unresolvable?: boolean | undefined;
  provider: { kind: 'router' | 'node' | 'none'; target?: Target | undefined };
}

export interface Router extends EntityBase {
  kind: 'router';
  listeners: Listener[];
  routes: Route[];
  /** The changes this console made, newest first, as the object keeps them. */
  history: HistoryEntry[];
  /** Whether the object keeps them: where it does not, whoever makes a change must remember it. */
  keepsHistory: boolean;
}

export interface Backend extends Target {
  /** Set when the backend comes from a group. */
  viaGroup?: EntityKey | undefined;
  /** The node names it itself, and this group names it too: without the node's own entry the group still lets it through. */
  alsoViaGroup?: EntityKey | undefined;
  tlsEnforced?: boolean | undefined;
}

/** One recorded change of the backends of a node, or of the members of a group, kept in the object's own annotation, newest first. */
export interface BackendsEntry {
  id: string;
  /** ISO 8601. */
  at: string;
  by: string;
  reason?: string | undefined;
  /**
   * Names of the node's own backends, in their order: namespace/name or ARN; of the members of a group: namespace/name, or the name
   * alone. Absent where the object had no list.
   */
  before?: string[] | undefined;
  after?: string[] | undefined;
  /** Untouched entries that are gone, each with its place in the list before; what undo puts back. */
  removed: { at: number; backend: unknown }[];
  /** Places in the list after of the entries that are new; what undo takes away. */
  added: number[];
  /** What became of the fields beside the list, where they changed: each as it was and as it is, absent where there is none. */
  fields?: { field: 'backendGroups' | 'backendDefaults'; before?: unknown; after?: unknown }[] | undefined;
  /** Fingerprint of the list after: undo refuses another one. */
  left?: string | undefined;
  /** Id of the entry this change took back. */
  undoOf?: string | undefined;
}

export interface MeshNode extends EntityBase {
  kind: 'node';
  listeners: Listener[];
  discovery:
    | { kind: 'dns'; hostname: string }
    | { kind: 'cloudMap'; namespaceName: string; serviceName: string }
    | { kind: 'none' };
  /** Kubernetes Service behind the DNS name, as namespace/name, when there is one. */
  kubernetesService?: string | undefined;
  /**
   * Where the Services were read and none is behind the DNS name. host: the name of something elsewhere. noService: a name
   * only a Service of this cluster would have.
   */
  beyond?: 'host' | 'noService' | undefined;
  backends: Backend[];
  backendGroups: Target[];
  /** The controller takes no notice of them: it runs without `--enable-backend-groups`. */
  groupsIgnored?: boolean | undefined;
  /** What its client policy says where a backend has none of its own (`backendDefaults`); absent without one. */
  defaultTlsEnforced?: boolean | undefined;
  /** The changes of backends this console made, newest first; absent where there are none. */
  backendsHistory?: BackendsEntry[] | undefined;
  workload: Workload;
}

/** A member of a backend group, resolved from where the group is. */
export interface GroupMember extends Target {
  /**
   * It is written without a namespace. The controller looks for it in the namespace of each node that uses the group, and not in
   * that of the group.
   */
  bare?: boolean | undefined;
}

export interface BackendGroup extends EntityBase {
  kind: 'backendGroup';
  members: GroupMember[];
  /** The changes of members this console made, newest first; absent where there are none. */
  history?: BackendsEntry[] | undefined;
}

/** An object that could not be read. It stays on screen under its key with what is wrong. */
export interface Malformed {
  key: EntityKey;
  kind: 'malformed';
  ref: EntityRef;
  /** The name on the AWS side, as far as it can be told. */
  awsName?: string | undefined;
  /** Field paths and what is wrong with each. */
  problems: { path: string; message: string }[];
  writtenBy?: Writer[] | undefined;
}

/** What a source can do, and within which limits, so that editors ask instead of knowing App Mesh by heart. */
export interface Capabilities {
  weightMin: number;
  weightMax: number;
  targetsPerRouteMax: number;
  /** Sum above which the control plane's documentation forbids a route. */
  weightSumMax: number;
  backendsEditable: boolean;
}

/** As the CRD writes it. */
export type EgressType = 'ALLOW_ALL' | 'DROP_ALL';

/** One recorded change of the egress filter of a mesh, kept in the object's own annotation, newest first. */
export interface EgressEntry {
  id: string;
  /** ISO 8601. */
  at: string;
  by: string;
  reason?: string | undefined;
  /** Absent where the object had no filter, which counts as DROP_ALL. */
  before?: EgressType | undefined;
  after?: EgressType | undefined;
  /** Id of the entry this change took back. */
  undoOf?: string | undefined;
}

export interface Mesh extends EntityBase {
  kind: 'mesh';
  egress: 'deny' | 'allow';
  owner?: string | undefined;
  /** live: the control plane answers. frozen: objects change, nobody takes them. unknown: no evidence either way. */
  controlPlane: 'live' | 'frozen' | 'unknown';
  /** The source that says so, where it is another than the one the mesh is shown from. */
  controlPlaneSaidBy?: string | undefined;
  /** Whether the controller runs with `--enable-backend-groups`; absent where its Deployment was not found or not read. */
  groupsFlag?: 'on' | 'off' | undefined;
  capabilities: Capabilities;
}

export type Entity = Gateway | GatewayRoute | Service | Router | MeshNode | BackendGroup;

/** Everything known about one mesh. */
export interface MeshModel {
  mesh: Mesh;
  entities: Map<EntityKey, Entity>;
  malformed: Malformed[];
  /** Kinds of which not all objects were read: that one of them is not here proves nothing. */
  unread?: readonly EntityKind[] | undefined;
  /** ISO 8601: when the reading began of which this is the outcome; for sources that are polled. */
  readAt?: string | undefined;
}
