'use client';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { localStore } from '@/lib/client/browser-store';
import { useSpeech } from '@/lib/i18n/react';
import styles from './screen.module.css';

const SLOT = 'meshdeck.inspectorWidth';
const LIMITS = { least: 320, most: 900, usual: 440, step: 24 } as const;

const within = (width: number) => Math.round(Math.min(LIMITS.most, Math.max(LIMITS.least, width)));

function remembered(): number {
  const width = Number(localStore()?.getItem(SLOT));
  return Number.isFinite(width) && width > 0 ? within(width) : LIMITS.usual;
}

/** The pane on the right. Its edge is dragged or moved with the arrow keys; the width is remembered. */
export function InspectorPane({ children }: { children: ReactNode }) {
  const { t } = useSpeech();
  const [width, setWidth] = useState<number>(remembered);
  const from = useRef<{ x: number; width: number }>(undefined);
  useEffect(() => {
    try {
      localStore()?.setItem(SLOT, String(width));
    } catch {
      // With a full store the width lasts as long as the page.
    }
  }, [width]);

  const onPointerMove = (event: PointerEvent) => {
    if (from.current) setWidth(within(from.current.width + from.current.x - event.clientX));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? LIMITS.step : event.key === 'ArrowRight' ? -LIMITS.step : 0;
    if (step === 0) return;
    event.preventDefault();
    setWidth((now) => within(now + step));
  };
  return (
    <aside className={styles.inspector} style={{ width }} aria-label={t('topology.inspector')}>
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('topology.inspector.resize')}
        aria-valuenow={width}
        aria-valuemin={LIMITS.least}
        aria-valuemax={LIMITS.most}
        className={styles.grip}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = { x: event.clientX, width };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => (from.current = undefined)}
        onPointerCancel={() => (from.current = undefined)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.inspectorBody}>{children}</div>
    </aside>
  );
}
