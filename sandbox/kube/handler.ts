/** One Kubernetes API request, from its path to its answer. */
import type { InProcessCluster } from './cluster';
import { deleteCollection, deleteOne } from './deleting';
import { discovery } from './discovery';
import { openApiDocument } from './openapi';
import { get, list, selection, watch } from './reading';
import type { ApiAnswer, ApiRequest } from './request';
import { isProtobuf, parseFields, wants } from './request';
import { answerReview, findReview } from './reviews';
import type { Target } from './route';
import { parsePath } from './route';
import { StatusError } from './types';
import { create, isWritable, patch, replace } from './writing';

export type { ApiAnswer, ApiRequest } from './request';

const NO_RESOURCE = 'the server could not find the requested resource';
const HEALTH = ['/healthz', '/readyz', '/livez'];

function notAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
  );
}

const isNamed = (target: Target): target is Target & { name: string } => target.name !== undefined;

/** What is at no resource's path. */
function besides(cluster: InProcessCluster, request: ApiRequest): ApiAnswer | undefined {
  const { method, path } = request;
  if (HEALTH.includes(path)) return { status: 200, body: 'ok' };
  if (path === '/openapi/v2') return { status: 200, body: openApiDocument(cluster.resourceTypes()) };
  const described = method === 'GET' ? discovery(path, cluster.resourceTypes()) : undefined;
  if (described) return { status: 200, body: described };
  const review = method === 'POST' ? findReview(path) : undefined;
  if (!review) return undefined;
  // What a binary review asks is not read: the answer is the same for everything.
  const asked = isProtobuf(request) ? undefined : parseFields(request);
  return { status: 201, body: answerReview(review, asked) };
}

/** Answers a request; refusals are thrown as StatusError. */
export function handle(cluster: InProcessCluster, request: ApiRequest): ApiAnswer {
  const { method, path, query } = request;
  const answered = besides(cluster, request);
  if (answered) return answered;
  const target = parsePath(path, cluster);
  if (!target || !isWritable(target)) throw new StatusError(404, 'NotFound', NO_RESOURCE);
  if (method === 'GET' && wants(query, 'watch')) return watch(target, request);
  if (isNamed(target)) {
    if (method === 'GET') return get(cluster, target, request);
    if (method === 'PUT') return replace(cluster, target, request);
    if (method === 'PATCH') return patch(cluster, target, request);
    if (method === 'DELETE' && target.subresource === undefined) return deleteOne(cluster, target, request);
    throw notAllowed();
  }
  if (method === 'GET') return list(cluster, target, request);
  if (method === 'POST') return create(cluster, target, request);
  if (method === 'DELETE') return deleteCollection(cluster, target, request, selection(query));
  throw notAllowed();
}
