'use client';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useState } from 'react';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import { WINDOW_MS } from '@/lib/client/telemetry-view';
import { WINDOWS } from '@/lib/client/telemetry-window';
import type { OverlayView } from '@/lib/client/telemetry-view';
import { useSpeech } from '@/lib/i18n/react';
import styles from './menu.module.css';

/** A moment as an input of local time takes it, to the second. */
export function localText(ms: number): string {
  const at = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 19);
}

/** A window that ends now, or two moments. */
export function WindowPicker({
  view,
  setView,
  shown,
}: {
  view: Pick<OverlayView, 'window'>;
  setView: (patch: Pick<OverlayView, 'window'>) => void;
  shown: TelemetryAnswer['window'] | undefined;
}) {
  const { t } = useSpeech();
  const { window } = view;
  const last = 'last' in window ? window.last : undefined;
  const [fixed, setFixed] = useState(last === undefined);
  return (
    <>
      <SegmentedControl
        label={t('overlay.window')}
        selectedId={fixed || last === undefined ? 'fixed' : last}
        options={[...WINDOWS, 'fixed' as const].map((id) => ({ id, text: t(`overlay.window.${id}`) }))}
        onChange={({ detail }) => {
          const chosen = WINDOWS.find((each) => each === detail.selectedId);
          setFixed(chosen === undefined);
          if (chosen) setView({ window: { last: chosen } });
        }}
      />
      {fixed && <FixedWindow view={view} setView={setView} shown={shown} />}
    </>
  );
}

function FixedWindow({ view, setView, shown }: Parameters<typeof WindowPicker>[0]) {
  const { t } = useSpeech();
  const { window } = view;
  const [began, ended] = 'last' in window ? [shown?.fromMs, shown?.toMs] : [window.fromMs, window.toMs];
  const [until, setUntil] = useState(() => localText(ended ?? Date.now()));
  const [since, setSince] = useState(() =>
    localText(began ?? (ended ?? Date.now()) - WINDOW_MS['last' in window ? window.last : '5m']),
  );
  const [from, to] = [Date.parse(since), Date.parse(until)];
  const right = from < to;
  return (
    <div className={styles.fixed}>
      <label>
        {t('overlay.window.from')}
        <input
          type="datetime-local"
          step="1"
          value={since}
          onChange={(event) => setSince(event.target.value)}
        />
      </label>
      <label>
        {t('overlay.window.to')}
        <input
          type="datetime-local"
          step="1"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </label>
      <Button
        disabled={!right}
        disabledReason={t('overlay.window.wrong')}
        onClick={() => setView({ window: { fromMs: from, toMs: to } })}
      >
        {t('overlay.window.apply')}
      </Button>
    </div>
  );
}
