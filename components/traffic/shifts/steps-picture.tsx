'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { PlannedStep } from '@/lib/shifts';
import styles from './shifts.module.css';

const WIDTH = 44;
const HEIGHT = 84;
const TOP = 16;

/** The steps of a plan as stairs: how much goes over at each, and where somebody has to agree. */
export function StepsPicture({ steps }: { steps: readonly PlannedStep[] }) {
  const { t } = useSpeech();
  const width = Math.max(1, steps.length) * WIDTH;
  const label = steps.map(({ percent }) => t('shifts.percent', { percent })).join(' → ');
  return (
    <svg
      className={styles.stairs}
      width={width}
      height={HEIGHT + 18}
      viewBox={`0 0 ${width} ${HEIGHT + 18}`}
      role="img"
      aria-label={t('shifts.steps.picture', { steps: label })}
    >
      {steps.map(({ percent, approval }, i) => {
        const tall = Math.max(1, (percent / 100) * (HEIGHT - TOP));
        return (
          <g key={i}>
            <rect x={i * WIDTH + 3} y={HEIGHT - tall} width={WIDTH - 6} height={tall} rx="2" />
            <text x={i * WIDTH + WIDTH / 2} y={HEIGHT - tall - 4} textAnchor="middle">
              {t('shifts.percent', { percent })}
            </text>
            {approval && (
              <text x={i * WIDTH + WIDTH / 2} y={HEIGHT + 13} textAnchor="middle">
                ✋
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
