'use client';
import Button from '@cloudscape-design/components/button';
import { useSpeech } from '@/lib/i18n/react';
import type { CanaryStep, Strategy } from '@/lib/shifts';
import styles from './shifts.module.css';

/** The steps of a plan, each to be changed. */
export function StepsForm({
  strategy,
  onChange,
}: {
  strategy: Strategy;
  onChange: (strategy: Strategy) => void;
}) {
  const { canary, blueGreen } = strategy;
  if (canary)
    return <CanaryForm steps={canary.steps} onChange={(steps) => onChange({ canary: { steps } })} />;
  const { preview = {}, bakeSeconds = 600 } = blueGreen ?? {};
  return (
    <div className={styles.stepRows}>
      <div className={styles.stepRow}>
        <Seconds
          of="preview"
          seconds={preview.holdSeconds ?? 0}
          onChange={(holdSeconds) =>
            onChange({ blueGreen: { preview: { ...preview, holdSeconds }, bakeSeconds } })
          }
        />
        <Approval
          checked={preview.approval ?? false}
          onChange={(approval) => onChange({ blueGreen: { preview: { ...preview, approval }, bakeSeconds } })}
        />
      </div>
      <div className={styles.stepRow}>
        <Seconds
          of="bake"
          seconds={bakeSeconds}
          onChange={(next) => onChange({ blueGreen: { preview, bakeSeconds: next } })}
        />
      </div>
    </div>
  );
}

function CanaryForm({
  steps,
  onChange,
}: {
  steps: readonly CanaryStep[];
  onChange: (steps: CanaryStep[]) => void;
}) {
  const { t } = useSpeech();
  const put = (at: number, patch: Partial<CanaryStep>) =>
    onChange(steps.map((step, i) => (i === at ? { ...step, ...patch } : step)));
  const last = steps.length - 1;
  return (
    <ol className={styles.stepRows}>
      {steps.map(({ weight, holdSeconds = 0, approval = false }, i) => (
        <li key={i} className={styles.stepRow}>
          <label className={styles.field}>
            {t('shifts.form.weight', { step: i + 1 })}
            <input
              type="number"
              min={0}
              max={100}
              value={weight}
              disabled={i === last}
              onChange={({ currentTarget }) => put(i, { weight: currentTarget.valueAsNumber || 0 })}
            />
          </label>
          <Seconds of="hold" seconds={holdSeconds} onChange={(next) => put(i, { holdSeconds: next })} />
          <Approval checked={approval} onChange={(next) => put(i, { approval: next })} />
          <Button
            variant="icon"
            iconName="close"
            disabled={i === last}
            ariaLabel={t('shifts.form.remove', { step: i + 1 })}
            onClick={() => onChange(steps.filter((_, at) => at !== i))}
          />
        </li>
      ))}
      <li>
        <Button
          iconName="add-plus"
          onClick={() => {
            const before = steps[last - 1]?.weight ?? 0;
            const added = { weight: Math.round((before + 100) / 2), holdSeconds: 300 };
            onChange([...steps.slice(0, last), added, ...steps.slice(last)]);
          }}
        >
          {t('shifts.form.add')}
        </Button>
      </li>
    </ol>
  );
}

function Seconds({
  of,
  seconds,
  onChange,
}: {
  of: 'hold' | 'preview' | 'bake';
  seconds: number;
  onChange: (seconds: number) => void;
}) {
  const { t } = useSpeech();
  return (
    <label className={styles.field}>
      {t(`shifts.form.${of}`)}
      <input
        type="number"
        min={0}
        value={seconds}
        onChange={({ currentTarget }) => onChange(Math.max(0, Math.round(currentTarget.valueAsNumber || 0)))}
      />
    </label>
  );
}

function Approval({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const { t } = useSpeech();
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      {t('shifts.step.approval')}
    </label>
  );
}
