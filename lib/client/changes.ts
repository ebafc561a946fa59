/** What changed in a mesh since its page was opened, as it was heard: the log behind the change feed. Outside React. */
import { sameContent } from '@/lib/mesh/equal';
import { isToldByApi, objectChanges } from '@/lib/mesh/changes/objects';
import type { ObjectChange } from '@/lib/mesh/changes/objects';
import { diffPictures } from '@/lib/mesh/changes/pictures';
import type { FieldChange } from '@/lib/mesh/changes/fields';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Picture } from './picture';

/** One line of the feed: an object, and what became different about it at one time. */
export interface Change extends Pick<ObjectChange, 'key' | 'what' | 'card' | 'fields' | 'writers'> {
  /** Counts up from 1. */
  id: number;
  /** Milliseconds since 1970: when it was heard of last. */
  at: number;
  /** Set where the connection was away: it happened at some time between this and `at`. */
  since?: number | undefined;
}

/** When a card was last touched, in milliseconds since 1970; `asked` by something that was asked for, `any` by whatever. */
export interface Touched {
  asked: number | undefined;
  any: number;
}

export interface ChangeFeed {
  /** The first picture and when it came; nothing before it is known. */
  opened: { at: number; picture: Picture } | undefined;
  /** Newest first, at most `KEPT_CHANGES`. */
  changes: readonly Change[];
  /** How many were heard of in all, those that fell off included. */
  heard: number;
  touched: ReadonlyMap<EntityKey, Touched>;
}

export const KEPT_CHANGES = 500;
/** What becomes of one object within this time is one change. */
export const TOGETHER_MS = 1_000;
/** Longer ago than any highlight reaches. */
const TOUCHED_MS = 60 * 60_000;

export const NO_CHANGES: ChangeFeed = { opened: undefined, changes: [], heard: 0, touched: new Map() };

/** Whether somebody asked for it; all else is reported, or follows. */
export const isAsked = ({ what, fields }: Pick<Change, 'what' | 'fields'>): boolean =>
  what !== 'changed' || fields.some(({ kind }) => kind === 'spec');

/** Two changes of the same fields as one: from what was first to what is last. What came back is left out. */
function joined(earlier: readonly FieldChange[], later: readonly FieldChange[]): FieldChange[] {
  const byPath = new Map(earlier.map((field) => [field.path, field]));
  for (const field of later) {
    const known = byPath.get(field.path);
    byPath.set(field.path, known ? { ...field, before: known.before } : field);
  }
  return [...byPath.values()].filter(({ before, after }) => !sameContent(before, after));
}

/** One more change of an object that changed a moment ago as part of that one; undefined where it must stand for itself. */
function together(earlier: Change, later: Omit<Change, 'id'>): Change | undefined {
  if (later.what !== 'changed' || earlier.what === 'removed') return undefined;
  if (earlier.since !== later.since || later.at - earlier.at > TOGETHER_MS) return undefined;
  // An object that has just come has no fields that changed; only what is found about it is worth telling.
  const news =
    earlier.what === 'added' ? later.fields.filter(({ kind }) => kind === 'finding') : later.fields;
  const fields = joined(earlier.fields, news);
  if (fields.length === 0 && earlier.what === 'changed') return undefined;
  const writers = [...later.writers, ...earlier.writers].filter(
    (writer, n, all) => all.findIndex((each) => sameContent(each, writer)) === n,
  );
  return { ...earlier, fields, writers, at: later.at };
}

function touch(
  touched: ReadonlyMap<EntityKey, Touched>,
  changes: readonly Omit<Change, 'id'>[],
): ReadonlyMap<EntityKey, Touched> {
  const next = new Map(touched);
  for (const change of changes) {
    const { card, at } = change;
    if (card === undefined) continue;
    next.set(card, { asked: isAsked(change) ? at : next.get(card)?.asked, any: at });
  }
  const newest = changes.at(-1)?.at ?? 0;
  for (const [card, { any }] of next) if (newest - any > TOUCHED_MS) next.delete(card);
  return next;
}

