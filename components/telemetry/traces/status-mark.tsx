'use client';
import type { TraceStatus } from '@/lib/mesh/telemetry/trace';
import { useSpeech } from '@/lib/i18n/react';
import styles from './traces.module.css';

/** The outline of a status around (0, 0), about 10 units wide: each has a shape of its own beside its colour. */
export function StatusShape({ status }: { status: TraceStatus }) {
  switch (status) {
    case 'ok':
      return <circle r={4} />;
    case 'error':
      return <path d="M0-5.5 5.5 0 0 5.5-5.5 0z" />;
    case 'throttle':
      return <rect x={-4} y={-4} width={8} height={8} />;
    case 'fault':
      return <path d="M0-5.5 5.8 4.5H-5.8z" />;
  }
}

/** How a request ended: shape, colour and word. */
export function StatusMark({ status }: { status: TraceStatus }) {
  const { t } = useSpeech();
  return (
    <span className={styles.status}>
      <svg
        className={styles.shape}
        data-status={status}
        viewBox="-7 -7 14 14"
        width={14}
        height={14}
        aria-hidden="true"
      >
        <StatusShape status={status} />
      </svg>
      {t(`traces.status.${status}`)}
    </span>
  );
}
