/** A list inside of an object as the caller saw it: whether it still stands, what is said where it does not, and what is remembered of a change. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { BackendsEntry } from '@/lib/mesh/model';
import { same } from '@/lib/mesh/plain';
import type { RawObject } from '@/lib/providers/app-mesh';
import { fail, type Failure } from '../problem';
import { lastWriter } from './last-writer';
import type { WrittenKind } from './objects';

export interface SeenList {
  uid: string;
  resourceVersion: string;
  /** Names of the entries, where the caller said which it saw. */
  names?: readonly string[] | undefined;
}

export const seenList = (
  { uid, resourceVersion }: Pick<SeenList, 'uid' | 'resourceVersion'>,
  names: SeenList['names'],
): SeenList => ({ uid, resourceVersion, names });

interface LiveList {
  raw: RawObject;
  names: readonly string[];
}

/**
 * Whether the object is the one that was expected: the same one, and either unchanged altogether or with the entries that were
 * seen. A status update in between changes resourceVersion and is no conflict.
 */
export function isAsSeen(seen: SeenList, { raw: { metadata }, names }: LiveList): boolean {
  if (seen.uid !== metadata.uid) return false;
  if (seen.resourceVersion === metadata.resourceVersion) return true;
  return seen.names !== undefined && same(seen.names, names);
}

/** E409 with base, theirs and mine. */
export function listConflict(
  { kind }: WrittenKind,
  object: string,
  seen: SeenList,
  { raw, names }: LiveList,
  wanted: (base: readonly string[]) => string[],
): Failure {
  const by = lastWriter(raw);
  const base = [...(seen.names ?? [])];
  return fail('E409', {
    values: { kind, object, by: by ?? 'none' },
    listConflict: {
      base,
      theirs: [...names],
      mine: wanted(base),
      resourceVersion: raw.metadata.resourceVersion,
      ...(by === undefined ? {} : { changedBy: by }),
    },
  });
}

/** A change as the history keeps it: who, when, why, and what the provider recorded of it. */
export function listEntry(
  {
    by,
    now,
    body: { reason, undo },
  }: { by: string; now: Date; body: { reason?: string | undefined; undo?: string | undefined } },
  record: Omit<BackendsEntry, 'id' | 'at' | 'by' | 'reason' | 'undoOf'>,
): BackendsEntry {
  return {
    id: randomUUID(),
    at: now.toISOString(),
    by,
    ...(reason === undefined || reason === '' ? {} : { reason }),
    ...record,
    ...(undo === undefined ? {} : { undoOf: undo }),
  };
}
