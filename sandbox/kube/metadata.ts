/** What the API server says about an object's metadata. */
import type { Cause } from './schema';
import type { ObjectMeta, ResourceType } from './types';

const KNOWN = new Set([
  ...['name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion', 'generation'],
  ...['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'labels', 'annotations'],
  ...['finalizers', 'ownerReferences', 'managedFields', 'clusterName'],
]);

/** Removes, in place, the fields that no metadata has and returns their paths. */
export function pruneMetadata(metadata: ObjectMeta): string[] {
  const unknown = Object.keys(metadata).filter((field) => !KNOWN.has(field));
  for (const field of unknown) Reflect.deleteProperty(metadata, field);
  return unknown.map((field) => `metadata.${field}`);
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const VALUE = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?';
const [isSubdomain, isValue] = [SUBDOMAIN, VALUE].map((pattern) => new RegExp(`^${pattern}$`, 'u'));

/** Names of RBAC objects may hold anything a path may. */
const FREE_NAMES = 'rbac.authorization.k8s.io';

const wrong = (field: string, found: string, why: string): Cause => ({
  reason: 'FieldValueInvalid',
  field,
  message: `Invalid value: ${JSON.stringify(found)}: ${why}`,
});

/** What is wrong with a name and with labels; empty when they are fine. */
export function checkMetadata(type: ResourceType, { name, labels = {} }: ObjectMeta): Cause[] {
  const causes: Cause[] = [];
  if (type.group !== FREE_NAMES && !(isSubdomain?.test(name) && name.length <= 253))
    causes.push(
      wrong(
        'metadata.name',
        name,
        `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
      ),
    );
  for (const label of Object.values(labels))
    if (typeof label !== 'string' || label.length > 63 || !isValue?.test(label))
      causes.push(
        wrong(
          'metadata.labels',
          label,
          `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${VALUE}')`,
        ),
      );
  return causes;
}
