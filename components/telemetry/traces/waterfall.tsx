'use client';
import { useMemo, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { Span, Trace } from '@/lib/mesh/telemetry/trace';
import { useSpeech } from '@/lib/i18n/react';
import { msText } from '../metrics/figure-text';
import { heightMarks } from '../metrics/scale';
import { shortName } from '../metrics/subjects';
import { StatusMark } from './status-mark';
import { lengthOf, waterfallOf } from './waterfall-rows';
import styles from './waterfall.module.css';

const percent = (part: number) => `${part * 100}%`;

/** The spans of a trace, one row each, with the time they took. The arrow keys go through the rows. */
export function Waterfall({
  trace,
  chosen,
  onChoose,
}: {
  trace: Trace;
  chosen: string | undefined;
  onChoose: (span: string) => void;
}) {
  const { t } = useSpeech();
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => waterfallOf(trace), [trace]);
  const length = lengthOf(trace);
  const marks = heightMarks(length, 5).filter((mark) => mark <= length);
  const at = Math.max(
    0,
    rows.findIndex(({ span }) => span.id === chosen),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const last = rows.length - 1;
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(last, next));
    const row = rows[to];
    if (row) onChoose(row.span.id);
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' });
    list.current?.querySelectorAll<HTMLElement>('[role=option]')[to]?.focus();
  };
  return (
    <div className={styles.waterfall}>
      <div className={styles.axis} aria-hidden="true">
        <span />
        <span className={styles.marks}>
          {marks.map((mark) => (
            <span key={mark} style={{ left: percent(mark / length) }}>
              {msText(mark, t)}
            </span>
          ))}
        </span>
        <span />
      </div>
      <div ref={list} role="listbox" aria-label={t('trace.spans')} onKeyDown={onKeyDown}>
        {rows.map(({ span, depth, left, width, open }, n) => (
          <div
            key={span.id}
            role="option"
            aria-selected={n === at}
            tabIndex={n === at ? 0 : -1}
            className={styles.row}
            onClick={() => onChoose(span.id)}
          >
            <span className={styles.name} style={{ paddingLeft: 8 + Math.min(depth, 8) * 14 }}>
              <b>{span.name}</b>{' '}
              <small>{[t(`trace.kind.${span.kind}`), ...hopNames(span)].join(' · ')}</small>
            </span>{' '}
            <span className={styles.track}>
              <span
                className={styles.bar}
                data-status={span.status}
                data-open={open || undefined}
                style={{ left: percent(left), width: percent(width) }}
              />
            </span>
            <span className={styles.took}>
              {tookText(span)} <StatusMark status={span.status} />
            </span>
          </div>
        ))}
      </div>
    </div>
  );

  function tookText({ startMs, endMs }: Span): string {
    return endMs === undefined ? t('trace.unfinished') : msText(Math.max(0, endMs - startMs), t);
  }

  /** What a span stands for in the mesh, in the order a request passes it. */
  function hopNames({ hop: { gatewayRoute, service, router, route, node } }: Span): string[] {
    const chosenRoute = router && route !== undefined ? `${shortName(router)}/${route}` : route;
    return [
      gatewayRoute && shortName(gatewayRoute),
      service && shortName(service),
      chosenRoute,
      node && shortName(node),
    ].filter((name) => name !== undefined);
  }
}
