'use client';
/** What every review of the whitelist asks, and what is taken along from it. */
import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { CopyBlock } from '@/components/traffic/copy-block';
import review from '@/components/traffic/review.module.css';
import type { BackendsAnswer } from '@/lib/api/backends';
import { useSpeech } from '@/lib/i18n/react';

type Warning = BackendsAnswer['warnings'][number];

/** An owner who restores the object, to be acknowledged. */
export function OwnerWarning({
  warning,
  acknowledged,
  onChange,
}: {
  warning: Warning | undefined;
  acknowledged: boolean;
  onChange: (acknowledged: boolean) => void;
}) {
  const { t } = useSpeech();
  if (warning === undefined) return null;
  return (
    <Alert type="warning">
      {t('traffic.review.warning.owner-gitops', warning.details)}
      <Checkbox checked={acknowledged} onChange={({ detail }) => onChange(detail.checked)}>
        {t('traffic.review.acknowledge', { owner: String(warning.details['owner']) })}
      </Checkbox>
    </Alert>
  );
}

/** A name that is typed where traffic would break. */
export function TypedName({
  label,
  name,
  typed,
  onChange,
}: {
  label: string;
  name: string;
  typed: string;
  onChange: (typed: string) => void;
}) {
  const { t } = useSpeech();
  return (
    <Alert type="warning">
      <FormField
        label={label}
        errorText={typed !== '' && !name.startsWith(typed) ? t('backends.review.mismatch', { name }) : ''}
      >
        <Input
          value={typed}
          placeholder={name}
          autoComplete={false}
          spellcheck={false}
          onChange={({ detail }) => onChange(detail.value)}
        />
      </FormField>
    </Alert>
  );
}

/** Why, in the words of whoever changes it. `kept` says where it is kept. */
export function Reason({
  kept,
  reason,
  onChange,
}: {
  kept: string;
  reason: string;
  onChange: (reason: string) => void;
}) {
  const { t } = useSpeech();
  return (
    <FormField label={t('traffic.review.reason')} description={kept}>
      <Input value={reason} onChange={({ detail }) => onChange(detail.value.slice(0, 500))} />
    </FormField>
  );
}

/** The same change as commands, and for a repository. */
export function TakeAlong({ hint, kubectl, gitops }: { hint: string; kubectl: string; gitops: string }) {
  const { t } = useSpeech();
  return (
    <ExpandableSection headerText={t('backends.review.export')}>
      <p className={review.note}>{hint}</p>
      <CopyBlock text={kubectl} />
      <CopyBlock text={gitops} />
    </ExpandableSection>
  );
}
