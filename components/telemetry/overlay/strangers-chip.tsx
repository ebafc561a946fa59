'use client';
import Popover from '@cloudscape-design/components/popover';
import { useTelemetryAnswer } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { StrangerList } from './strangers';
import styles from './overlay.module.css';

/** At the foot of the graph: how many names were seen that have no card; who they are, when opened. */
export function StrangersChip() {
  const { t } = useSpeech();
  const strangers = useTelemetryAnswer()?.telemetry.strangers ?? [];
  if (strangers.length === 0) return null;
  const count = t('overlay.strangers', { count: strangers.length });
  return (
    <div className={styles.strangersChip}>
      <Popover
        header={count}
        size="large"
        position="top"
        triggerType="custom"
        renderWithPortal
        dismissAriaLabel={t('shell.help.close')}
        content={<StrangerList strangers={strangers} />}
      >
        <button type="button">{count}</button>
      </Popover>
    </div>
  );
}
