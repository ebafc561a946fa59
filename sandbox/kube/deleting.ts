/** DELETE of one object or of a whole selection. */
import type { InProcessCluster } from './cluster';
import type { Fields } from './json';
import { isFields } from './json';
import { listAnswer } from './representation';
import { badRequest } from './refusals';
import type { ApiAnswer, ApiRequest } from './request';
import { parseFields } from './request';
import type { Target } from './route';
import type { Predicate } from './selectors';
import { typeId } from './store';
import type { DeleteOptions, KubeObject, ResourceType } from './types';

const POLICIES = ['Orphan', 'Background', 'Foreground'] as const;

/** DeleteOptions from the body or, where the body has none, from the query. */
export function deleteOptions(request: ApiRequest): DeleteOptions {
  const body = request.body.trim() === '' ? {} : parseFields(request);
  const { query } = request;
  const dryRuns: unknown = body['dryRun'] ?? query.getAll('dryRun');
  const asked: unknown = body['propagationPolicy'] ?? query.get('propagationPolicy');
  const orphans: unknown = body['orphanDependents'] ?? query.get('orphanDependents');
  const propagation = POLICIES.find((policy) => policy === asked);
  if (typeof asked === 'string' && propagation === undefined)
    throw badRequest(`propagationPolicy: Invalid value: ${asked}: must be one of ${POLICIES.join(', ')}`);
  const orphan = orphans === true || orphans === 'true' ? ({ propagation: 'Orphan' } as const) : {};
  const preconditions = isFields(body['preconditions']) ? body['preconditions'] : {};
  const text = (field: string) => {
    const found = preconditions[field];
    return typeof found === 'string' ? { [field]: found } : {};
  };
  return {
    preconditions: { ...text('uid'), ...text('resourceVersion') },
    ...(propagation ? { propagation } : orphan),
    dryRun: Array.isArray(dryRuns) && dryRuns.includes('All'),
  };
}

/** The answer to a delete: the object while it still waits for something, or what it was. */
export function deleteOne(
  cluster: InProcessCluster,
  target: Target & { name: string },
  request: ApiRequest,
): ApiAnswer {
  const { type, namespace, name } = target;
  const gone = cluster.get(type, namespace, name);
  const left = cluster.delete(type, namespace, name, deleteOptions(request));
  return { status: 200, body: left ?? success(type, gone) };
}

function success({ group, plural }: ResourceType, gone: KubeObject | undefined): object {
  const details: Fields = {
    name: gone?.metadata.name,
    ...(group === '' ? {} : { group }),
    kind: plural,
    uid: gone?.metadata.uid,
  };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

/** Deletes everything selected and answers with what was there. */
export function deleteCollection(
  cluster: InProcessCluster,
  { type, namespace }: Target,
  request: ApiRequest,
  selects: Predicate,
): ApiAnswer {
  const options = deleteOptions(request);
  const items = cluster.store.list(typeId(type), namespace).filter(selects);
  for (const { metadata } of items)
    if (cluster.peek(type, metadata.namespace, metadata.name))
      cluster.delete(type, metadata.namespace, metadata.name, options);
  const metadata = { resourceVersion: String(cluster.store.current) };
  return listAnswer(items, metadata, { type, request, now: cluster.now() });
}
