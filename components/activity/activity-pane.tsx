'use client';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { localStore } from '@/lib/client/browser-store';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { ChangeFeed } from './change-feed';
import { Compare } from './compare';
import { useTimeScope } from './time-context';
import styles from './activity-pane.module.css';

const SLOT = 'meshdeck.activityHeight';
const LIMITS = { least: 120, most: 700, usual: 260, step: 24 } as const;

const within = (height: number) => Math.round(Math.min(LIMITS.most, Math.max(LIMITS.least, height)));

function remembered(): number {
  const height = Number(localStore()?.getItem(SLOT));
  return Number.isFinite(height) && height > 0 ? within(height) : LIMITS.usual;
}

export interface ActivityPaneProps {
  source: string;
  /** Goes to a card. */
  onChoose: (key: EntityKey) => void;
}

/** The pane at the foot: what changed, or two moments beside each other. Its edge is dragged or moved with the arrow keys. */
export function ActivityPane(props: ActivityPaneProps) {
  const { pane } = useTimeScope();
  return pane === undefined ? null : <Pane {...props} />;
}

function Pane({ source, onChoose }: ActivityPaneProps) {
  const { t } = useSpeech();
  const { pane, setPane } = useTimeScope();
  const [height, setHeight] = useState<number>(remembered);
  const from = useRef<{ y: number; height: number }>(undefined);
  useEffect(() => {
    try {
      localStore()?.setItem(SLOT, String(height));
    } catch {
      // With a full store the height lasts as long as the page.
    }
  }, [height]);
  const onPointerMove = (event: PointerEvent) => {
    if (from.current) setHeight(within(from.current.height + from.current.y - event.clientY));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? LIMITS.step : event.key === 'ArrowDown' ? -LIMITS.step : 0;
    if (step === 0) return;
    event.preventDefault();
    setHeight((now) => within(now + step));
  };
  return (
    <section className={styles.pane} style={{ height }} aria-label={t('activity.title')}>
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="horizontal"
        aria-label={t('activity.resize')}
        aria-valuenow={height}
        aria-valuemin={LIMITS.least}
        aria-valuemax={LIMITS.most}
        className={styles.grip}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = { y: event.clientY, height };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => (from.current = undefined)}
        onPointerCancel={() => (from.current = undefined)}
        onKeyDown={onKeyDown}
      />
      <header className={styles.head}>
        <SegmentedControl
          label={t('activity.pane')}
          selectedId={pane ?? null}
          options={[
            { id: 'changes', text: t('activity.pane.changes') },
            { id: 'compare', text: t('activity.pane.compare') },
          ]}
          onChange={({ detail }) => setPane(detail.selectedId === 'compare' ? 'compare' : 'changes')}
        />
        <button
          type="button"
          className={styles.close}
          aria-label={t('activity.close')}
          onClick={() => setPane(undefined)}
        >
          ✕
        </button>
      </header>
      {pane === 'compare' ? (
        <Compare source={source} onChoose={onChoose} />
      ) : (
        <ChangeFeed onChoose={onChoose} />
      )}
    </section>
  );
}
