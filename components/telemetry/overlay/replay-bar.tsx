'use client';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { SPEEDS } from '@/lib/client/replay-steps';
import { useSpeech } from '@/lib/i18n/react';
import type { Replay } from './use-replay';
import styles from './menu.module.css';

/** The timeline of a replay. The slider is the keyboard's: arrows step, Space plays, Escape returns to now. */
export function ReplayBar({ replay, onLeave }: { replay: Replay; onLeave: () => void }) {
  const { t } = useSpeech();
  const slider = useRef<HTMLInputElement>(null);
  const { steps, at, step, playing, speed, show, play, setSpeed } = replay;
  const moment = t('overlay.replay.at', { from: new Date(step.fromMs), to: new Date(step.toMs) });
  useEffect(() => slider.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onLeave();
    else if (event.key === ' ' && event.target === slider.current) play(!playing);
    else if (event.target !== slider.current) return;
    // Whatever the slider takes is none of the graph's business.
    event.stopPropagation();
    if (event.key === ' ') event.preventDefault();
  };
  return (
    <section
      className={styles.replay}
      aria-label={t('overlay.replay')}
      title={t('overlay.replay.hint')}
      onKeyDown={onKeyDown}
    >
      <strong>{t('overlay.replay')}</strong>
      <Button iconName={playing ? 'pause' : 'play'} onClick={() => play(!playing)}>
        {t(playing ? 'overlay.replay.stop' : 'overlay.replay.play')}
      </Button>
      <input
        ref={slider}
        type="range"
        min={0}
        max={steps.length - 1}
        value={at}
        aria-label={t('overlay.replay.slider')}
        aria-valuetext={moment}
        onChange={(event) => show(Number(event.target.value))}
      />
      <span className={styles.moment} role="status">
        {moment} · {t('overlay.replay.of', { at: at + 1, count: steps.length })}
      </span>
      <SegmentedControl
        label={t('overlay.replay.speed')}
        selectedId={String(speed)}
        options={SPEEDS.map((each) => ({
          id: String(each),
          text: t('overlay.replay.times', { speed: each }),
        }))}
        onChange={({ detail }) => setSpeed(SPEEDS.find((each) => String(each) === detail.selectedId) ?? 1)}
      />
      <Button onClick={onLeave}>{t('overlay.replay.leave')}</Button>
    </section>
  );
}