/**
 * The feed after these changes. Those of an object within a second become one, unless it was told before `sealed`, the
 * number of changes that somebody has seen for good.
 */
export function record(feed: ChangeFeed, news: readonly Omit<Change, 'id'>[], sealed = 0): ChangeFeed {
  if (news.length === 0) return feed;
  const changes = [...feed.changes];
  let { heard } = feed;
  for (const change of news) {
    const at = changes.findIndex(({ key, at: when }) => key === change.key || change.at - when > TOGETHER_MS);
    const earlier = changes[at];
    const one = earlier?.key === change.key && earlier.id > sealed ? together(earlier, change) : undefined;
    if (one) {
      changes.splice(at, 1);
      changes.unshift(one);
    } else {
      heard += 1;
      changes.unshift({ ...change, id: heard });
    }
  }
  return { ...feed, changes: changes.slice(0, KEPT_CHANGES), heard, touched: touch(feed.touched, news) };
}

/** The card of an object that is told by a finding only. */
function homeOf(change: ObjectChange, { nodes }: Picture): EntityKey | undefined {
  if (change.before || change.after || parseEntityKey(change.key)?.kind !== 'gatewayRoute')
    return change.card;
  for (const node of nodes.values())
    if ('rows' in node && node.rows?.some(({ key }) => key === change.key)) return node.key;
  return undefined;
}

/** The earlier of two moments of which either may not be known. */
const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/**
 * What became different between two pictures, as lines of the feed. Where a reference leads to nothing is told by the object
 * that refers. It happened at `at`, or at some time since `since`; what App Mesh APIs tell at some time since `apiSince`.
 */
export function changesBetween(
  before: Picture,
  after: Picture,
  at: number,
  since?: number,
  apiSince?: number,
): Omit<Change, 'id'>[] {
  return objectChanges(diffPictures(before, after)).flatMap((change) => {
    if ((change.after ?? change.before)?.kind === 'unresolved') return [];
    const { key, what, fields, writers } = change;
    const from = isToldByApi(change) ? earliest(since, apiSince) : since;
    return [{ key, what, card: homeOf(change, after), fields, writers, at, since: from }];
  });
}

export interface ChangeLog {
  get(): ChangeFeed;
  subscribe(listener: () => void): () => void;
  /** Takes in that one picture followed another; the first has none before it. It is worked out a moment later, after the screen. */
  follow(before: Picture | undefined, after: Picture, at: number, since?: number, apiSince?: number): void;
  /** Takes in that the mesh itself came or went. */
  mesh(key: EntityKey, what: 'added' | 'removed', at: number, since?: number): void;
  /** What was heard so far is final: later changes are told apart from it. Returns how much that is. */
  seal(): number;
}

export function createChangeLog(): ChangeLog {
  const listeners = new Set<() => void>();
  let feed = NO_CHANGES;
  let sealed = 0;
  let waiting: (() => Omit<Change, 'id'>[])[] = [];
  let due: ReturnType<typeof setTimeout> | undefined;

  function work(): void {
    clearTimeout(due);
    due = undefined;
    const before = feed;
    const now = waiting;
    waiting = [];
    for (const changes of now) feed = record(feed, changes(), sealed);
    if (feed !== before) for (const listener of [...listeners]) listener();
  }
  function later(changes: () => Omit<Change, 'id'>[]): void {
    waiting.push(changes);
    due ??= setTimeout(work, 0);
  }

  return {
    get: () => feed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow(before, after, at, since, apiSince) {
      if (before) return later(() => changesBetween(before, after, at, since, apiSince));
      feed = { ...feed, opened: feed.opened ?? { at, picture: after } };
      for (const listener of [...listeners]) listener();
    },
    mesh: (key, what, at, since) =>
      later(() => [{ key, what, card: undefined, fields: [], writers: [], at, since }]),
    seal() {
      work();
      return (sealed = feed.heard);
    },
  };
}
