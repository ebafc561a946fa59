/** A difference between pictures told object by object, findings and writers included. */
import { sameContent } from '../equal';
import type { Finding } from '../finding';
import { parseEntityKey } from '../keys';
import type { EntityKey } from '../keys';
import type { Writer } from '../model';
import { cardOf } from './elements';
import type { FieldChange, MeshObject } from './fields';
import type { PictureDiff } from './pictures';

export interface ObjectChange {
  key: EntityKey;
  what: 'added' | 'removed' | 'changed';
  /** The card it is drawn on; undefined for the mesh itself. */
  card: EntityKey | undefined;
  before: MeshObject | undefined;
  after: MeshObject | undefined;
  /** Findings about the object come last. */
  fields: FieldChange[];
  /** Who wrote the object in between, newest first. Of an object that went, nobody can tell. */
  writers: readonly Writer[];
}

const NOBODY: readonly Writer[] = [];
const writtenBy = (object: MeshObject | undefined): readonly Writer[] =>
  (object !== undefined && 'writtenBy' in object ? object.writtenBy : undefined) ?? NOBODY;

/** Those of `after` whose last write `before` does not know. */
function writersSince(before: MeshObject | undefined, after: MeshObject | undefined): readonly Writer[] {
  const known = writtenBy(before);
  return writtenBy(after).filter((writer) => !known.some((each) => sameContent(each, writer)));
}

function findingChange(before: Finding | undefined, after: Finding | undefined): FieldChange {
  const told = (finding: Finding | undefined) =>
    finding && { code: finding.code, severity: finding.severity, details: finding.details };
  return {
    path: (after ?? before)?.id ?? '',
    kind: 'finding',
    before: told(before),
    after: told(after),
  };
}

/** Of a joined mesh, what an App Mesh API holds under the name of an object: `taken`, `spec.routes[all].taken.version`. */
const HELD = /(^|\.)taken(\.|$)/;
/** Where the cluster and the API part ways: MD510 to MD512. */
const DRIFT = /^MD51/;

/** Whether nobody but an App Mesh API, beside the cluster, tells of a change. */
export function isToldByApi({ what, before, after, fields }: ObjectChange): boolean {
  const object = after ?? before;
  if (object !== undefined && 'origin' in object && object.origin === 'api') return true;
  return (
    what === 'changed' &&
    fields.length > 0 &&
    fields.every(({ kind, path }) => (kind === 'finding' ? DRIFT : HELD).test(path))
  );
}

/** The objects that a difference is about, each once: those that came, those that went, then those that changed. */
export function objectChanges({ nodes, findings }: PictureDiff): ObjectChange[] {
  const changes = new Map<EntityKey, ObjectChange>();
  const tell = (
    what: ObjectChange['what'],
    before: MeshObject | undefined,
    after: MeshObject | undefined,
    fields: FieldChange[] = [],
  ) => {
    const object = after ?? before;
    if (!object) return;
    const { key } = object;
    const writers = writersSince(before, after);
    changes.set(key, { key, what, card: cardOf(object), before, after, fields: [...fields], writers });
  };
  for (const object of nodes.added) tell('added', undefined, object);
  for (const object of nodes.removed) tell('removed', object, undefined);
  for (const { before, after, fields } of nodes.changed) tell('changed', before, after, fields);
  const about = (before: Finding | undefined, after: Finding | undefined) => {
    const key = (after ?? before)?.subject;
    if (key === undefined) return;
    const card = parseEntityKey(key)?.kind === 'mesh' ? undefined : key;
    const change = changes.get(key) ?? {
      ...{ key, what: 'changed' as const, card, before: undefined, after: undefined },
      ...{ fields: [], writers: NOBODY },
    };
    change.fields.push(findingChange(before, after));
    changes.set(key, change);
  };
  for (const finding of findings.added) about(undefined, finding);
  for (const finding of findings.removed) about(finding, undefined);
  // A finding that counts on or moves with the fields it is about is the same finding; another severity is news.
  for (const { before, after } of findings.changed)
    if (before.severity !== after.severity) about(before, after);
  return [...changes.values()];
}
