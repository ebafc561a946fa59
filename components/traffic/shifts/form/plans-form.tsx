'use client';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { CopyBlock } from '@/components/traffic/copy-block';
import { keepPlan, savedPlans } from '@/lib/client/saved-plans';
import { useSpeech } from '@/lib/i18n/react';
import { planOf, STRATEGIES, TEMPLATES } from '../templates';
import type { Plan } from '../templates';
import type { ShiftSpec } from '@/lib/shifts';
import styles from '../shifts.module.css';
import { TextField } from './fields';
import own from './form.module.css';

/** Plans to begin with: those that come with the console, and those that somebody keeps in this browser. */
export function PlansForm({
  spec,
  onStrategy,
  onPlan,
}: {
  spec: ShiftSpec;
  onStrategy: (strategy: ShiftSpec['strategy']) => void;
  onPlan: (plan: Plan) => void;
}) {
  const { t } = useSpeech();
  const [saved, setSaved] = useState(() => savedPlans<Plan>());
  return (
    <>
      <fieldset className={styles.templates}>
        <legend>{t('shifts.form.plan')}</legend>
        {TEMPLATES.map((template) => (
          <button
            key={template}
            type="button"
            aria-pressed={spec.strategy === STRATEGIES[template]}
            onClick={() => onStrategy(STRATEGIES[template])}
          >
            <strong>{t(`shifts.template.${template}`)}</strong>
            <span>{t(`shifts.template.${template}.text`)}</span>
          </button>
        ))}
      </fieldset>
      {Object.entries(saved).map(([name, plan]) => (
        <SavedPlan
          key={name}
          name={name}
          plan={plan}
          onUse={() => onPlan(plan)}
          onForget={() => {
            keepPlan(name, undefined);
            setSaved(savedPlans<Plan>());
          }}
        />
      ))}
      <Keep
        onKeep={(name) => {
          const kept = keepPlan(name, planOf(spec));
          setSaved(savedPlans<Plan>());
          return kept;
        }}
      />
    </>
  );
}

function SavedPlan({
  name,
  plan,
  onUse,
  onForget,
}: {
  name: string;
  plan: Plan;
  onUse: () => void;
  onForget: () => void;
}) {
  const { t } = useSpeech();
  const [yaml, setYaml] = useState<string>();
  const show = async () => {
    // Few want it, and the library is not small.
    const { stringify } = await import('yaml');
    setYaml(stringify(plan, { lineWidth: 0, aliasDuplicateObjects: false }));
  };
  return (
    <div role="group" aria-label={t('shifts.form.saved', { name })}>
      <div className={own.saved}>
        <strong>{name}</strong>
        <Button onClick={onUse}>{t('shifts.form.saved.use')}</Button>
        <Button onClick={() => (yaml === undefined ? void show() : setYaml(undefined))}>
          {t(yaml === undefined ? 'shifts.form.saved.yaml' : 'shifts.form.saved.hide')}
        </Button>
        <Button onClick={onForget}>{t('shifts.form.saved.forget')}</Button>
      </div>
      {yaml !== undefined && <CopyBlock text={yaml} />}
    </div>
  );
}

function Keep({ onKeep }: { onKeep: (name: string) => boolean }) {
  const { t } = useSpeech();
  const [name, setName] = useState('');
  const [failed, setFailed] = useState(false);
  const trimmed = name.trim();
  return (
    <div className={own.cells}>
      <TextField label={t('shifts.form.saved.name')} text={name} maxLength={60} onChange={setName} />
      <Button
        disabled={trimmed === ''}
        disabledReason={t('shifts.form.saved.unnamed')}
        onClick={() => {
          const kept = onKeep(trimmed);
          setFailed(!kept);
          if (kept) setName('');
        }}
      >
        {t('shifts.form.saved.keep')}
      </Button>
      {failed && <p role="alert">{t('shifts.form.saved.failed')}</p>}
    </div>
  );
}
