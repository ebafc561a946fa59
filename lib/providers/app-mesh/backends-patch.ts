/**
 * JSON Patches for the backends of a VirtualNode. The list is tested as a whole, as it was seen, so that a patch made for
 * another state of it fails; what stays is not written, so that fields this version does not know survive.
 */
import { z } from 'zod';
import type { BackendsEntry } from '@/lib/mesh/model';
import { fingerprint } from '@/lib/mesh/plain';
import { replaceBackends, undoFields } from './backends-spec';
import type { BackendsSpec } from './backends-spec';
import { historyOps, listOps, sameNames, undoneList } from './list-patch';
import type { ChangedList } from './list-patch';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';
import { shellQuoted } from './shell';

/** Names are `namespace/name`, or an ARN where the entry names one. */
export interface BackendsChange {
  allow?: readonly { service: string; clientPolicy?: unknown }[] | undefined;
  /** Every entry of the name goes. */
  revoke?: readonly string[] | undefined;
  /** Another client policy for entries that stay; `null` takes it away. */
  policies?: readonly { service: string; clientPolicy: unknown }[] | undefined;
  /** In place of the three above: the fields as they are to be. */
  spec?: BackendsSpec | undefined;
}

/** What a change makes of the list, and of the fields beside it. */
export interface ChangedBackends extends ChangedList {
  fields: NonNullable<BackendsEntry['fields']>;
}

/** malformed: the list cannot be read. present: allowed already by an entry. absent: no such entry. changed: the list is not what the undone change left. */
export type BackendsRefusal =
  { ok: false; kind: 'malformed' | 'changed' } | { ok: false; kind: 'present' | 'absent'; service: string };

const PATH = '/spec/backends';

const listed = z.looseObject({
  spec: z.looseObject({
    backends: z
      .array(
        z.looseObject({
          virtualService: z.looseObject({
            virtualServiceRef: z.looseObject({ name: z.string(), namespace: z.string().nullish() }).nullish(),
            virtualServiceARN: z.string().nullish(),
          }),
        }),
      )
      .nullish(),
  }),
});
type Listed = NonNullable<z.infer<typeof listed>['spec']['backends']>;

function readList(
  node: RawObject,
): { ok: true; list: Listed | undefined; raw: unknown[] | undefined } | BackendsRefusal {
  const parsed = listed.safeParse(node);
  if (!parsed.success) return { ok: false, kind: 'malformed' };
  const list = parsed.data.spec.backends ?? undefined;
  // The entries themselves, untouched: parsing may have dropped nothing, and a patch must carry what the cluster holds.
  const spec: unknown = node['spec'];
  const held = typeof spec === 'object' && spec !== null && 'backends' in spec ? spec.backends : undefined;
  return { ok: true, list, raw: Array.isArray(held) ? held : undefined };
}

/** How requests and the history name an entry of a node in `namespace`; '' for one that names nothing. */
function nameOf({ virtualService }: Listed[number], namespace: string): string {
  if (virtualService.virtualServiceARN) return virtualService.virtualServiceARN;
  const ref = virtualService.virtualServiceRef;
  return ref ? `${ref.namespace || namespace}/${ref.name}` : '';
}

/** Names of the node's own entries, in their order; `undefined` where there is no list, or none that can be read. */
export function backendNames(node: RawObject): string[] | undefined {
  const read = readList(node);
  return read.ok ? read.list?.map((each) => nameOf(each, node.metadata.namespace ?? '')) : undefined;
}

/** An ARN is told by its form: no namespace has a colon, and `mesh/…` with three slashes is the short one the controller takes. */
export const isArnName = (service: string): boolean => service.includes(':') || service.split('/').length > 2;

function newEntry(service: string, clientPolicy: unknown): unknown {
  const [namespace = '', name = ''] = service.split('/');
  return {
    virtualService: {
      ...(isArnName(service) ? { virtualServiceARN: service } : { virtualServiceRef: { name, namespace } }),
      ...(clientPolicy === undefined || clientPolicy === null ? {} : { clientPolicy }),
    },
  };
}

function withPolicy(entry: unknown, clientPolicy: unknown): unknown {
  const read = z.looseObject({ virtualService: z.looseObject({}) }).parse(entry);
  const { clientPolicy: _, ...rest } = read.virtualService;
  return {
    ...read,
    virtualService: { ...rest, ...(clientPolicy === null ? {} : { clientPolicy }) },
  };
}

