'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { Phase } from '@/lib/shifts';
import styles from './shifts.module.css';

/** Sign and tone of a phase: never the colour alone. */
const LOOKS: Record<Phase | 'Unseen', { sign: string; tone: string }> = {
  Unseen: { sign: '…', tone: 'idle' },
  Pending: { sign: '…', tone: 'idle' },
  Applying: { sign: '▸', tone: 'runs' },
  Verifying: { sign: '▸', tone: 'runs' },
  Holding: { sign: '▸', tone: 'runs' },
  AwaitingApproval: { sign: '?', tone: 'waits' },
  Paused: { sign: '‖', tone: 'waits' },
  RollingBack: { sign: '↩', tone: 'bad' },
  RollbackBlocked: { sign: '!', tone: 'bad' },
  Succeeded: { sign: '✓', tone: 'good' },
  RolledBack: { sign: '↩', tone: 'bad' },
  Superseded: { sign: '–', tone: 'idle' },
  Refused: { sign: '✕', tone: 'bad' },
};

/** The phase of a shift in a word; of one that no engine has seen, that. */
export function PhaseBadge({ phase = 'Unseen' }: { phase?: Phase | 'Unseen' | undefined }) {
  const { t } = useSpeech();
  const { sign, tone } = LOOKS[phase];
  return (
    <span className={styles.phase} data-tone={tone}>
      <span aria-hidden="true">{sign}</span> {t(`shifts.phase.${phase}`)}
    </span>
  );
}
