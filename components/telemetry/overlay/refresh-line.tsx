'use client';
import Button from '@cloudscape-design/components/button';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import type { TelemetryState } from '@/lib/client/use-telemetry';
import type { OverlayView } from '@/lib/client/telemetry-view';
import { useNow } from '@/lib/client/use-now';
import { useSpeech } from '@/lib/i18n/react';
import { windowText } from './quantity-text';
import styles from './menu.module.css';

/** As of when the figures are, when the next come, and how to hold them. */
export function RefreshLine({
  view,
  setView,
  state,
  paused,
}: {
  view: OverlayView;
  setView: (patch: Partial<OverlayView>) => void;
  state: TelemetryState;
  paused: boolean;
}) {
  const { t } = useSpeech();
  const now = useNow(1000);
  const { answer, asking, nextAt, refresh } = state;
  const standing = paused ? 'pausedHint' : view.held ? 'heldHint' : undefined;
  const seconds = nextAt === undefined ? undefined : Math.max(0, Math.ceil((nextAt - now) / 1000));
  return (
    <div className={styles.refresh}>
      <p>
        {answer ? windowText(answer.window, t) : t('overlay.waiting')}
        {asking && <span> · {t('overlay.asking')}</span>}
        {!asking && seconds !== undefined && <span> · {t('overlay.next', { seconds })}</span>}
      </p>
      {standing !== undefined && <p className={styles.held}>{t(`overlay.${standing}`)}</p>}
      <span className={styles.buttons}>
        <ToggleButton
          pressed={view.held}
          iconName="pause"
          pressedIconName="play"
          onChange={({ detail }) => setView({ held: detail.pressed })}
        >
          {t(view.held ? 'overlay.goOn' : 'overlay.hold')}
        </ToggleButton>
        <Button iconName="refresh" loading={asking} onClick={refresh}>
          {t('overlay.refresh')}
        </Button>
      </span>
    </div>
  );
}
