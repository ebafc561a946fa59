'use client';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { Draft } from '@/lib/mesh/backends/edits';
import type { Matrix as MatrixShape } from '@/lib/mesh/backends/matrix';
import type { SeenCalls } from '@/lib/mesh/backends/observed';
import { grantsOf } from '@/lib/mesh/backends/whitelist';
import type { Whitelist } from '@/lib/mesh/backends/whitelist';
import {
  CELL, columnsOf, HEAD_HEIGHT, HEAD_WIDTH, inSight, LINE, lineOfRow, linesOf, moved, rowsOf, sameRange,
} from './grid'; // prettier-ignore
import type { Place, Range, Selection } from './grid';
import { MatrixHead } from './matrix-head';
import { cellId, MatrixRow, RowName } from './matrix-row';
import styles from './matrix.module.css';

export interface MatrixProps {
  matrix: MatrixShape;
  list: Whitelist;
  calls: SeenCalls;
  draft: Draft;
  selection: Selection;
  /** Row and column that are opened beside it as a whole. */
  openedRow: number | undefined;
  openedColumn: number | undefined;
  /** Namespaces whose proxies are asked about; `undefined`: all. */
  asked: ReadonlySet<string> | undefined;
  onSelect: (selection: Selection) => void;
  onToggle: (place: Place) => void;
  onOpen: (what: { row?: number; column?: number }) => void;
}

/** A row of so few cells is drawn whole: then scrolling sideways leaves it as it is. */
const CELLS_WHOLE = 80;

