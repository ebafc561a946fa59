/**
 * The words shared by the parts of the sandbox: objects, resource types and the in-process view of the cluster.
 * The HTTP API, the App Mesh controller's behaviour and the workload simulator all work through `Cluster`, so that a
 * write takes the same path (defaulting, admission, validation, versioning) whoever makes it.
 */

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ObjectMeta {
  name: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: unknown[];
}

/** Any Kubernetes object. Kinds differ below the metadata; whoever reads a field narrows it there. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- free-form by nature: each kind has its own fields
  [field: string]: any;
}

export interface PrinterColumn {
  name: string;
  type: string;
  jsonPath: string;
  description?: string;
  priority?: number;
  format?: string;
}

export interface ResourceType {
  /** '' for the core group. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  listKind: string;
  namespaced: boolean;
  shortNames: string[];
  categories: string[];
  /** Whether writes to `/status` are kept apart from writes to the rest. */
  statusSubresource: boolean;
  /** OpenAPI v3 structural schema; built-in kinds of the sandbox have none. */
  schema?: Record<string, unknown>;
  printerColumns: PrinterColumn[];
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
}

export interface WriteOptions {
  /** Name recorded in managedFields; defaults to the sandbox's own. */
  fieldManager?: string;
  dryRun?: boolean;
  /** Hears of fields that the kind does not have and that are left out; may refuse by throwing. */
  onUnknown?: (fields: string[]) => void;
}

export interface DeleteOptions {
  preconditions?: { uid?: string; resourceVersion?: string };
  /** What becomes of owned objects; Background unless given. Deleting them is the garbage collector's work. */
  propagation?: 'Orphan' | 'Background' | 'Foreground';
  dryRun?: boolean;
}

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE';
  resource: ResourceType;
  namespace: string | undefined;
  name: string;
  /** May be changed in place by a mutating hook. */
  object: KubeObject;
  oldObject: KubeObject | undefined;
  dryRun: boolean;
}

/**
 * Runs inside the write path, in the API server's order: pruning, `mutate`, schema validation (422), `validate`.
 * Not called for deletes nor for the status subresource. A hook refuses by throwing `StatusError`.
 */
export interface AdmissionHook {
  name: string;
  handles(resource: ResourceType): boolean;
  mutate?(request: AdmissionRequest): void;
  validate?(request: AdmissionRequest): void;
}

/** A refusal in the shape of the Kubernetes `Status` object. */
export class StatusError extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details?: Record<string, unknown>,
  ) {
    super(message);
    this.name = 'StatusError';
  }
}

/** The in-process cluster. Every object handed out is a copy: change it freely, write it back through a method. */
export interface Cluster {
  resourceTypes(): ResourceType[];
  /** Finds a type by group and plural (`appmesh.k8s.aws`, `virtualnodes`); throws when the cluster does not know it. */
  resourceType(group: string, plural: string): ResourceType;
  typeOf(object: { apiVersion: string; kind: string }): ResourceType;

  get(type: ResourceType, namespace: string | undefined, name: string): KubeObject | undefined;
  /** All objects of a type, of one namespace or of all. */
  list(type: ResourceType, namespace?: string): KubeObject[];
  create(type: ResourceType, object: KubeObject, options?: WriteOptions): KubeObject;
  /** Read, change, write: `change` edits a copy in place. Nothing is written when nothing changed. `undefined` when it is gone. */
  mutate(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    change: (draft: KubeObject) => void,
    options?: WriteOptions & { subresource?: 'status' },
  ): KubeObject | undefined;
  /** Deletes, or sets deletionTimestamp while finalizers remain. Removing the last finalizer of a deleted object ends it. */
  delete(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): KubeObject | undefined;

  /** Hears of every later change, synchronously and in order. Returns how to stop. */
  subscribe(listener: (type: ResourceType, event: WatchEvent) => void): () => void;
  addAdmission(hook: AdmissionHook): void;
}

/** State of the X-Ray or the CloudWatch API. `empty`: answers without any data; `partial`: with a part of it. */
export type TelemetryMode =
  'up' | 'down' | 'forbidden' | 'expired' | 'throttled' | 'slow' | 'empty' | 'partial';

/** Faults a user of the sandbox can switch on and off over `/_sandbox/knobs`. */
export interface Knobs {
  /** Added to every Kubernetes API request, in milliseconds. */
  latencyMs: number;
  /** Share (0..1) of Kubernetes API requests answered with 500. */
  errorRatio: number;
  /** Objects that take no change: `plural/namespace/name`. Dry runs of one pass; the write itself is answered with 500. */
  refusedWrites: string[];
  /** Answer every Kubernetes API request with 429 and Retry-After: 1. */
  throttled: boolean;
  /** Drop every connection to the Kubernetes API. */
  apiDown: boolean;
  /** The App Mesh controller does not run: no reconcile; its webhooks refuse every create and update of its kinds. */
  controllerDown: boolean;
  /** State of the App Mesh API. The controller notices only `down` and `gone`: its requests are not the clients' own. */
  appMeshApi: 'up' | 'down' | 'gone' | 'forbidden' | 'throttled' | 'slow';
  /** The operations that `forbidden`, `throttled` and `slow` concern; all of them when empty. */
  appMeshOperations: string[];
  /** Share (0..1) of the App Mesh API requests refused while it is `throttled`. */
  appMeshThrottledRatio: number;
  /** Added to every request of the App Mesh API while it is `slow`, in milliseconds. */
  appMeshDelayMs: number;
  /** Quotas of the App Mesh API other than those in force otherwise, by name. */
  appMeshQuotas: Record<string, number>;
  /** What the traffic is drawn from: another one is another past. */
  trafficSeed: number;
  /** Factor of the requests that enter, from the next second on. */
  trafficRate: number;
  /** Share (0..1) of the requests traced beyond the first of each second and proxy; with 0 nothing is traced. */
  xraySampling: number;
  /** AWS names of nodes whose application does not hand on the trace header. */
  xrayLostPropagation: string[];
  /** Every trace has a segment that is no JSON. */
  xrayMalformed: boolean;
  /** Every trace is over the size limit: part of its segments are missing. */
  xrayOversized: boolean;
  xrayMode: TelemetryMode;
  cloudWatchMode: TelemetryMode;
  /** The operations that a mode other than `up` and `down` concerns; all of them when empty. */
  xrayOperations: string[];
  cloudWatchOperations: string[];
  /** Which pipeline the metrics took: it shows in their names, dimensions and namespace. */
  cloudWatchNames: 'statsd' | 'prometheus' | 'adot';
  /** How far the clocks of the proxies are ahead (or behind, when negative), in seconds. */
  telemetryClockSkewSeconds: number;
  /** Added to every request of X-Ray or CloudWatch while it is `slow`, in milliseconds. */
  telemetryDelayMs: number;
  /** Share (0..1) of the requests refused while X-Ray or CloudWatch is `throttled`. */
  telemetryThrottledRatio: number;
  /** Time the controller takes for each step of a reconcile, in milliseconds. */
  reconcileDelayMs: number;
}
