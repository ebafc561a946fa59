'use client';
import { useLook, useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { edgeLook } from './edge-look';
import styles from './overlay.module.css';

/** A key nobody tells anything of. */
const NOBODY = '';

/** What the graph writes on an edge, in the list: the chosen figure, or the share that a weighted target got. */
export function LeadFigure({
  edge,
  from,
  to,
  route,
}: {
  edge: string;
  from: EntityKey;
  to: EntityKey;
  route: string | undefined;
}) {
  const { t } = useSpeech();
  const look = useLook();
  const told = useTold(edge);
  const router = useTold(route === undefined ? NOBODY : from);
  const seen = edgeLook(told, look, t, { router, row: route, target: to });
  if (!seen) return null;
  const { figure, observedShare } = seen;
  if (figure === undefined && observedShare === undefined) return null;
  return (
    <span className={styles.leadFigure}>
      {observedShare !== undefined && <> → {t('overlay.ratio', { amount: observedShare })}</>}
      {figure !== undefined && <> · {figure}</>}
    </span>
  );
}
