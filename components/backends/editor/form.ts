/** Parts of what a node says of backends as a form shows them, and the same with nothing else of it changed. Pure. */
import { isFields } from '@/lib/mesh/plain';
import type { Spec } from './spec-text';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (found: unknown): Fields => (isFields(found) ? found : {});
const serviceOf = (entry: unknown): Fields => fieldsOf(fieldsOf(entry)['virtualService']);

/** Fields without those that are undefined. */
const given = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, content]) => content !== undefined));

/** A reference as one types it: the namespace only where it is written. */
export function referenceText(ref: unknown): string {
  const { name, namespace } = fieldsOf(ref);
  const local = typeof name === 'string' ? name : '';
  return typeof namespace === 'string' && namespace !== '' ? `${namespace}/${local}` : local;
}

/** The reference that a text names, with what else the one before said. */
export function referenceWith(ref: unknown, text: string): Fields {
  const { namespace: _, name: __, ...rest } = fieldsOf(ref);
  const parts = text.trim().split('/');
  const name = parts.pop() ?? '';
  return { name, ...(parts.length === 0 ? {} : { namespace: parts.join('/') }), ...rest };
}

/** An ARN is told by its form, in full or in the short one that the controller takes. */
const isArn = (text: string): boolean => text.includes(':') || text.split('/').length > 2;

/** What an entry names, as one types it: a reference or an ARN. */
export function entryText(entry: unknown): string {
  const { virtualServiceARN: arn, virtualServiceRef: ref } = serviceOf(entry);
  return typeof arn === 'string' && arn !== '' ? arn : referenceText(ref);
}

/** The entry with another service. */
export function entryNaming(entry: unknown, text: string): Fields {
  const { virtualServiceRef: ref, virtualServiceARN: _, ...rest } = serviceOf(entry);
  const named = isArn(text.trim())
    ? { virtualServiceARN: text.trim() }
    : { virtualServiceRef: referenceWith(ref, text) };
  return { ...fieldsOf(entry), virtualService: { ...named, ...rest } };
}

export const entryPolicy = (entry: unknown): unknown => serviceOf(entry)['clientPolicy'];

/** The entry with another client policy; `undefined` for none of its own. */
export const entryWithPolicy = (entry: unknown, clientPolicy: unknown): Fields => ({
  ...fieldsOf(entry),
  virtualService: given({ ...serviceOf(entry), clientPolicy }),
});

/** The whole with another list. One that is empty and was not there before is left out. */
export function withList(
  spec: Spec,
  field: 'backends' | 'backendGroups',
  list: readonly unknown[],
  base: Spec,
): Spec {
  const { [field]: _, ...rest } = spec;
  return list.length === 0 && base[field] === undefined ? rest : { ...spec, [field]: [...list] };
}

/** The whole with other defaults. */
export function withDefaults(spec: Spec, clientPolicy: unknown): Spec {
  const { backendDefaults, ...rest } = spec;
  const defaults = given({ ...backendDefaults, clientPolicy });
  return Object.keys(defaults).length === 0 ? rest : { ...rest, backendDefaults: defaults };
}

export const defaultPolicy = (spec: Spec): unknown => fieldsOf(spec.backendDefaults)['clientPolicy'];
