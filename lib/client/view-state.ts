'use client';
/** What is looked at, kept in the URL so that it can be sent to someone and survives a reload. */
import { useCallback, useSyncExternalStore } from 'react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';

export interface ViewState {
  selected: EntityKey | undefined;
  /** Route of the selected router. */
  route: string | undefined;
  view: 'graph' | 'list';
  /** Namespaces whose box is folded or unfolded against the default. */
  collapsed: readonly string[];
  /** Whether the list stands beside the graph. */
  listPane: boolean;
  /** What is searched for, as it is typed: it may not be a valid expression yet. */
  text: string;
  /** Whether the search highlights what it finds, in place of hiding the rest. */
  dim: boolean;
  /** What is left out, as an expression. */
  hide: string;
  /** What the pane below tells of the time since the page was opened. */
  activity: 'changes' | 'compare' | undefined;
  /** Changes of the last so many minutes are highlighted; 0 for none. */
  changedMinutes: number;
  /** Whether reported changes count for that, too, and not only those that were asked for. */
  changedAll: boolean;
}

const ACTIVITIES = ['changes', 'compare'] as const;
/** How far back changes can be highlighted. */
export const CHANGED_MINUTES = [1, 5, 15, 60] as const;

/** Reads the query string; what does not fit is left out. */
export function readViewState(search: string): ViewState {
  const query = new URLSearchParams(search);
  const selected = query.get('selected') ?? '';
  return {
    selected: parseEntityKey(selected) ? (selected as EntityKey) : undefined, // just parsed
    route: query.get('route') || undefined,
    view: query.get('view') === 'list' ? 'list' : 'graph',
    collapsed: query.get('collapsed')?.split(',').filter(Boolean) ?? [],
    listPane: query.get('list') === 'open',
    text: query.get('q') ?? '',
    dim: query.get('dim') === '1',
    hide: query.get('hide') ?? '',
    activity: ACTIVITIES.find((each) => each === query.get('activity')),
    changedMinutes: CHANGED_MINUTES.find((each) => String(each) === query.get('changed')) ?? 0,
    changedAll: query.get('changedBy') === 'all',
  };
}

/** Writes the state into a query string, leaving parameters of others alone. Defaults are left out. */
export function writeViewState(search: string, state: ViewState): string {
  const query = new URLSearchParams(search);
  const put = (name: string, text: string | undefined) => {
    if (text === undefined || text === '') query.delete(name);
    else query.set(name, text);
  };
  put('selected', state.selected);
  put('route', state.route);
  put('view', state.view === 'list' ? 'list' : undefined);
  put('collapsed', state.collapsed.join(','));
  put('list', state.listPane ? 'open' : undefined);
  put('q', state.text);
  put('dim', state.dim ? '1' : undefined);
  put('hide', state.hide);
  put('activity', state.activity);
  put('changed', state.changedMinutes === 0 ? undefined : String(state.changedMinutes));
  put('changedBy', state.changedAll ? 'all' : undefined);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

const CHANGED = 'meshdeck:view';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

let read: { search: string; state: ViewState } | undefined;
/** The same text gives the same object, as React's store contract asks. */
function current(search: string): ViewState {
  if (read?.search !== search) read = { search, state: readViewState(search) };
  return read.state;
}

/** The view in the URL and how to change parts of it. A selection is a step in the browser's history; typing is not. */
export function useViewState(): readonly [ViewState, (patch: Partial<ViewState>) => void] {
  const search = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => '',
  );
  const change = useCallback((patch: Partial<ViewState>) => {
    const before = readViewState(window.location.search);
    const next = { ...before, ...patch };
    const url = `${window.location.pathname}${writeViewState(window.location.search, next)}`;
    const step = next.selected !== before.selected || next.view !== before.view;
    if (step) window.history.pushState(window.history.state, '', url);
    else window.history.replaceState(window.history.state, '', url);
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return [current(search), change];
}
