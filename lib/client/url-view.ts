'use client';
/** A view that is kept in the query string of its page. */
import { useSyncExternalStore } from 'react';

interface UrlViewOptions<V> {
  /** Name of the event by which the readers of one page hear of a change. */
  event: string;
  read(search: string): V;
  /** The query string with the view in it; what is not the view's stays. */
  write(search: string, view: V): string;
  /** Whether a change is a step of the browser's history, to which Back returns. */
  isStep(before: V, after: V, patch: Partial<V>): boolean;
}

/** Makes the hook that reads a view and changes parts of it. Every caller of one hook sees the same view. */
export function createUrlView<V extends object>({ event, read, write, isStep }: UrlViewOptions<V>) {
  function subscribe(listener: () => void): () => void {
    window.addEventListener('popstate', listener);
    window.addEventListener(event, listener);
    return () => {
      window.removeEventListener('popstate', listener);
      window.removeEventListener(event, listener);
    };
  }

  let last: { search: string; view: V } | undefined;
  /** The same text gives the same object, as React's store contract asks. */
  function current(search: string): V {
    if (last?.search !== search) last = { search, view: read(search) };
    return last.view;
  }

  function change(patch: Partial<V>): void {
    const { search, pathname } = window.location;
    const before = read(search);
    const after = { ...before, ...patch };
    const url = `${pathname}${write(search, after)}`;
    if (isStep(before, after, patch)) window.history.pushState(window.history.state, '', url);
    else window.history.replaceState(window.history.state, '', url);
    window.dispatchEvent(new Event(event));
  }

  return function useUrlView(): readonly [V, (patch: Partial<V>) => void] {
    const search = useSyncExternalStore(
      subscribe,
      () => window.location.search,
      () => '',
    );
    return [current(search), change];
  };
}
