'use client';
import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import type { WeightsAnswer } from '@/lib/api/weights';
import { useSpeech } from '@/lib/i18n/react';
import { CopyBlock } from './copy-block';

type Warnings = WeightsAnswer['warnings'];

/** The owner that may set a change back and asks to be acknowledged. */
export const ownerToAcknowledge = (warnings: Warnings): string | undefined => {
  const found = warnings.find(({ code }) => code === 'owner-gitops');
  return found && String(found.details['owner']);
};

/** The word that is typed where a change may take something away. */
export function TypeToConfirm({
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
    <FormField
      label={label}
      errorText={
        typed !== '' && !name.startsWith(typed) ? t('traffic.review.confirm.mismatch', { name }) : ''
      }
    >
      <Input
        value={typed}
        placeholder={name}
        autoComplete={false}
        spellcheck={false}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}

/** Who else writes the object, and, where it would put it back, the box that says one knows. */
export function OwnerWarnings({
  warnings,
  acknowledged,
  onAcknowledge,
}: {
  warnings: Warnings;
  acknowledged: boolean;
  onAcknowledge: (acknowledged: boolean) => void;
}) {
  const { t } = useSpeech();
  const owner = ownerToAcknowledge(warnings);
  return warnings.map(({ code, details }) =>
    code === 'owner-helm' || code === 'owner-gitops' ? (
      <Alert key={code} type={code === 'owner-helm' ? 'info' : 'warning'}>
        {t(`traffic.review.warning.${code}`, details)}
        {owner !== undefined && code === 'owner-gitops' && (
          <Checkbox checked={acknowledged} onChange={({ detail }) => onAcknowledge(detail.checked)}>
            {t('traffic.review.acknowledge', { owner })}
          </Checkbox>
        )}
        {details['snippet'] !== undefined && (
          <ExpandableSection headerText={t('traffic.review.keep', { owner: owner ?? '' })}>
            <CopyBlock text={String(details['snippet'])} />
          </ExpandableSection>
        )}
      </Alert>
    ) : null,
  );
}

/** Why the change is made, for the history. */
export function ReasonField({
  hint,
  reason,
  onChange,
}: {
  /** Where it is kept. */
  hint: string;
  reason: string;
  onChange: (reason: string) => void;
}) {
  const { t } = useSpeech();
  return (
    <FormField label={t('traffic.review.reason')} description={hint}>
      <Input value={reason} onChange={({ detail }) => onChange(detail.value.slice(0, 500))} />
    </FormField>
  );
}
