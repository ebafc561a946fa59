'use client';
import { WINDOWS } from '@/lib/client/telemetry-window';
import type { TelemetryWindow } from '@/lib/client/telemetry-window';
import { control } from '@/components/ui/control';
import { useSpeech } from '@/lib/i18n/react';

/** Over which time something is shown: one of those that end now, or the one that was chosen elsewhere. */
export function WindowSelect({
  window,
  onWindow,
}: {
  window: TelemetryWindow;
  onWindow: (patch: { window: TelemetryWindow }) => void;
}) {
  const { t } = useSpeech();
  return (
    <label>
      {t('metrics.window')}
      <select
        className={control}
        value={'last' in window ? window.last : ''}
        onChange={({ target }) => {
          const name = WINDOWS.find((each) => each === target.value);
          if (name) onWindow({ window: { last: name } });
        }}
      >
        {'fromMs' in window && (
          <option value="">
            {t('overlay.between', { from: new Date(window.fromMs), to: new Date(window.toMs) })}
          </option>
        )}
        {WINDOWS.map((name) => (
          <option key={name} value={name}>
            {t(`overlay.window.${name}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
