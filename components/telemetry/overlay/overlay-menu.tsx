'use client';
import Button from '@cloudscape-design/components/button';
import Popover from '@cloudscape-design/components/popover';
import type { PopoverProps } from '@cloudscape-design/components/popover';
import { memo } from 'react';
import type { Ref } from 'react';
import type { TelemetryState } from '@/lib/client/use-telemetry';
import type { OverlayView } from '@/lib/client/telemetry-view';
import { useSpeech } from '@/lib/i18n/react';
import type { Translate } from '@/lib/i18n/translate';
import { EvidenceBadge } from './evidence-badge';
import { OverlayForm } from './overlay-form';
import styles from './menu.module.css';

export interface OverlayMenuProps {
  view: OverlayView;
  setView: (patch: Partial<OverlayView>) => void;
  state: TelemetryState;
  /** The picture is paused, and the figures with it. */
  paused: boolean;
  /** Namespaces asked about, where not all are. */
  groups: { groups: readonly string[]; left: number } | undefined;
  onReplay: (() => void) | undefined;
  /** To close the menu, or to give its button the keyboard. */
  ref?: Ref<PopoverProps.Ref>;
}

/** What is measured and drawn, as one button with all settings behind it, and how the evidence is doing beside it. */
export const OverlayMenu = memo(function OverlayMenu(props: OverlayMenuProps) {
  const { t } = useSpeech();
  const { view, state } = props;
  const window = state.answer?.window;
  const off = view.overlay === 'off';
  const chosen = {
    figure: t(`overlay.figure.${view.overlay}`),
    window: askedText(view.window, t),
  };
  return (
    <span className={styles.menu}>
      <Popover
        {...(props.ref ? { ref: props.ref } : {})}
        header={t('overlay.title')}
        size="large"
        position="bottom"
        triggerType="custom"
        dismissAriaLabel={t('shell.help.close')}
        content={<OverlayForm {...props} />}
      >
        <Button
          iconName="status-in-progress"
          ariaLabel={off ? t('overlay.menuOff') : t('overlay.menu', chosen)}
        >
          {off ? t('overlay.menuOff') : t('overlay.menuShort', chosen)}
        </Button>
      </Popover>
      {!off && (
        <EvidenceBadge
          state={state}
          asOfMs={'last' in view.window && view.replay === undefined ? window?.toMs : undefined}
        />
      )}
    </span>
  );
});

const askedText = (window: OverlayView['window'], t: Translate): string =>
  'last' in window
    ? t(`overlay.window.${window.last}`)
    : t('overlay.betweenShort', { from: new Date(window.fromMs), to: new Date(window.toMs) });
