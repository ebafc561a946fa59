'use client';
import Button from '@cloudscape-design/components/button';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import { memo } from 'react';
import { control } from '@/components/ui/control';
import { useChangedCount } from '@/lib/client/use-changes';
import { CHANGED_MINUTES } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import { useTimeScope } from './time-context';
import { useTimeActions } from './use-time-actions';
import styles from './time-tools.module.css';

/** Pause, highlight, and the pane of changes, in the toolbar. */
export const TimeTools = memo(function TimeTools() {
  const { t } = useSpeech();
  const time = useTimeScope();
  useTimeActions(time);
  const { paused, setPaused, pane, setPane, mark } = time;
  return (
    <>
      <span className={styles.pause} data-paused={paused ? '' : undefined}>
        <span title={`${t('activity.pauseHint')} (p)`}>
          <Button disabled={!mark} variant={paused ? 'primary' : 'normal'} onClick={() => setPaused(!paused)}>
            {t(paused ? 'activity.resume' : 'activity.pause')}
          </Button>
        </span>
        {paused && (
          <span className={styles.waiting}>
            <strong>{t('activity.paused', { at: new Date(paused.since) })}</strong>
            <span data-waiting={paused.waiting}>{t('activity.waiting', { count: paused.waiting })}</span>
          </span>
        )}
      </span>
      <Highlight />
      <span title={`${t('activity.action.changes')} (c)`}>
        <ToggleButton
          pressed={pane !== undefined}
          onChange={({ detail }) => setPane(detail.pressed ? 'changes' : undefined)}
        >
          {t('activity.pane.changes')}
        </ToggleButton>
      </span>
    </>
  );
});

/** How far back changes are highlighted, and how many cards are. */
function Highlight() {
  const { t } = useSpeech();
  const { marks, minutes, all, highlight } = useTimeScope();
  const count = useChangedCount(marks);
  const group = (every: boolean) =>
    CHANGED_MINUTES.map((each) => (
      <option key={each} value={`${each} ${every ? 'all' : 'asked'}`}>
        {t(every ? 'activity.highlight.allMinutes' : 'activity.highlight.askedMinutes', { minutes: each })}
      </option>
    ));
  return (
    <span className={styles.highlight}>
      <select
        className={control}
        aria-label={t('activity.highlight')}
        value={minutes === 0 ? 'off' : `${minutes} ${all ? 'all' : 'asked'}`}
        onChange={({ currentTarget }) => {
          const [chosen, which] = currentTarget.value.split(' ');
          highlight(CHANGED_MINUTES.find((each) => String(each) === chosen) ?? 0, which === 'all');
        }}
      >
        <option value="off">{t('activity.highlight.off')}</option>
        <optgroup label={t('activity.highlight.asked')}>{group(false)}</optgroup>
        <optgroup label={t('activity.highlight.all')}>{group(true)}</optgroup>
      </select>
      {minutes > 0 && <span className={styles.count}>{t('activity.highlight.count', { count })}</span>}
    </span>
  );
}
