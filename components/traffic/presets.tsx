'use client';
import { useState } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import { evenOut, PRESET_POINTS, reachable, setWeight, swapTargets } from '@/lib/mesh/weights';
import type { WeightsDraft } from '@/lib/mesh/weights';
import type { Change } from './draft-store';
import type { TargetView } from './route-view';
import styles from './weight-editor.module.css';

/** Often used splits at a click: points for one target, all alike, and the two exchanged. */
export function Presets({
  targets,
  current,
  change,
}: {
  targets: readonly TargetView[];
  current: WeightsDraft;
  change: (change: Change) => void;
}) {
  const { t } = useSpeech();
  // The newest version usually stands last.
  const [chosen, setChosen] = useState(targets.length - 1);
  const index = Math.min(chosen, targets.length - 1);
  const { min, max } = reachable(current, index);
  const name = targets[index]?.name ?? '';
  return (
    <div className={styles.presets} role="group" aria-label={t('traffic.editor.presets')}>
      <select
        className={styles.select}
        value={index}
        aria-label={t('traffic.editor.presetFor')}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
      >
        {targets.map((target, i) => (
          <option key={i} value={i}>
            {target.name}
          </option>
        ))}
      </select>
      {PRESET_POINTS.map((points) => (
        <button
          key={points}
          type="button"
          className={styles.preset}
          aria-label={t('traffic.editor.preset', { name, points })}
          aria-pressed={targets[index]?.points === points}
          disabled={points < min || points > max}
          onClick={() => change((now) => setWeight(now, index, points))}
        >
          {points}
        </button>
      ))}
      <button type="button" className={styles.preset} onClick={() => change(evenOut)}>
        {t('traffic.editor.even')}
      </button>
      {targets.length === 2 && (
        <button
          type="button"
          className={styles.preset}
          disabled={current.locked.includes(true)}
          onClick={() => change(swapTargets)}
        >
          {t('traffic.editor.swap')}
        </button>
      )}
    </div>
  );
}
