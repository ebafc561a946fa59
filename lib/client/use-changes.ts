'use client';
/** What changed, as React sees it. */
import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { ChangeFeed, ChangeLog } from './changes';
import type { Highlight, Mark, MarkStore } from './changes-marks';

const MarksContext = createContext<MarkStore | undefined>(undefined);
export const ChangeMarksProvider = MarksContext.Provider;

const never = () => () => undefined;

/**
 * The mark of a card: when it changed a short time ago, and what a comparison says of it. Draws its caller anew only when
 * that is another one, four times at most while a change fades. Undefined outside a provider.
 */
export function useChangedAt(key: EntityKey): Mark | undefined {
  const store = useContext(MarksContext);
  const subscribe = useCallback(
    (listener: () => void) => (store ? store.subscribe(key, listener) : never()),
    [store, key],
  );
  const get = () => store?.get(key);
  return useSyncExternalStore(subscribe, get, get);
}

const NO_MARKS: ReadonlyMap<EntityKey, Mark> = new Map();

/** The marks of all cards, for what is painted of them from afar. Empty outside a provider. */
export function useMarks(): ReadonlyMap<EntityKey, Mark> {
  const store = useContext(MarksContext);
  const get = () => store?.all() ?? NO_MARKS;
  return useSyncExternalStore(store?.onAny ?? never, get, get);
}

/** How many of these cards are marked. Draws its caller anew only when it is another number. */
export function useMarkedAmong(keys: readonly EntityKey[]): number {
  const store = useContext(MarksContext);
  const get = () => (store ? keys.filter((key) => store.get(key) !== undefined).length : 0);
  return useSyncExternalStore(store?.onAny ?? never, get, get);
}

/** How many cards are marked as changed. */
export const useChangedCount = (store: MarkStore): number =>
  useSyncExternalStore(store.onCount, store.count, store.count);

/** Everything heard of, as it grows. */
export const useChangeFeed = (log: ChangeLog): ChangeFeed =>
  useSyncExternalStore(log.subscribe, log.get, log.get);

/** Keeps the marks in step with what changed, and lets them fade. While `paused` they stand still. */
export function useHighlight(store: MarkStore, log: ChangeLog, highlight: Highlight, paused: boolean): void {
  const { minutes, all } = highlight;
  useEffect(() => {
    if (paused) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      clearTimeout(timer);
      const now = Date.now();
      const soonest = store.show(log.get().touched, { minutes, all }, now);
      timer = soonest === undefined ? undefined : setTimeout(show, Math.max(0, soonest - now));
    };
    show();
    const stop = minutes === 0 ? () => undefined : log.subscribe(show);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store, log, minutes, all, paused]);
}
