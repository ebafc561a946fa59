/** The API server's refusals, word for word. */
import type { Cause } from './schema';
import type { ResourceType } from './types';
import { StatusError } from './types';

export const qualifiedName = (type: ResourceType) =>
  type.group === '' ? type.plural : `${type.plural}.${type.group}`;
const qualifiedKind = (type: ResourceType) => (type.group === '' ? type.kind : `${type.kind}.${type.group}`);
const detailsOf = (type: ResourceType, name: string) => ({ name, group: type.group, kind: type.plural });

export function notFound(type: ResourceType, name: string): StatusError {
  return new StatusError(
    404,
    'NotFound',
    `${qualifiedName(type)} "${name}" not found`,
    detailsOf(type, name),
  );
}

export function noNamespace(name: string): StatusError {
  const details = { name, kind: 'namespaces' };
  return new StatusError(404, 'NotFound', `namespaces "${name}" not found`, details);
}

const MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

/** 409: what the write expected is not what stands there. */
export function conflict(type: ResourceType, name: string, why = MODIFIED): StatusError {
  const what = `Operation cannot be fulfilled on ${qualifiedName(type)} "${name}"`;
  return new StatusError(409, 'Conflict', `${what}: ${why}`, detailsOf(type, name));
}

export function alreadyExists(type: ResourceType, name: string): StatusError {
  const message = `${qualifiedName(type)} "${name}" already exists`;
  return new StatusError(409, 'AlreadyExists', message, detailsOf(type, name));
}

/** 422 with the causes listed in the message and in the details. */
export function invalid(type: ResourceType, name: string, causes: readonly Cause[]): StatusError {
  const texts = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const details = { name, group: type.group, kind: type.kind, causes };
  return new StatusError(422, 'Invalid', `${qualifiedKind(type)} "${name}" is invalid: ${list}`, details);
}

export const badRequest = (message: string) => new StatusError(400, 'BadRequest', message);

/** 422 about the options of a request. */
export const invalidOption = (why: string) =>
  new StatusError(422, 'Invalid', `options.meta.k8s.io "" is invalid: ${why}`);

/** Why a delete or a write that expects another object conflicts. */
export const preconditionFailed = (what: string, wanted: string, found: string | undefined) =>
  `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${found}`;

/** 403: a namespace on its way out takes nothing in. */
export function terminating(type: ResourceType, name: string, namespace: string): StatusError {
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const causes = [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ];
  const details = { ...detailsOf(type, name), causes };
  return new StatusError(403, 'Forbidden', `${qualifiedName(type)} "${name}" is forbidden: ${why}`, details);
}
