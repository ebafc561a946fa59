/** Where the fields of the model stand in the objects they were read from, and who changes them. */

/**
 * spec: somebody asked for it. status: the control plane or the cluster reports it, or keeps books. workload: the pods
 * behind it. finding: what this console makes of it.
 */
export type ChangeKind = 'spec' | 'status' | 'workload' | 'finding';

interface Word {
  path: string;
  kind: ChangeKind;
}

const spec = (path: string): Word => ({ path, kind: 'spec' });
const status = (path: string): Word => ({ path, kind: 'status' });

/** Top fields of the entities. The App Mesh CRDs name them (appmesh.k8s.aws/v1beta2). */
const WORDS: Readonly<Record<string, Word>> = {
  awsName: spec('spec.awsName'),
  labels: spec('metadata.labels'),
  deletingSince: spec('metadata.deletionTimestamp'),
  ownership: spec('metadata.ownership'),
  listeners: spec('spec.listeners'),
  routes: spec('spec.routes'),
  discovery: spec('spec.serviceDiscovery'),
  backends: spec('spec.backends'),
  backendGroups: spec('spec.backendGroups'),
  members: spec('spec.virtualservices'),
  provider: spec('spec.provider'),
  gateway: spec('spec.virtualGatewayRef'),
  protocol: spec('spec.protocol'),
  priority: spec('spec.priority'),
  match: spec('spec.match'),
  target: spec('spec.action.target'),
  targetPort: spec('spec.action.target.port'),
  rewrite: spec('spec.action.rewrite'),
  egress: spec('spec.egressFilter'),
  owner: spec('spec.meshOwner'),
  problems: spec('problems'),
  createdAt: status('metadata.creationTimestamp'),
  conditions: status('status.conditions'),
  observedGeneration: status('status.observedGeneration'),
  history: status('metadata.annotations[meshdeck.dev/history]'),
  // The controller's words, as the event on the object has them.
  problem: status('events[ReconcileError]'),
  workload: { path: 'pods', kind: 'workload' },
};

/** The path and kind of a top field; one this table does not know stands under its own name. */
export function wordOf(field: string): Word {
  return (Object.hasOwn(WORDS, field) ? WORDS[field] : undefined) ?? status(field);
}

const REFERENCE: Readonly<Record<string, Word>> = {
  // Deleted and made anew: somebody did that.
  uid: spec('metadata.uid'),
  arn: status('status.arn'),
  apiVersion: status('apiVersion'),
};

/** The path and kind of a field of `ref`. */
export function referenceWord(field: string): Word {
  return (Object.hasOwn(REFERENCE, field) ? REFERENCE[field] : undefined) ?? status(`metadata.${field}`);
}

/** Names of fields further down that the objects call otherwise. */
const INNER: Readonly<Record<string, string>> = { targets: 'weightedTargets', retry: 'retryPolicy' };

export const innerWord = (field: string): string =>
  (Object.hasOwn(INNER, field) ? INNER[field] : undefined) ?? field;

/** What the App Mesh API reports of a part of the spec. */
export const isReported = (field: string): boolean => field === 'taken';

/** Maps whose keys are the users' own: they stand in brackets. */
export const isMap = (path: string): boolean => path === 'metadata.labels';

/**
 * What follows from other fields and is not told for itself: the key and kind, a route's place and shares, the host name
 * that is the awsName, when the server noticed a generation, who wrote, and what the source can keep. A gateway's rows are
 * objects of their own.
 */
const DERIVED = new Set([
  'key',
  'kind',
  'index',
  'share',
  'hostname',
  'generationSeenAt',
  'writtenBy',
  'rows',
  'keepsHistory',
]);

export const isDerived = (field: string): boolean => DERIVED.has(field);
