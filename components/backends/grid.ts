/** Which part of a large grid is in sight, and how one moves over it. Pure. */
import type { Matrix, Span } from '@/lib/mesh/backends/matrix';
import type { MeshNode } from '@/lib/mesh/model';

/** Pixels. Lines are rows of nodes and the headings of their namespaces; all are as high. */
export const LINE = 28;
export const CELL = 28;
export const HEAD_WIDTH = 248;
export const HEAD_HEIGHT = 168;
/** What is drawn changes in steps of so many lines or columns: few enough that a step fits into a frame. */
const STEP = 6;

export interface Range {
  from: number;
  /** Not included. */
  to: number;
}

/** The entries to draw of a long row of equal ones: those in sight, and a step more at each end. */
export function inSight(scroll: number, size: number, unit: number, count: number): Range {
  const first = Math.floor(scroll / unit / STEP) * STEP - STEP;
  const last = Math.ceil((scroll + size) / unit / STEP) * STEP + STEP;
  return { from: Math.max(0, Math.min(first, count)), to: Math.max(0, Math.min(count, last)) };
}

export const sameRange = (a: Range, b: Range): boolean => a.from === b.from && a.to === b.to;

export type Line =
  { kind: 'namespace'; namespace: string; count: number } | { kind: 'node'; node: MeshNode; row: number };

/** A heading for each namespace, then its nodes. */
export function linesOf({ rows, rowSpans }: Matrix): Line[] {
  return rowSpans.flatMap(({ namespace, from, count }): Line[] => [
    { kind: 'namespace', namespace, count },
    ...rows.slice(from, from + count).map((node, i): Line => ({ kind: 'node', node, row: from + i })),
  ]);
}

/** The line of each row. */
export const lineOfRow = (spans: readonly Span[], row: number): number =>
  row + 1 + spans.findIndex(({ from, count }) => row >= from && row < from + count);

export interface Place {
  row: number;
  column: number;
}

const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));

/** Where a key leads from a place; `undefined` for other keys. `page`: rows that are in sight. */
export function moved(
  { row, column }: Place,
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  { rows, columns }: { rows: readonly unknown[]; columns: readonly unknown[] },
  page: number,
): Place | undefined {
  const to = (r: number, c: number): Place => ({
    row: within(r, rows.length),
    column: within(c, columns.length),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - page, column);
    case 'PageDown':
      return to(row + page, column);
    case 'Home':
      return to(ctrlKey ? 0 : row, 0);
    case 'End':
      return to(ctrlKey ? rows.length - 1 : row, columns.length - 1);
    default:
      return undefined;
  }
}

/** A rectangle of cells, both ends included. */
export interface Selection {
  anchor: Place;
  focus: Place;
}

export const rowsOf = ({ anchor, focus }: Selection): Range => ({
  from: Math.min(anchor.row, focus.row),
  to: Math.max(anchor.row, focus.row) + 1,
});
export const columnsOf = ({ anchor, focus }: Selection): Range => ({
  from: Math.min(anchor.column, focus.column),
  to: Math.max(anchor.column, focus.column) + 1,
});
export const sizeOf = (selection: Selection): number => {
  const [rows, columns] = [rowsOf(selection), columnsOf(selection)];
  return (rows.to - rows.from) * (columns.to - columns.from);
};
