/** What the provider reads of a cluster. */

/** One resource to list and watch. */
export interface WatchedResource {
  /** '' for the core group. */
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
  /** Only objects whose fields are such. */
  fieldSelector?: string;
  /** Who wrote each object is read from it. */
  writers?: boolean;
}

/** A Kubernetes object as the API answered it. Below the metadata nothing is known until it is parsed. */
export interface RawObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    managedFields?: unknown;
    ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
  };
  [field: string]: unknown;
}

/** Objects by plural. A plural that is missing could not be read; an empty list was read and holds nothing. */
export type World = Readonly<Record<string, readonly RawObject[]>>;

export const APP_MESH_GROUP = 'appmesh.k8s.aws';
export const APP_MESH_VERSION = 'v1beta2';

const appMesh = (plural: string, kind: string, namespaced = true): WatchedResource => ({
  group: APP_MESH_GROUP,
  version: APP_MESH_VERSION,
  plural,
  kind,
  namespaced,
  writers: true,
});
const core = (plural: string, kind: string, namespaced = true): WatchedResource => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced,
});

/** The seven kinds, and what tells where they run and what the controller says about them. */
export const APP_MESH_RESOURCES: readonly WatchedResource[] = [
  appMesh('meshes', 'Mesh', false),
  appMesh('virtualgateways', 'VirtualGateway'),
  appMesh('gatewayroutes', 'GatewayRoute'),
  appMesh('virtualservices', 'VirtualService'),
  appMesh('virtualrouters', 'VirtualRouter'),
  appMesh('virtualnodes', 'VirtualNode'),
  appMesh('backendgroups', 'BackendGroup'),
  core('namespaces', 'Namespace', false),
  core('pods', 'Pod'),
  core('services', 'Service'),
  // The controller's refusals; a cluster has many thousands of other events.
  { ...core('events', 'Event'), fieldSelector: 'reason=ReconcileError' },
  { group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment', namespaced: true },
  { group: 'apps', version: 'v1', plural: 'replicasets', kind: 'ReplicaSet', namespaced: true },
];

const PLURAL_OF: Record<string, string> = {
  mesh: 'meshes',
  gateway: 'virtualgateways',
  gatewayRoute: 'gatewayroutes',
  service: 'virtualservices',
  router: 'virtualrouters',
  node: 'virtualnodes',
  backendGroup: 'backendgroups',
};

/** Plural of the resource behind a word of the model (`router` → `virtualrouters`); `undefined` for a word that names none. */
export function modelKindToPlural(kind: string): string | undefined {
  return Object.hasOwn(PLURAL_OF, kind) ? PLURAL_OF[kind] : undefined;
}
