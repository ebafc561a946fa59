/**
 * The whole of what a VirtualNode says of backends: its list, its groups, and the policy it has for all of them. What stays is not
 * written, so that a patch carries no more than the change.
 */
import type { BackendsEntry } from '@/lib/mesh/model';
import { isFields, listEdits, same } from '@/lib/mesh/plain';
import type { ChangedBackends } from './backends-patch';
import type { RawObject } from './resources';

/** As the CRD has them. One that is left out stays as it is; `null` takes it away. */
export interface BackendsSpec {
  backends?: readonly unknown[] | null | undefined;
  backendGroups?: readonly unknown[] | null | undefined;
  backendDefaults?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The fields beside the list, which change as a whole. */
const WHOLE_FIELDS = ['backendGroups', 'backendDefaults'] as const;

const heldOf = (node: RawObject, field: keyof BackendsSpec): unknown => {
  const spec: unknown = node['spec'];
  const held = isFields(spec) ? spec[field] : undefined;
  return held === null ? undefined : held;
};

/** The three fields as an object holds them, untouched; those it does not have are left out. */
export function backendsSpecOf(node: RawObject): Record<string, unknown> {
  const fields = (['backends', 'backendGroups', 'backendDefaults'] as const).map(
    (field) => [field, heldOf(node, field)] as const,
  );
  return Object.fromEntries(fields.filter(([, held]) => held !== undefined));
}

/** What puts these fields in place of what stands. Those that are there must be of the CRD's shape. */
export function replaceBackends(node: RawObject, spec: BackendsSpec): ChangedBackends {
  const held = heldOf(node, 'backends');
  const before = Array.isArray(held) ? (held as unknown[]) : undefined;
  const after =
    spec.backends === undefined ? before : spec.backends === null ? undefined : [...spec.backends];
  const { removed, added } = listEdits(before ?? [], after ?? []);
  const fields = WHOLE_FIELDS.flatMap((field) => {
    const [was, is] = [heldOf(node, field), spec[field] === undefined ? heldOf(node, field) : spec[field]];
    return same(was, is ?? undefined) ? [] : [fieldEdit(field, was, is ?? undefined)];
  });
  return {
    before,
    after,
    removed: removed.map((at) => ({ at, backend: before?.[at] })),
    added,
    fields,
  };
}

type FieldEdit = NonNullable<BackendsEntry['fields']>[number];

const fieldEdit = (field: FieldEdit['field'], before: unknown, after: unknown): FieldEdit => ({
  field,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

/** The opposite of recorded edits of whole fields; `undefined` where one of them is no longer what the edit left. */
export function undoFields(node: RawObject, edits: readonly FieldEdit[]): FieldEdit[] | undefined {
  if (edits.some(({ field, after }) => !same(heldOf(node, field), after))) return undefined;
  return edits.map(({ field, before, after }) => fieldEdit(field, after, before));
}

/** Whether a change says anything that is not so already. */
export const changesNothing = ({ before, after, removed, added, fields }: ChangedBackends): boolean =>
  removed.length + added.length + fields.length === 0 && (before === undefined) === (after === undefined);
