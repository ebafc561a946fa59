'use client';
import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import type { WeightsAnswer } from '@/lib/api/weights';
import { useSpeech } from '@/lib/i18n/react';
import { confirmationFor } from '@/lib/mesh/weights';
import type { BlastRadius } from '@/lib/mesh/weights';
import { CopyBlock } from './copy-block';

/** What the user has confirmed so far. */
export interface Confirmed {
  ticked: boolean;
  typed: string;
  acknowledged: boolean;
}

export const UNCONFIRMED: Confirmed = { ticked: false, typed: '', acknowledged: false };

/** The owner that may set the weights back and asks to be acknowledged. */
export const ownerToAcknowledge = (warnings: WeightsAnswer['warnings']): string | undefined => {
  const found = warnings.find(({ code }) => code === 'owner-gitops');
  return found && String(found.details['owner']);
};

/** Whether nothing more has to be confirmed for a change of this size. */
export function isConfirmed(
  { ticked, typed, acknowledged }: Confirmed,
  radius: BlastRadius,
  name: string,
  warnings: WeightsAnswer['warnings'],
): boolean {
  const level = confirmationFor(radius);
  const enough = level === 'click' || (level === 'tick' ? ticked : typed === name);
  return enough && (ownerToAcknowledge(warnings) === undefined || acknowledged);
}

export interface ConfirmationProps {
  radius: BlastRadius;
  /** What is typed to confirm that a target gets nothing or everything. */
  name: string;
  warnings: WeightsAnswer['warnings'];
  confirmed: Confirmed;
  onChange: (confirmed: Confirmed) => void;
}

/** Asks for as much as the change is large: nothing, a tick, or the route's name; and to acknowledge its owner. */
export function Confirmation({ radius, name, warnings, confirmed, onChange }: ConfirmationProps) {
  const { t, locale } = useSpeech();
  const level = confirmationFor(radius);
  const nodes = (keys: readonly string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(keys);
  const owner = ownerToAcknowledge(warnings);
  return (
    <>
      {warnings.map(({ code, details }) =>
        code === 'owner-helm' || code === 'owner-gitops' ? (
          <Alert key={code} type={code === 'owner-helm' ? 'info' : 'warning'}>
            {t(`traffic.review.warning.${code}`, details)}
            {owner !== undefined && code === 'owner-gitops' && (
              <Checkbox
                checked={confirmed.acknowledged}
                onChange={({ detail }) => onChange({ ...confirmed, acknowledged: detail.checked })}
              >
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
      )}
      {level === 'tick' && (
        <Alert type="warning">
          {t('traffic.review.confirm.tick', { points: radius.maxPoints })}
          <Checkbox
            checked={confirmed.ticked}
            onChange={({ detail }) => onChange({ ...confirmed, ticked: detail.checked })}
          >
            {t('traffic.review.confirm.tickBox', { points: radius.maxPoints })}
          </Checkbox>
        </Alert>
      )}
      {level === 'type' && (
        <Alert type="warning">
          {radius.toZero.length > 0 && (
            <div>{t('traffic.review.confirm.toZero', { nodes: nodes(radius.toZero) })}</div>
          )}
          {radius.toFull.length > 0 && (
            <div>{t('traffic.review.confirm.toFull', { nodes: nodes(radius.toFull) })}</div>
          )}
          <FormField
            label={t('traffic.review.confirm.type', { name })}
            errorText={
              confirmed.typed !== '' && !name.startsWith(confirmed.typed)
                ? t('traffic.review.confirm.mismatch', { name })
                : ''
            }
          >
            <Input
              value={confirmed.typed}
              placeholder={name}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => onChange({ ...confirmed, typed: detail.value })}
            />
          </FormField>
        </Alert>
      )}
    </>
  );
}
