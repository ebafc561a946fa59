'use client';
/** What is looked at on the Backends screen, kept in its URL. */
import type { CellState, MatrixFilter } from '@/lib/mesh/backends/matrix';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { Finding } from '@/lib/mesh/finding';
import type { EntityKey, EntityKind } from '@/lib/mesh/keys';
import { readTelemetryWindow, writeTelemetryWindow } from './telemetry-window';
import type { TelemetryWindow } from './telemetry-window';
import { createUrlView } from './url-view';

/** Cells one may look for; `closed` ones are all the others. */
export const SHOWN_STATES: readonly Exclude<CellState, 'closed'>[] = [
  'used', 'silent', 'unwatched', 'undeclared', 'unknown',
]; // prettier-ignore

/** matrix; groups: the backend groups; suggestions: what observed calls suggest; egress: what the other egress filter would change. */
export const BACKENDS_TABS = ['matrix', 'groups', 'suggestions', 'egress'] as const;
export type BackendsTab = (typeof BACKENDS_TABS)[number];

export interface BackendsView extends MatrixFilter {
  tab: BackendsTab;
  window: TelemetryWindow;
  /** Part of the name of a group, a member or a node, on the tab of groups; and the group that is opened there. */
  groups: string;
  group: EntityKey | undefined;
  /** What is opened beside the matrix: a cell where both are there, else a node or a service. */
  from: EntityKey | undefined;
  to: EntityKey | undefined;
  /** The node whose backends are edited as a whole; `to` is then the entry that is opened. */
  edit: EntityKey | undefined;
}

function keyOf(text: string | null): EntityKey | undefined {
  return text !== null && parseEntityKey(text) ? (text as EntityKey) : undefined; // just parsed
}

/** Reads the query string; what does not fit is left out. */
export function readBackendsView(search: string): BackendsView {
  const query = new URLSearchParams(search);
  const states = (query.get('cells') ?? '').split(',');
  return {
    tab: BACKENDS_TABS.find((each) => each === query.get('tab')) ?? 'matrix',
    node: query.get('node') ?? '',
    service: query.get('service') ?? '',
    states: SHOWN_STATES.filter((each) => states.includes(each)),
    drafted: query.get('drafted') === '1',
    window: readTelemetryWindow(query),
    groups: query.get('groups') ?? '',
    group: keyOf(query.get('group')),
    from: keyOf(query.get('from')),
    to: keyOf(query.get('to')),
    edit: keyOf(query.get('edit')),
  };
}

/** Writes the view into a query string. Defaults are left out. */
export function writeBackendsView(search: string, view: BackendsView): string {
  const query = new URLSearchParams(search);
  const put = (name: string, text: string | undefined) => {
    if (text === undefined || text === '') query.delete(name);
    else query.set(name, text);
  };
  put('tab', view.tab === 'matrix' ? undefined : view.tab);
  put('node', view.node);
  put('service', view.service);
  put('cells', view.states.join(','));
  put('drafted', view.drafted ? '1' : undefined);
  put('groups', view.groups);
  put('group', view.group);
  put('from', view.from);
  put('to', view.to);
  put('edit', view.edit);
  writeTelemetryWindow(query, view.window);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Findings that are about the list of a node, or about a call it does not have. */
const OF_LISTS = /^MD(3\d\d|601)$/;

/**
 * Where on the screen a finding is looked into: the cell of the node and the service it names, the row or the column where it names one
 * of the two, the egress filter for what is said of the mesh. `undefined` for findings that are about nothing there.
 */
export function findingQuery({ code, subject, related }: Finding): string | undefined {
  if (!OF_LISTS.test(code)) return undefined;
  const keys = [subject, ...related];
  const ofKind = (kind: EntityKind) => keys.filter((key) => parseEntityKey(key)?.kind === kind);
  const [nodes, services] = [ofKind('node'), ofKind('service')];
  const view = readBackendsView('');
  if (nodes.length + services.length === 0)
    return parseEntityKey(subject)?.kind === 'mesh'
      ? writeBackendsView('', { ...view, tab: 'egress' })
      : undefined;
  // Of a service that several list there is no one cell.
  const from = parseEntityKey(subject)?.kind === 'service' && nodes.length > 1 ? undefined : nodes[0];
  return writeBackendsView('', { ...view, from, to: services[0] });
}

/** The view in the URL and how to change parts of it. Another tab, and the editor of a node, is a step of the history; walking over cells is none. */
export const useBackendsView = createUrlView<BackendsView>({
  event: 'meshdeck:backends',
  read: readBackendsView,
  write: writeBackendsView,
  isStep: (before, after) => before.tab !== after.tab || before.edit !== after.edit,
});
