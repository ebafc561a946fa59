/** Which parts of a given object a write takes, and what counts as a change. */
import { copy, same } from './json';
import type { KubeObject, ResourceType } from './types';

/** Sets one field as it stands elsewhere, or takes it out. */
export function copyField(to: object, from: object, field: string): void {
  const kept: unknown = Reflect.get(from, field);
  if (kept === undefined) Reflect.deleteProperty(to, field);
  else Reflect.set(to, field, copy(kept));
}

/** Through the status door only the status comes in, and the managers. */
export function keepAllButStatus(object: KubeObject, old: KubeObject): void {
  const status: unknown = object['status'];
  for (const field of Object.keys(object)) if (!(field in old)) Reflect.deleteProperty(object, field);
  const managed = object.metadata.managedFields;
  Object.assign(object, copy(old));
  if (managed !== undefined) object.metadata.managedFields = managed;
  if (status === undefined) Reflect.deleteProperty(object, 'status');
  else object['status'] = status;
}

/** Generation counts changes of what is asked for, never of metadata or status. */
export function specChanged(type: ResourceType, object: KubeObject, old: KubeObject): boolean {
  const asked = ({ metadata: _metadata, status, ...rest }: KubeObject) =>
    type.statusSubresource ? rest : { ...rest, status: status as unknown };
  return !same(asked(object), asked(old));
}

/** What of a given object an apply through the main or the status door speaks of. */
export function configuration(
  type: ResourceType,
  given: KubeObject,
  subresource: 'status' | undefined,
): KubeObject {
  const { status, ...config } = copy(given);
  if (type.namespaced) config.metadata.namespace ??= 'default';
  else delete config.metadata.namespace;
  if (subresource === undefined)
    return type.statusSubresource || status === undefined ? config : { ...config, status: status as unknown };
  const { apiVersion, kind, metadata } = config;
  const { name, namespace } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    status: status as unknown,
  };
}
