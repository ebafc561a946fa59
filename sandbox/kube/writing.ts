/** POST, PUT and PATCH: from a request to a write of the cluster. */
import type { InProcessCluster } from './cluster';
import { FieldValidation } from './field-validation';
import type { Fields } from './json';
import { isFields } from './json';
import { applyJsonPatch, applyMergePatch } from './patch';
import { badRequest, invalid, invalidOption, notFound } from './refusals';
import { objectAnswer } from './representation';
import type { ApiAnswer, ApiRequest } from './request';
import { mediaType, parseBody, parseFields } from './request';
import type { Target } from './route';
import { isScalable, scaled, scaleOf } from './scale';
import { applyStrategicMerge } from './strategic-merge';
import type { KubeObject, ObjectMeta, WriteOptions } from './types';
import { StatusError } from './types';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
const APPLY_PATCH = 'application/apply-patch+yaml';

type Named = Target & { name: string };

/** Whatever metadata was given: the write path reads it field by field. */
const metadataOf = (given: Fields): Partial<ObjectMeta> =>
  isFields(given['metadata']) ? given['metadata'] : {};

/** A given object in its place: kind and name are those of the path, which the object may leave out but not deny. */
function placed(given: Fields, { type, namespace, name }: Target): KubeObject {
  const metadata = metadataOf(given);
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  const { apiVersion: givenVersion, kind } = given;
  if (givenVersion !== undefined && kind !== undefined && (givenVersion !== apiVersion || kind !== type.kind))
    throw badRequest(
      `the API version in the data (${String(givenVersion)}, ${String(kind)}) does not match the expected API version (${apiVersion}, ${type.kind})`,
    );
  if (namespace !== undefined && metadata.namespace !== undefined && metadata.namespace !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  if (name !== undefined && metadata.name !== undefined && metadata.name !== name)
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  return {
    ...given,
    apiVersion,
    kind: type.kind,
    metadata: {
      ...metadata,
      name: name ?? metadata.name ?? '',
      ...(namespace === undefined ? {} : { namespace }),
    },
  };
}

/** The API server's own rule: the parameter, or what the client calls itself up to the first slash. */
function managerOf({ query, userAgent }: ApiRequest): string {
  const name = query.get('fieldManager') || userAgent.split('/')[0] || 'unknown';
  if (name.length > 128 || !/^[\x20-\x7e]*$/.test(name))
    throw invalidOption(
      `fieldManager: Invalid value: ${JSON.stringify(name)}: may not be more than 128 bytes`,
    );
  return name;
}

function optionsOf(
  request: ApiRequest,
  validation: FieldValidation,
  subresource: string | undefined,
): WriteOptions & { subresource?: 'status' } {
  const dryRun = request.query.getAll('dryRun');
  if (dryRun.some((each) => each !== 'All'))
    throw invalidOption(`dryRun: Unsupported value: ${JSON.stringify(dryRun)}: supported values: "All"`);
  return {
    dryRun: dryRun.length > 0,
    fieldManager: managerOf(request),
    onUnknown: validation.unknown,
    ...(subresource === 'status' ? { subresource } : {}),
  };
}

/** POST. */
export function create(cluster: InProcessCluster, target: Target, request: ApiRequest): ApiAnswer {
  const given = parseFields(request);
  const validation = new FieldValidation(request, undecodable(target));
  validation.duplicates(request.body, given);
  const options = optionsOf(request, validation, undefined);
  const object = cluster.create(target.type, placed(given, target), options);
  return answer(cluster, target, request, { object, status: 201, validation });
}

/** PUT. */
export function replace(cluster: InProcessCluster, target: Named, request: ApiRequest): ApiAnswer {
  const given = parseFields(request);
  if (target.subresource === 'scale') return scale(cluster, target, request, given);
  const validation = new FieldValidation(request, undecodable(target));
  validation.duplicates(request.body, given);
  const options = optionsOf(request, validation, target.subresource);
  const next = placed(given, target);
  // Custom resources are never replaced blindly; built-in kinds may be.
  if (target.type.schema && !next.metadata.resourceVersion)
    throw invalid(target.type, target.name, [
      {
        reason: 'FieldValueInvalid',
        field: 'metadata.resourceVersion',
        message: 'Invalid value: 0x0: must be specified for an update',
      },
    ]);
  const object = cluster.replace(target.type, next, options);
  return answer(cluster, target, request, { object, validation });
}

/** PATCH of all four sorts. */
export function patch(cluster: InProcessCluster, target: Named, request: ApiRequest): ApiAnswer {
  const { type, namespace, name } = target;
  const sort = mediaType(request);
  checkSort(sort, target);
  if (sort === APPLY_PATCH) return apply(cluster, target, request);
  if (request.query.has('force'))
    throw invalidOption('force: Forbidden: may not be specified for non-apply patch');
  const change = parseBody(request);
  const validation = new FieldValidation(
    request,
    (why) =>
      new StatusError(
        422,
        'Invalid',
        ` "" is invalid: patch: Invalid value: ${JSON.stringify(request.body)}: ${why}`,
      ),
  );
  validation.duplicates(request.body, change);
  const found = cluster.get(type, namespace, name);
  if (!found) throw notFound(type, name);
  if (target.subresource === 'scale')
    return scale(cluster, target, request, patched(scaleOf(found), change, sort));
  const { resourceVersion } = found.metadata;
  const next = patched(found, change, sort) as KubeObject; // its metadata is put back by `placed` and the write path
  const options = optionsOf(request, validation, target.subresource);
  const object = placed(next, target);
  object.metadata.resourceVersion ??= resourceVersion ?? '';
  return answer(cluster, target, request, { object: cluster.replace(type, object, options), validation });
}

function patched(found: KubeObject, change: unknown, sort: string): Fields {
  if (sort === JSON_PATCH) return applyJsonPatch(found, change);
  if (!isFields(change)) throw badRequest('error decoding patch: a merge patch is an object');
  const merged =
    sort === STRATEGIC_PATCH ? applyStrategicMerge(found, change) : applyMergePatch(found, change);
  return merged as Fields; // an object merged with an object is one
}

function apply(cluster: InProcessCluster, target: Named, request: ApiRequest): ApiAnswer {
  const { query } = request;
  if (!query.get('fieldManager'))
    throw invalidOption('fieldManager: Required value: is required for apply patch');
  const given = parseFields(request);
  if (given['apiVersion'] === undefined || given['kind'] === undefined)
    throw badRequest(
      "error decoding YAML: Object 'Kind' or 'apiVersion' is missing in the applied configuration",
    );
  const config = placed(given, target);
  if (config.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  const validation = new FieldValidation(request, (why) => badRequest(`error decoding YAML: ${why}`));
  validation.duplicates(request.body, given);
  const options = optionsOf(request, validation, target.subresource);
  const { object, created } = cluster.apply(target.type, config, {
    ...options,
    force: query.get('force') === 'true',
  });
  return answer(cluster, target, request, { object, status: created ? 201 : 200, validation });
}

function scale(cluster: InProcessCluster, target: Named, request: ApiRequest, given: Fields): ApiAnswer {
  const { type, namespace, name } = target;
  const found = cluster.get(type, namespace, name);
  if (!found) throw notFound(type, name);
  const metadata = { ...metadataOf(given), name };
  const next = scaled(found, { apiVersion: 'autoscaling/v1', kind: 'Scale', ...given, metadata }, type);
  const validation = new FieldValidation(request, undecodable(target));
  const written = cluster.replace(type, next, optionsOf(request, validation, 'scale'));
  return { status: 200, body: scaleOf(written) };
}

const undecodable =
  ({ type }: Target) =>
  (why: string) =>
    badRequest(`${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: ${why}`);

/** Custom resources know no strategic merge patch. */
function checkSort(sort: string, { type }: Target): void {
  const sorts = [JSON_PATCH, MERGE_PATCH, ...(type.schema ? [] : [STRATEGIC_PATCH]), APPLY_PATCH];
  if (sorts.includes(sort)) return;
  throw new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${sorts.join(', ')}`,
  );
}

function answer(
  cluster: InProcessCluster,
  { type }: Target,
  request: ApiRequest,
  { object, status = 200, validation }: { object: KubeObject; status?: number; validation: FieldValidation },
): ApiAnswer {
  const { body, headers } = objectAnswer(object, { type, request, now: cluster.now() });
  return { status, body, headers: { ...headers, ...validation.headers() } };
}

/** Whether a path's subresource exists for writing. */
export const isWritable = ({ type, subresource }: Target): boolean =>
  subresource === undefined ||
  (subresource === 'status' && type.statusSubresource) ||
  (subresource === 'scale' && isScalable(type));
