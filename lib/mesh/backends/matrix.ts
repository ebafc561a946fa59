/** The whitelist as a matrix: nodes down, services across, grouped by namespace. Cells are worked out where they are looked at. */
import type { EntityKey } from '../keys';
import type { Backend, MeshNode } from '../model';
import { editOf } from './edits';
import type { Draft, EditKind } from './edits';
import { seenCall } from './observed';
import type { SeenCall, SeenCalls } from './observed';
import { grantsOf, isAllowed, permission } from './whitelist';
import type { Grant, Permission, Whitelist } from './whitelist';

export interface Column {
  key: EntityKey;
  namespace: string;
  name: string;
  /** Host name; absent for what this mesh does not hold. */
  hostname?: string | undefined;
  /** Other than `ok`: somebody lists it, and it is not a service of this mesh. */
  resolution: Exclude<Backend['resolution'], 'unset'>;
}

/** Consecutive rows or columns of one namespace. */
export interface Span {
  namespace: string;
  from: number;
  count: number;
}

export interface Matrix {
  rows: MeshNode[];
  columns: Column[];
  rowSpans: Span[];
  columnSpans: Span[];
}

const byPlace = (a: { namespace: string; name: string }, b: { namespace: string; name: string }): number =>
  a.namespace === b.namespace
    ? a.name < b.name
      ? -1
      : Number(a.name > b.name)
    : a.namespace < b.namespace
      ? -1
      : 1;

function spansOf(places: readonly { namespace: string }[]): Span[] {
  const spans: Span[] = [];
  places.forEach(({ namespace }, at) => {
    const last = spans[spans.length - 1];
    if (last?.namespace === namespace) last.count += 1;
    else spans.push({ namespace, from: at, count: 1 });
  });
  return spans;
}

const matrixFrom = (rows: MeshNode[], columns: Column[]): Matrix => ({
  rows,
  columns,
  rowSpans: spansOf(rows.map(({ ref }) => ref)),
  columnSpans: spansOf(columns),
});

/** All nodes and services of a mesh, and whatever else is listed, in the order of their names. */
export function matrixOf(list: Whitelist): Matrix {
  const columns = new Map<EntityKey, Column>();
  for (const { key, ref, hostname } of list.services.values())
    columns.set(key, { key, namespace: ref.namespace, name: ref.name, hostname, resolution: 'ok' });
  for (const node of list.nodes.values())
    for (const { key, namespace, name, resolution } of node.backends)
      if (resolution !== 'unset' && !columns.has(key)) columns.set(key, { key, namespace, name, resolution });
  const rows = [...list.nodes.values()].sort((a, b) => byPlace(a.ref, b.ref));
  return matrixFrom(rows, [...columns.values()].sort(byPlace));
}

/**
 * used: allowed, and calls were seen. silent: allowed, and who would have seen calls saw none. unwatched: allowed, and nobody
 * would have seen them. undeclared: calls were seen, and nothing allows them. unknown: whether it is allowed cannot be told.
 * closed: not allowed, no calls known.
 */
export type CellState = 'used' | 'silent' | 'unwatched' | 'undeclared' | 'unknown' | 'closed';

export interface Cell {
  permission: Permission;
  state: CellState;
  grant?: Grant | undefined;
  call?: SeenCall | undefined;
  edit?: EditKind | undefined;
}

/** What stands in the way of one node to one service, and what was seen on it. */
export function cellOf(
  list: Pick<Whitelist, 'egress'>,
  calls: SeenCalls,
  draft: Draft,
  node: MeshNode,
  service: EntityKey,
): Cell {
  const told = permission(node, service, list.egress);
  const call = seenCall(calls, node.key, service);
  return {
    permission: told,
    state: stateOf(told, call),
    grant: grantsOf(node).get(service),
    call,
    edit: editOf(draft, node.key, service),
  };
}

function stateOf(told: Permission, call: SeenCall | undefined): CellState {
  const seen = call?.seen ?? 'unknown';
  if (told === 'unknown') return seen === 'yes' ? 'used' : 'unknown';
  if (!isAllowed(told)) return seen === 'yes' ? 'undeclared' : 'closed';
  if (seen === 'yes') return 'used';
  return seen === 'no' ? 'silent' : 'unwatched';
}

/** The services of a node of which there is anything to say: listed, seen, or drafted. Nobody else's cell is worth a look. */
export function* spokenCells(calls: SeenCalls, draft: Draft, node: MeshNode): Iterable<EntityKey> {
  const grants = grantsOf(node);
  yield* grants.keys();
  const seen = calls.get(node.key);
  for (const key of seen?.keys() ?? []) if (!grants.has(key)) yield key;
  for (const key of draft.get(node.key)?.keys() ?? [])
    if (!grants.has(key) && seen?.has(key) !== true) yield key;
}

export interface MatrixFilter {
  /** Part of `namespace/name` of a node or of a service; case does not matter. */
  node: string;
  service: string;
  /** Only rows and columns with a cell in one of these states; all where there is none. */
  states: readonly CellState[];
  /** Only rows and columns with an edit. */
  drafted: boolean;
}

export const NO_FILTER: MatrixFilter = { node: '', service: '', states: [], drafted: false };

/** Whether a name has a text in it; case does not matter. */
export const fits = (text: string, { namespace, name }: { namespace: string; name: string }): boolean =>
  text === '' || `${namespace}/${name}`.toLowerCase().includes(text.trim().toLowerCase());

/** The rows and columns that a filter leaves. */
export function filtered(
  matrix: Matrix,
  list: Whitelist,
  calls: SeenCalls,
  draft: Draft,
  filter: MatrixFilter,
): Matrix {
  const columns = matrix.columns.filter((column) => fits(filter.service, column));
  const rows = matrix.rows.filter(({ ref }) => fits(filter.node, ref));
  if (filter.states.length === 0 && !filter.drafted) return matrixFrom(rows, columns);
  const offered = new Set(columns.map(({ key }) => key));
  const keptColumns = new Set<EntityKey>();
  const keptRows = rows.filter((node) => {
    let kept = false;
    for (const service of spokenCells(calls, draft, node)) {
      if (!offered.has(service)) continue;
      const { state, edit } = cellOf(list, calls, draft, node, service);
      const wanted =
        (filter.states.length === 0 || filter.states.includes(state)) &&
        (!filter.drafted || edit !== undefined);
      if (!wanted) continue;
      kept = true;
      keptColumns.add(service);
    }
    return kept;
  });
  return matrixFrom(
    keptRows,
    columns.filter(({ key }) => keptColumns.has(key)),
  );
}

/** How many cells are in each state, over the whole mesh. Cells that are open by ALLOW_ALL and silent are not counted. */
export function countStates(list: Whitelist, calls: SeenCalls): Record<Exclude<CellState, 'closed'>, number> {
  const counts = { used: 0, silent: 0, unwatched: 0, undeclared: 0, unknown: 0 };
  for (const node of list.nodes.values())
    for (const service of spokenCells(calls, new Map(), node)) {
      const { state } = cellOf(list, calls, new Map(), node, service);
      if (state !== 'closed') counts[state] += 1;
    }
  return counts;
}
