/** JSON Patches for the egress filter of a Mesh. */
import { z } from 'zod';
import type { EgressEntry, EgressType } from '@/lib/mesh/model';
import { HISTORY_ANNOTATION, readEgressHistory, writeHistory } from './history';
import { annotationOps } from './patch';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';
import { shellQuoted } from './shell';

const PATH = '/spec/egressFilter';

const filtered = z.looseObject({
  spec: z
    .looseObject({ egressFilter: z.looseObject({ type: z.enum(['ALLOW_ALL', 'DROP_ALL']) }).nullish() })
    .nullish(),
});

/** The filter as it is written in a Mesh; `undefined` where there is none, or none that can be read. */
export const egressOf = (mesh: RawObject): EgressType | undefined =>
  filtered.safeParse(mesh).data?.spec?.egressFilter?.type;

/** What counts: without a filter App Mesh drops. */
export const effectiveEgress = (written: EgressType | undefined): EgressType => written ?? 'DROP_ALL';

/** The recorded changes of a Mesh, newest first. */
export const egressHistory = (mesh: RawObject): EgressEntry[] =>
  readEgressHistory(mesh.metadata.annotations?.[HISTORY_ANNOTATION]);

function held(mesh: RawObject): unknown {
  const spec: unknown = mesh['spec'];
  return typeof spec === 'object' && spec !== null && 'egressFilter' in spec ? spec.egressFilter : undefined;
}

/**
 * The patch for exactly this object: it tests uid and the filter as seen, sets the type, or takes the filter away (`undefined`), and
 * writes `entry` on top of the history. Nothing else is touched.
 */
export function egressPatch(
  mesh: RawObject,
  type: EgressType | undefined,
  entry?: EgressEntry,
): JsonPatchOp[] {
  const before = held(mesh);
  const patch: JsonPatchOp[] = [{ op: 'test', path: '/metadata/uid', value: mesh.metadata.uid }];
  if (before !== undefined) patch.push({ op: 'test', path: PATH, value: before });
  if (mesh['spec'] === undefined) patch.push({ op: 'add', path: '/spec', value: {} });
  if (type !== undefined) patch.push({ op: 'add', path: PATH, value: { ...objectOf(before), type } });
  else if (before !== undefined) patch.push({ op: 'remove', path: PATH });
  if (entry === undefined) return patch;
  return [
    ...patch,
    ...annotationOps(mesh, { [HISTORY_ANNOTATION]: writeHistory(egressHistory(mesh), entry) }),
  ];
}

/** Fields beside the type that this version does not know survive. */
const objectOf = (filter: unknown): object => (typeof filter === 'object' && filter !== null ? filter : {});

/** The equal kubectl command, ready to paste into a POSIX shell. It leaves the history alone. */
export const kubectlEgressCommand = (mesh: RawObject, type: EgressType | undefined): string =>
  `kubectl patch meshes.appmesh.k8s.aws ${mesh.metadata.name} --type=json -p ${shellQuoted(JSON.stringify(egressPatch(mesh, type)))}`;
