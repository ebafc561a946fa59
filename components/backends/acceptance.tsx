'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import review from '@/components/traffic/review.module.css';
import { useSpeech } from '@/lib/i18n/react';
import type { Mesh, MeshNode } from '@/lib/mesh/model';

/** Whether the control plane took what was written, once the stream has shown the object as it was written. */
export function Acceptance({
  generation,
  live,
}: {
  generation: number | undefined;
  live: Pick<Mesh | MeshNode, 'ref' | 'acceptance' | 'problem'> | undefined;
}) {
  const { t } = useSpeech();
  if (live === undefined || generation === undefined) return null;
  if (live.ref.generation < generation || live.acceptance === 'pending' || live.acceptance === 'unknown')
    return <StatusIndicator type="pending">{t('backends.review.state.pending')}</StatusIndicator>;
  if (live.acceptance === 'rejected')
    return (
      <>
        <StatusIndicator type="error">{t('backends.review.state.rejected')}</StatusIndicator>
        {live.problem && <p className={review.note}>{live.problem.message}</p>}
      </>
    );
  return <StatusIndicator type="success">{t('backends.review.state.accepted')}</StatusIndicator>;
}
