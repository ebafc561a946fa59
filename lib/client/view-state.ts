'use client';
/** What is looked at, kept in the URL so that it can be sent to someone and survives a reload. */
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Hidable, Layer } from '@/lib/mesh/view/spec';
import { readOverlayView, writeOverlayView } from './telemetry-view';
import type { OverlayView } from './telemetry-view';
import { createUrlView } from './url-view';

export interface ViewState extends OverlayView {
  selected: EntityKey | undefined;
  /** Route of the selected router. */
  route: string | undefined;
  /** What the inspector tells of what is selected. */
  tab: (typeof TABS)[number];
  /** The request whose route is looked for, as `lib/mesh/routing/request-text` writes it. */
  request: string | undefined;
  /** Key of the edge whose lines are shown in place of those of what is selected. */
  edge: string | undefined;
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
  layer: Layer;
  /** What stands together: 'namespace', 'none', or `label:` and the key of a label. */
  group: string;
  /** The centre of a focus; empty for none. */
  focus: readonly EntityKey[];
  /** How many edges a focus reaches up and down. */
  up: number;
  down: number;
  /** Ends of a path. With `from` alone the other end is still to be picked. */
  from: EntityKey | undefined;
  to: EntityKey | undefined;
  without: readonly Hidable[];
  /** Whether the Services and workloads behind the nodes are drawn. */
  workloads: boolean;
}

/** The farthest a focus reaches; beyond it one sees all there is. */
export const MOST_HOPS = 9;

/** What the inspector tells; the first is where it begins. */
export const TABS = ['overview', 'metrics', 'tester'] as const;
const LAYERS: readonly Layer[] = ['full', 'services', 'calls'];
const HIDABLE: readonly Hidable[] = ['idle', 'external', 'healthy'];

function keyOf(text: string | null): EntityKey | undefined {
  return text !== null && parseEntityKey(text) ? (text as EntityKey) : undefined; // just parsed
}

function hopsOf(text: string | null): number {
  return text !== null && /^[0-9]$/.test(text) ? Number(text) : 1;
}

function groupOf(text: string | null): string {
  return text === 'none' || (text !== null && /^label:./.test(text)) ? text : 'namespace';
}

const ACTIVITIES = ['changes', 'compare'] as const;
/** How far back changes can be highlighted. */
export const CHANGED_MINUTES = [1, 5, 15, 60] as const;

/** Reads the query string; what does not fit is left out. */
export function readViewState(search: string): ViewState {
  const query = new URLSearchParams(search);
  const without = query.get('without')?.split(',') ?? [];
  const from = keyOf(query.get('from'));
  return {
    selected: keyOf(query.get('selected')),
    route: query.get('route') || undefined,
    tab: TABS.find((tab) => tab === query.get('tab')) ?? 'overview',
    request: query.get('request') || undefined,
    edge: query.get('edge') || undefined,
    view: query.get('view') === 'list' ? 'list' : 'graph',
    collapsed: query.get('collapsed')?.split(',').filter(Boolean) ?? [],
    listPane: query.get('list') === 'open',
    text: query.get('q') ?? '',
    dim: query.get('dim') === '1',
    hide: query.get('hide') ?? '',
    activity: ACTIVITIES.find((each) => each === query.get('activity')),
    changedMinutes: CHANGED_MINUTES.find((each) => String(each) === query.get('changed')) ?? 0,
    changedAll: query.get('changedBy') === 'all',
    layer: LAYERS.find((layer) => layer === query.get('layer')) ?? 'full',
    group: groupOf(query.get('group')),
    focus: [...new Set(query.getAll('focus').map(keyOf))].filter((key) => key !== undefined),
    up: hopsOf(query.get('up')),
    down: hopsOf(query.get('down')),
    from,
    to: from && keyOf(query.get('to')),
    without: HIDABLE.filter((each) => without.includes(each)),
    workloads: query.get('workloads') === '1',
    ...readOverlayView(query),
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
  put('tab', state.tab === 'overview' ? undefined : state.tab);
  put('request', state.request);
  put('edge', state.edge);
  put('view', state.view === 'list' ? 'list' : undefined);
  put('collapsed', state.collapsed.join(','));
  put('list', state.listPane ? 'open' : undefined);
  put('q', state.text);
  put('dim', state.dim ? '1' : undefined);
  put('hide', state.hide);
  put('activity', state.activity);
  put('changed', state.changedMinutes === 0 ? undefined : String(state.changedMinutes));
  put('changedBy', state.changedAll ? 'all' : undefined);
  put('layer', state.layer === 'full' ? undefined : state.layer);
  put('group', state.group === 'namespace' ? undefined : state.group);
  query.delete('focus');
  for (const key of state.focus) query.append('focus', key);
  put('up', state.up === 1 ? undefined : String(state.up));
  put('down', state.down === 1 ? undefined : String(state.down));
  put('from', state.from);
  put('to', state.to);
  put('without', state.without.join(','));
  put('workloads', state.workloads ? '1' : undefined);
  writeOverlayView(query, state);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** What a step in the browser's history is made of: where one looks. Typing and switches of detail are none. */
const stepOf = ({ selected, view, layer, focus, from, to }: ViewState) =>
  [selected, view, layer, ...focus, '', from, to].join(' ');

/** The view in the URL and how to change parts of it. */
export const useViewState = createUrlView<ViewState>({
  event: 'meshdeck:view',
  read: readViewState,
  write: writeViewState,
  isStep: (before, after) => stepOf(after) !== stepOf(before),
});