/** What a change would make of a node's list. */
export function changeBackends(
  node: RawObject,
  { allow = [], revoke = [], policies = [], spec }: BackendsChange,
): { ok: true; changed: ChangedBackends } | BackendsRefusal {
  // What cannot be read may be put right by what takes its place.
  if (spec !== undefined) return { ok: true, changed: replaceBackends(node, spec) };
  const read = readList(node);
  if (!read.ok) return read;
  const names = read.list?.map((each) => nameOf(each, node.metadata.namespace ?? '')) ?? [];
  const missing = [...revoke, ...policies.map(({ service }) => service)].find(
    (name) => !names.includes(name),
  );
  if (missing !== undefined) return { ok: false, kind: 'absent', service: missing };
  const twice = allow.find(({ service }) => names.includes(service) && !revoke.includes(service));
  if (twice !== undefined) return { ok: false, kind: 'present', service: twice.service };
  const after: unknown[] = [];
  const removed: BackendsEntry['removed'] = [];
  const added: number[] = [];
  (read.raw ?? []).forEach((backend: unknown, at) => {
    const name = names[at] ?? '';
    const policy = policies.find(({ service }) => service === name);
    if (revoke.includes(name)) removed.push({ at, backend });
    else if (policy !== undefined) {
      removed.push({ at, backend });
      added.push(after.length);
      after.push(withPolicy(backend, policy.clientPolicy));
    } else after.push(backend);
  });
  for (const { service, clientPolicy } of allow) {
    added.push(after.length);
    after.push(newEntry(service, clientPolicy));
  }
  const untouched = read.raw === undefined && after.length === 0;
  return {
    ok: true,
    changed: { before: read.raw, after: untouched ? undefined : after, removed, added, fields: [] },
  };
}

/**
 * The exact opposite of a recorded change. Refused (`changed`) unless the list is what that change left, policies included, and
 * so are the fields beside it that it touched.
 */
export function undoBackends(
  node: RawObject,
  entry: BackendsEntry,
): { ok: true; changed: ChangedBackends } | BackendsRefusal {
  const read = readList(node);
  if (!read.ok) return read;
  const fields = undoFields(node, entry.fields ?? []);
  if (
    fields === undefined ||
    !sameNames(backendNames(node), entry.after) ||
    (entry.left !== undefined && entry.left !== fingerprint(read.raw))
  )
    return { ok: false, kind: 'changed' };
  return { ok: true, changed: { ...undoneList(read.raw, entry), fields } };
}

/**
 * The patch for exactly this object: it tests uid and the list as seen, takes away, then puts in, and writes `entry` on top of
 * the history. Nothing else is touched.
 */
export function backendsPatch(
  node: RawObject,
  changed: ChangedBackends,
  entry?: BackendsEntry,
): JsonPatchOp[] {
  const patch = listOps(node, PATH, changed);
  for (const { field, before: was, after: is } of changed.fields) {
    const path = `/spec/${field}`;
    if (was !== undefined) patch.push({ op: 'test', path, value: was });
    patch.push(
      is === undefined
        ? { op: 'remove', path }
        : { op: was === undefined ? 'add' : 'replace', path, value: is },
    );
  }
  return [...patch, ...historyOps(node, entry)];
}

/** A change as the history keeps it: what undo needs, and the names before and after. */
export function recordOf(
  node: RawObject,
  { after, removed, added, fields }: ChangedBackends,
): Pick<BackendsEntry, 'before' | 'after' | 'removed' | 'added' | 'fields' | 'left'> {
  const [was, is] = [backendNames(node), backendNames({ ...node, spec: { backends: after } })];
  return {
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
    removed,
    added,
    ...(fields.length === 0 ? {} : { fields }),
    left: fingerprint(after),
  };
}

/** The object as a change would leave it. */
export function withChange(node: RawObject, { after, fields }: ChangedBackends): RawObject {
  const spec: unknown = node['spec'];
  const wanted = Object.fromEntries(fields.map(({ field, after: is }) => [field, is]));
  return { ...node, spec: { ...(typeof spec === 'object' ? spec : {}), ...wanted, backends: after } };
}

/** The equal kubectl command, ready to paste into a POSIX shell. It leaves the history alone. */
export function kubectlBackendsCommand(node: RawObject, changed: ChangedBackends): string {
  const { name, namespace } = node.metadata;
  return [
    `kubectl -n ${namespace ?? 'default'} patch virtualnodes.appmesh.k8s.aws ${name}`,
    `--type=json -p ${shellQuoted(JSON.stringify(backendsPatch(node, changed)))}`,
  ].join(' ');
}
