'use client';
import { useLook, useTelemetryWindow, useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { HealthMark } from './health-mark';
import { figuresText, windowText } from './quantity-text';
import styles from './overlay.module.css';

/**
 * Health and figures of a card, in the place of its kind: the line is there while the overlay is on, whatever is known, so
 * that a card keeps its size.
 */
export function CardFigures({ of, kind }: { of: EntityKey; kind: string }) {
  const { t } = useSpeech();
  const { overlay } = useLook();
  const told = useTold(of);
  const window = useTelemetryWindow();
  if (overlay === 'off') return <>{kind}</>;
  const entity = told?.entity;
  if (!entity || entity.health === 'unknown') return <>{kind}</>;
  const title = [
    t(`overlay.health.${entity.health}`),
    figuresText(entity.observations, t, true),
    window && windowText(window, t),
  ];
  return (
    <span
      className={styles.cardFigures}
      data-figures=""
      title={`${kind}\n${title.filter(Boolean).join(' · ')}`}
    >
      <HealthMark level={entity.health} plain />
      <span className={styles.cut}>{figuresText(entity.observations, t)}</span>
    </span>
  );
}
