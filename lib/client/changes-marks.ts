/** Marks on cards and rows: what changed a short time ago, and what a comparison of two moments says. Outside React. */
import type { EntityKey } from '@/lib/mesh/keys';
import type { Touched } from './changes';

export interface Mark {
  /** 4 for a change of this moment, down to 1 for one that is about to be forgotten; undefined where it is too long ago. */
  level: 1 | 2 | 3 | 4 | undefined;
  /** Milliseconds since 1970: the last change. */
  at: number | undefined;
  /** What the comparison that is shown says. */
  compared: 'added' | 'removed' | 'changed' | undefined;
}

/** What is highlighted: changes of the last so many minutes (0: none), those that were asked for or all. */
export interface Highlight {
  minutes: number;
  all: boolean;
}

export interface MarkStore {
  get(key: EntityKey): Mark | undefined;
  subscribe(key: EntityKey, listener: () => void): () => void;
  /** Every mark; the same map until one changes. */
  all(): ReadonlyMap<EntityKey, Mark>;
  /** Hears of a change of any mark. */
  onAny(listener: () => void): () => void;
  /** How many cards are marked as changed. Its listeners hear of every change of that number. */
  count(): number;
  onCount(listener: () => void): () => void;
  /** Takes in when cards were touched, as of `now` in milliseconds since 1970, and what is to be highlighted. Returns when the next mark fades, if one will. */
  show(touched: ReadonlyMap<EntityKey, Touched>, highlight: Highlight, now: number): number | undefined;
  /** Shows what a comparison says of each card; an empty map for none. */
  compare(compared: ReadonlyMap<EntityKey, NonNullable<Mark['compared']>>): void;
}

const LEVELS = 4;

/** How fresh a change is, and when that changes; `windowMs` is how long it is remembered. */
export function fading(
  at: number,
  now: number,
  windowMs: number,
): { level: NonNullable<Mark['level']>; until: number } | undefined {
  const quarter = Math.max(0, Math.floor(((now - at) / windowMs) * LEVELS));
  if (quarter >= LEVELS) return undefined;
  const level = ([4, 3, 2, 1] as const)[quarter];
  return level && { level, until: at + Math.ceil(((quarter + 1) * windowMs) / LEVELS) };
}

const sameMark = (a: Mark | undefined, b: Mark | undefined): boolean =>
  a?.level === b?.level && a?.at === b?.at && a?.compared === b?.compared;

export function createMarkStore(): MarkStore {
  const listeners = new Map<EntityKey, Set<() => void>>();
  const counting = new Set<() => void>();
  const watching = new Set<() => void>();
  let fresh: ReadonlyMap<EntityKey, { level: NonNullable<Mark['level']>; at: number }> = new Map();
  let compared: ReadonlyMap<EntityKey, NonNullable<Mark['compared']>> = new Map();
  let marks: ReadonlyMap<EntityKey, Mark> = new Map();

  function settle(): void {
    const before = marks;
    const next = new Map<EntityKey, Mark>();
    for (const key of new Set([...fresh.keys(), ...compared.keys()])) {
      const changed = fresh.get(key);
      const mark: Mark = { level: changed?.level, at: changed?.at, compared: compared.get(key) };
      const known = before.get(key);
      next.set(key, known && sameMark(known, mark) ? known : mark);
    }
    const changed = [...new Set([...before.keys(), ...next.keys()])].filter(
      (key) => before.get(key) !== next.get(key),
    );
    if (changed.length === 0) return;
    marks = next;
    for (const key of changed) for (const listener of [...(listeners.get(key) ?? [])]) listener();
    for (const listener of [...watching]) listener();
  }

  return {
    get: (key) => marks.get(key),
    subscribe(key, listener) {
      const known = listeners.get(key) ?? new Set();
      listeners.set(key, known.add(listener));
      return () => {
        known.delete(listener);
        if (known.size === 0) listeners.delete(key);
      };
    },
    all: () => marks,
    onAny: (listener) => {
      watching.add(listener);
      return () => watching.delete(listener);
    },
    count: () => fresh.size,
    onCount: (listener) => {
      counting.add(listener);
      return () => counting.delete(listener);
    },
    show(touched, { minutes, all }, now) {
      const before = fresh.size;
      const next = new Map<EntityKey, { level: NonNullable<Mark['level']>; at: number }>();
      let soonest: number | undefined;
      for (const [key, { asked, any }] of touched) {
        const at = all ? any : asked;
        const fade = at === undefined ? undefined : fading(at, now, minutes * 60_000);
        if (at === undefined || !fade) continue;
        next.set(key, { level: fade.level, at });
        soonest = Math.min(soonest ?? Infinity, fade.until);
      }
      fresh = next;
      settle();
      if (fresh.size !== before) for (const listener of [...counting]) listener();
      return soonest;
    },
    compare(next) {
      compared = next;
      settle();
    },
  };
}
