'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { EdgeLook } from './edge-look';

/** Half a point: what is declared and what was seen are then the same to a reader. */
const SAME = 0.0005;

/** What an edge says: its declared share, with the observed one where it is known, and the chosen figure. */
export function EdgeLabel({ look, share }: { look: EdgeLook; share: number | undefined }) {
  const { t } = useSpeech();
  const { observedShare, figure } = look;
  const declared = share === undefined ? undefined : t('topology.edge.share', { share });
  const apart = share !== undefined && observedShare !== undefined && Math.abs(share - observedShare) > SAME;
  return (
    <>
      {declared !== undefined && (
        <b>
          {apart
            ? t('overlay.weightShare', { declared, observed: t('overlay.ratio', { amount: observedShare }) })
            : declared}
        </b>
      )}
      {figure !== undefined && <span>{figure}</span>}
    </>
  );
}
