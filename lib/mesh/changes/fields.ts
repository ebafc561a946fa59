/** What changed in one object of a mesh, field by field, in the object's own words. */
import { sameContent } from '../equal';
import type { GatewayRoute, Mesh } from '../model';
import type { TopologyNode } from '../topology';
import { clean, elementIds, isRecord, isTarget, NOT_WRITTEN, targetText } from './elements';
import type { Fields } from './elements';
import { innerWord, isDerived, isMap, isReported, referenceWord, wordOf } from './words';
import type { ChangeKind } from './words';

/** What a change can be about: what is drawn, a gateway's routes, the mesh itself. */
export type MeshObject = TopologyNode | GatewayRoute | Mesh;

export interface FieldChange {
  /** Such as `spec.routes[canary].weightedTargets[shop/cart-v2].weight`; of a finding its id. Once only among the changes of an object. */
  path: string;
  kind: ChangeKind;
  /** Plain data as JSON holds it; undefined where there was, or is, nothing. */
  before: unknown;
  after: unknown;
}

type Tell = (path: string, kind: ChangeKind, before: unknown, after: unknown) => void;

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  kind: ChangeKind,
  tell: Tell,
): void {
  const were = elementIds(before);
  const are = elementIds(after);
  if (!were || !are) return tell(path, kind, clean(before), clean(after));
  for (const [id, element] of were) if (!are.has(id)) tell(`${path}[${id}]`, kind, clean(element), undefined);
  for (const [id, element] of are) {
    if (!were.has(id)) tell(`${path}[${id}]`, kind, undefined, clean(element));
    else compare(were.get(id), element, `${path}[${id}]`, kind, tell);
  }
  const stayed = (from: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>) =>
    [...from.keys()].filter((id) => other.has(id)).join(', ');
  const [order, newOrder] = [stayed(were, are), stayed(are, were)];
  if (order !== newOrder) tell(path, kind, order, newOrder);
}

function compareRecords(before: Fields, after: Fields, path: string, kind: ChangeKind, tell: Tell): void {
  const targets = isTarget(before) && isTarget(after);
  if (targets && targetText(before) !== targetText(after))
    tell(path, kind, targetText(before), targetText(after));
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isDerived(field) && !isMap(path)) continue;
    const inner = isMap(path) ? `${path}[${field}]` : `${path}.${innerWord(field)}`;
    if (targets && NOT_WRITTEN.has(field)) {
      // The reference says the same; what it leads to came, went or moved.
      if (field === 'resolution') compare(before[field], after[field], inner, 'status', tell);
    } else compare(before[field], after[field], inner, isReported(field) ? 'status' : kind, tell);
  }
}

function compare(before: unknown, after: unknown, path: string, kind: ChangeKind, tell: Tell): void {
  if (sameContent(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path, kind, tell);
  if (isRecord(before) && isRecord(after)) return compareRecords(before, after, path, kind, tell);
  tell(path, kind, clean(before), clean(after));
}

/** The fields to compare. Of an object that cannot be read, or could not, only what both sides know; and why. */
function fieldsOf(before: MeshObject, after: MeshObject): string[] {
  if (before.kind === after.kind) return [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return [...Object.keys(before).filter((field) => Object.hasOwn(after, field)), 'problems'];
}

/**
 * Every field that differs between two states of an object, once each. What follows from another field is not named (shares
 * follow from weights). `metadata.generation` counts as asked for where nothing else in the spec is seen to differ: then
 * something was changed that this console does not read.
 */
export function diffNode(before: MeshObject, after: MeshObject): FieldChange[] {
  if (before === after) return [];
  const changes: FieldChange[] = [];
  const tell: Tell = (path, kind, was, is) => void changes.push({ path, kind, before: was, after: is });
  for (const field of new Set(fieldsOf(before, after))) {
    if (isDerived(field) || field === 'ref') continue;
    const { path, kind } = wordOf(field);
    compare(Reflect.get(before, field), Reflect.get(after, field), path, kind, tell);
  }
  const [were, are] = ['ref' in before ? before.ref : undefined, 'ref' in after ? after.ref : undefined];
  if (were === undefined || are === undefined) return changes;
  const asked = changes.some(
    ({ kind, path }) => kind === 'spec' && /^(?:spec|problems|metadata\.deletionTimestamp)\b/.test(path),
  );
  for (const field of new Set([...Object.keys(were), ...Object.keys(are)])) {
    const { path, kind } = referenceWord(field);
    const unseen = field === 'generation' && were.uid === are.uid && !asked;
    compare(Reflect.get(were, field), Reflect.get(are, field), path, unseen ? 'spec' : kind, tell);
  }
  return changes;
}
