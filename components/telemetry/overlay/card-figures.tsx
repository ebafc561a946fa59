'use client';
import { useEffect, useRef } from 'react';
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
  const entity = overlay === 'off' || told?.entity?.health === 'unknown' ? undefined : told?.entity;
  const says = entity && [t(`overlay.health.${entity.health}`), figuresText(entity.observations, t, true)];
  const spoken = useSpoken(says?.filter(Boolean).join(', '));
  if (!entity || !says) return <>{kind}</>;
  const title = [...says, window && windowText(window, t)];
  return (
    <span
      ref={spoken}
      className={styles.cardFigures}
      data-figures=""
      title={`${kind}\n${title.filter(Boolean).join(' · ')}`}
    >
      <HealthMark level={entity.health} plain />
      <span className={styles.cut}>{figuresText(entity.observations, t)}</span>
    </span>
  );
}

/** Has a screen reader say `text` after the name of the card around, whose frame is the graph's and is not drawn anew for it. */
function useSpoken(text: string | undefined) {
  const inside = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const card = inside.current?.closest('.react-flow__node');
    if (!card || text === undefined) return undefined;
    card.setAttribute('aria-description', text);
    return () => card.removeAttribute('aria-description');
  }, [text]);
  return inside;
}
