'use client';
import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { useTelemetryAnswer } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { CallTelemetry } from '@/lib/mesh/telemetry/overlay';
import { figuresText } from './quantity-text';
import { StrangersChip } from './strangers-chip';
import styles from './overlay.module.css';

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How far below a card's top calls leave and arrive: beside the declared edges, not on them. */
const AT_Y = 40;

const nameOf = (key: EntityKey) => parseEntityKey(key)?.name ?? key;

/** A line from the right of one card to the left of another; back round below where it would lead backwards. */
export function coursePath(from: Place, to: Place): { path: string; x: number; y: number } {
  const [x1, y1] = [from.x + from.width, from.y + AT_Y];
  const [x2, y2] = [to.x, to.y + AT_Y];
  const bend = Math.max(60, Math.abs(x2 - x1) / 2);
  return {
    path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
  };
}

/**
 * Calls that were seen and that nothing declares, over the cards' edges, and how many names have no card. They move nothing: they
 * are no part of the layout.
 */
export function UndeclaredCalls({
  placeOf,
  onSelect,
}: {
  /** Where a card stands; undefined where it is not shown. */
  placeOf: (key: EntityKey) => Place | undefined;
  onSelect: (key: EntityKey) => void;
}) {
  const calls = useTelemetryAnswer()?.telemetry.calls;
  const drawn = useMemo(
    () =>
      (calls ?? []).flatMap((call) => {
        if (call.declared) return [];
        const [from, to] = [placeOf(call.source), placeOf(call.target)];
        return from && to ? [{ call, ...coursePath(from, to) }] : [];
      }),
    [calls, placeOf],
  );
  if (drawn.length === 0) return <StrangersChip />;
  return (
    <>
      <StrangersChip />
      <ViewportPortal>
        <div className={styles.undeclared}>
          <svg aria-hidden="true">
            {drawn.map(({ call, path }) => (
              <path key={`${call.source} ${call.target}`} d={path} />
            ))}
          </svg>
          {drawn.map(({ call, x, y }) => (
            <Label key={`${call.source} ${call.target}`} call={call} x={x} y={y} onSelect={onSelect} />
          ))}
        </div>
      </ViewportPortal>
    </>
  );
}

function Label({
  call,
  x,
  y,
  onSelect,
}: {
  call: CallTelemetry;
  x: number;
  y: number;
  onSelect: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  const { source, target, observations } = call;
  const says = t('overlay.undeclared.show', { source: nameOf(source), target: nameOf(target) });
  const figures = figuresText(observations, t, true);
  return (
    <button
      type="button"
      className={`${styles.undeclaredLabel} nodrag nopan`}
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      title={`${says}\n${figures}`}
      aria-label={`${says}. ${figures}`}
      onClick={(event) => {
        event.stopPropagation();
        onSelect(source);
      }}
    >
      {t('overlay.undeclared')}
    </button>
  );
}
