'use client';
import Button from '@cloudscape-design/components/button';
import { memo } from 'react';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import type { Viewed } from '@/lib/mesh/view/spec';
import { chipsOf } from './chips';
import type { Chip } from './chips';
import { WHOLE } from './spec-of';
import styles from './view-menu.module.css';

/** Everything by which the picture is not the whole mesh, with what each hides; nothing where it is. */
export const ViewChips = memo(function ViewChips({
  view,
  setView,
  hidden,
  problem,
  over,
}: {
  view: ViewState;
  setView: (patch: Partial<ViewState>) => void;
  hidden: Viewed['hidden'] | undefined;
  problem: Viewed['problem'];
  /** Whether it lies over the canvas, which must not move when it comes. */
  over: boolean;
}) {
  const { t } = useSpeech();
  const chips = chipsOf(view, hidden && { hidden, problem });
  if (chips.length === 0) return null;
  return (
    <section className={styles.chips} data-over={over || undefined} aria-label={t('view.active')}>
      <ul>
        {chips.map((chip) => (
          <ChipItem key={chip.id} chip={chip} onUndo={() => setView(chip.undo)} />
        ))}
      </ul>
      <Button variant="inline-link" onClick={() => setView(WHOLE)}>
        {t('view.reset')}
      </Button>
    </section>
  );
});

function ChipItem({ chip, onUndo }: { chip: Chip; onUndo: () => void }) {
  const { t } = useSpeech();
  const text = t(`view.chip.${chip.id}`, chip.values);
  return (
    <li className={styles.chip} data-problem={chip.problem}>
      <span className={styles.chipText} title={text}>
        {text}
      </span>
      {chip.problem !== undefined ? (
        <span className={styles.chipProblem} role="status">
          {t(`view.problem.${chip.problem}`)}
        </span>
      ) : (
        chip.hidden !== undefined && (
          <span className={styles.chipCount}>{t('view.hidden', { count: chip.hidden })}</span>
        )
      )}
      <button type="button" aria-label={t('view.chip.remove', { what: text })} onClick={onUndo}>
        ✕
      </button>
    </li>
  );
}
