'use client';
import { useSpeech } from '@/lib/i18n/react';
import styles from './overlay.module.css';
import { useEdgeLook } from './use-edge-look';
import type { Drawn } from './use-edge-look';

/** What the graph writes on an edge, in the list: the chosen figure, or the share that a weighted target got. */
export function LeadFigure(edge: Drawn) {
  const { t } = useSpeech();
  const { figure, observedShare } = useEdgeLook(edge) ?? {};
  if (figure === undefined && observedShare === undefined) return null;
  return (
    <span className={styles.leadFigure}>
      {observedShare !== undefined && <> → {t('overlay.ratio', { amount: observedShare })}</>}
      {figure !== undefined && <> · {figure}</>}
    </span>
  );
}
