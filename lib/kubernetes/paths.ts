/** Paths of the Kubernetes API. */

/** A kind of object, as the API addresses it. */
export interface ResourceAddress {
  /** '' for the core group. */
  group: string;
  version: string;
  plural: string;
  namespaced: boolean;
}

/** Path of a resource's list (no `name`) or of one object. Without `namespace` a namespaced list spans the cluster. */
export function resourcePath(
  { group, version, plural, namespaced }: ResourceAddress,
  { namespace, name }: { namespace?: string; name?: string } = {},
): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const scope = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}
