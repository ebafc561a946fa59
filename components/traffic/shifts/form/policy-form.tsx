'use client';
import { useSpeech } from '@/lib/i18n/react';
import { policyOf } from '@/lib/shifts';
import type { Deadlines, ShiftSpec } from '@/lib/shifts';
import { ChoiceField, NumberField, Part } from './fields';
import own from './form.module.css';

const DEADLINES = ['startSeconds', 'acceptSeconds', 'noDataSeconds', 'stepSeconds', 'totalSeconds'] as const;

/** What happens when something goes wrong or takes too long. */
export function PolicyForm({ spec, put }: { spec: ShiftSpec; put: (patch: Partial<ShiftSpec>) => void }) {
  const { t } = useSpeech();
  const { deadlines = {}, verify = {}, onFailure, onDrift } = spec;
  const filled = policyOf(spec);
  const putDeadline = (patch: Deadlines) => put({ deadlines: { ...deadlines, ...patch } });
  const set = [onFailure, onDrift, ...Object.values(deadlines), ...Object.values(verify)];
  return (
    <Part title={t('shifts.form.policy')} open={set.some((each) => each !== undefined)}>
      <div className={own.cells}>
        <ChoiceField
          label={t('shifts.form.onFailure')}
          choices={['rollback', 'hold']}
          chosen={filled.onFailure}
          onChange={(next) => put({ onFailure: next === 'rollback' ? undefined : next })}
          textOf={(each) => t(`shifts.form.onFailure.${each}`)}
        />
        <ChoiceField
          label={t('shifts.form.onDrift')}
          choices={['pause', 'abort', 'reassert']}
          chosen={filled.onDrift}
          onChange={(next) => put({ onDrift: next === 'pause' ? undefined : next })}
          textOf={(each) => t(`shifts.form.onDrift.${each}`)}
        />
        <ChoiceField
          label={t('shifts.form.onNoData')}
          choices={['pause', 'rollback']}
          chosen={filled.deadlines.onNoData}
          onChange={(next) => putDeadline({ onNoData: next === 'pause' ? undefined : next })}
          textOf={(each) => t(`shifts.form.onNoData.${each}`)}
        />
        <ChoiceField
          label={t('shifts.form.verify')}
          choices={['prefer', 'require', 'skip']}
          chosen={filled.verify.mode}
          onChange={(next) => put({ verify: { ...verify, mode: next === 'prefer' ? undefined : next } })}
          textOf={(each) => t(`shifts.form.verify.${each}`)}
        />
      </div>
      <div className={own.cells}>
        {DEADLINES.map((field) => (
          <NumberField
            key={field}
            label={t(`shifts.form.${field}`)}
            number={deadlines[field]}
            step={1}
            hint={String(filled.deadlines[field] ?? t('shifts.form.noDeadline'))}
            onChange={(next) => putDeadline({ [field]: next })}
          />
        ))}
      </div>
    </Part>
  );
}