/** Nodes down, services across. Only what is in sight is drawn; it is one stop of the keyboard, and arrows walk over its cells. */
export function Matrix(props: MatrixProps) {
  const { matrix, list, calls, draft, asked, selection, openedRow, openedColumn } = props;
  const { onSelect, onToggle, onOpen } = props;
  const { t } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const dragging = useRef<Place>(undefined);
  const lines = useMemo(() => linesOf(matrix), [matrix]);
  const places = useMemo(() => new Map(matrix.columns.map(({ key }, i) => [key, i])), [matrix]);
  const [sight, setSight] = useState<{ lines: Range; columns: Range }>({
    lines: { from: 0, to: 48 },
    columns: { from: 0, to: 60 },
  });

  const look = useCallback(() => {
    const { current } = box;
    if (!current) return;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = current;
    const next = {
      lines: inSight(scrollTop, clientHeight - HEAD_HEIGHT, LINE, lines.length),
      columns: inSight(scrollLeft, clientWidth - HEAD_WIDTH, CELL, matrix.columns.length),
    };
    setSight((now) =>
      sameRange(now.lines, next.lines) && sameRange(now.columns, next.columns) ? now : next,
    );
  }, [lines.length, matrix.columns.length]);
  useLayoutEffect(look, [look]);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => observer.disconnect();
  }, [look]);

  const show = ({ row, column }: Place) => {
    const { current } = box;
    if (!current) return;
    const top = lineOfRow(matrix.rowSpans, row) * LINE;
    const left = column * CELL;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = current;
    const [height, width] = [clientHeight - HEAD_HEIGHT, clientWidth - HEAD_WIDTH];
    const clamp = (now: number, at: number, size: number, unit: number) =>
      Math.min(at, Math.max(now, at + unit - size));
    current.scrollTo({
      top: clamp(scrollTop, top, height, LINE),
      left: clamp(scrollLeft, left, width, CELL),
    });
  };

  const start = useRef(selection.focus);
  useEffect(() => {
    show(start.current);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once: later it follows the keyboard
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const { focus, anchor } = selection;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (event.key === ' ') onToggle(focus);
      else onOpen(focus);
      return;
    }
    if (event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - HEAD_HEIGHT) / LINE) - 1);
    const next = moved(focus, event, matrix, page);
    if (next === undefined) return;
    event.preventDefault();
    onSelect({ anchor: event.shiftKey ? anchor : next, focus: next });
    show(next);
  };

  /** The cell under the pointer; `undefined` over the headings. */
  const placeAt = (event: PointerEvent): Place | undefined => {
    const { current } = box;
    if (!current) return undefined;
    const frame = current.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    if (x < HEAD_WIDTH || y < HEAD_HEIGHT) return undefined;
    const line = lines[Math.floor((y - HEAD_HEIGHT + current.scrollTop) / LINE)];
    const column = Math.floor((x - HEAD_WIDTH + current.scrollLeft) / CELL);
    if (line?.kind !== 'node' || column >= matrix.columns.length) return undefined;
    return { row: line.row, column };
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const head =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row],[data-column]') : null;
    if (head) {
      const { row, column } = head.dataset;
      onOpen({
        ...(row === undefined ? {} : { row: Number(row) }),
        ...(column === undefined ? {} : { column: Number(column) }),
      });
      return;
    }
    const place = placeAt(event);
    if (place === undefined) return;
    dragging.current = place;
    onSelect({ anchor: event.shiftKey ? selection.anchor : place, focus: place });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (dragging.current === undefined || (event.buttons & 1) === 0) return;
    const place = placeAt(event);
    const { focus } = selection;
    if (place && (place.row !== focus.row || place.column !== focus.column))
      onSelect({ anchor: event.shiftKey ? selection.anchor : dragging.current, focus: place });
  };
  const onPointerUp = (event: PointerEvent) => {
    const place = placeAt(event);
    const began = dragging.current;
    dragging.current = undefined;
    const still = place && began && place.row === began.row && place.column === began.column;
    if (still && !event.shiftKey) onOpen(place);
  };

  const [marked, across] = [rowsOf(selection), columnsOf(selection)];
  const top = lineOfRow(matrix.rowSpans, marked.from) * LINE;
  const bottom = (lineOfRow(matrix.rowSpans, marked.to - 1) + 1) * LINE;
  const { focus } = selection;
  const drawn = lines.slice(sight.lines.from, sight.lines.to);
  const activeLine = lineOfRow(matrix.rowSpans, focus.row);
  const activeInSight = activeLine >= sight.lines.from && activeLine < sight.lines.to;
  return (
    <div
      ref={box}
      role="grid"
      tabIndex={0}
      aria-label={t('backends.matrix', { rows: matrix.rows.length, columns: matrix.columns.length })}
      aria-rowcount={matrix.rows.length + 1}
      aria-colcount={matrix.columns.length + 1}
      aria-multiselectable
      aria-activedescendant={activeInSight ? cellId(focus.row, focus.column) : undefined}
      className={styles.matrix}
      onScroll={look}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onDoubleClick={() => onToggle(focus)}
    >
      <div
        role="presentation"
        className={styles.sizer}
        style={{
          width: HEAD_WIDTH + matrix.columns.length * CELL,
          height: HEAD_HEIGHT + lines.length * LINE,
        }}
      >
        <MatrixHead matrix={matrix} columns={sight.columns} active={focus.column} opened={openedColumn} />
        <div role="presentation" className={styles.names} style={{ height: lines.length * LINE }}>
          {drawn.map((line, i) => {
            const y = (sight.lines.from + i) * LINE;
            if (line.kind === 'node')
              return (
                <RowName
                  key={line.node.key}
                  node={line.node}
                  egress={list.egress}
                  active={focus.row === line.row}
                  opened={openedRow === line.row}
                  row={line.row}
                  top={y}
                />
              );
            return (
              <div
                key={`namespace ${line.namespace}`}
                role="presentation"
                className={styles.namespaceName}
                style={{ transform: `translateY(${y}px)`, height: LINE }}
              >
                {line.namespace === ''
                  ? t('backends.namespace.api', { count: line.count })
                  : t(
                      asked?.has(line.namespace) === false
                        ? 'backends.namespace.notAsked'
                        : 'backends.namespace',
                      { namespace: line.namespace, count: line.count },
                    )}
              </div>
            );
          })}
        </div>
        <div role="presentation" className={styles.lines} style={{ top: HEAD_HEIGHT }}>
          {drawn.map((line, i) => {
            const y = (sight.lines.from + i) * LINE;
            if (line.kind === 'namespace')
              return (
                <div
                  key={`namespace ${line.namespace}`}
                  role="presentation"
                  className={styles.namespace}
                  style={{ transform: `translateY(${y}px)`, height: LINE }}
                />
              );
            const { node, row } = line;
            const spoken = grantsOf(node).size + (calls.get(node.key)?.size ?? 0);
            const whole = spoken <= CELLS_WHOLE;
            return (
              <MatrixRow
                key={node.key}
                node={node}
                egress={list.egress}
                columns={matrix.columns}
                places={places}
                from={whole ? 0 : sight.columns.from}
                to={whole ? matrix.columns.length : sight.columns.to}
                seen={calls.get(node.key)}
                drafted={draft.get(node.key)}
                asked={asked?.has(node.ref.namespace) ?? true}
                active={focus.row === row ? focus.column : undefined}
                row={row}
                top={y}
              />
            );
          })}
          <div
            role="presentation"
            className={styles.selection}
            style={{
              left: HEAD_WIDTH + across.from * CELL,
              width: (across.to - across.from) * CELL,
              top,
              height: bottom - top,
            }}
          />
        </div>
      </div>
    </div>
  );
}
