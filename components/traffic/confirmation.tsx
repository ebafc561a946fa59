'use client';
import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import type { WeightsAnswer } from '@/lib/api/weights';
import { useSpeech } from '@/lib/i18n/react';
import { confirmationFor } from '@/lib/mesh/weights';
import type { BlastRadius } from '@/lib/mesh/weights';
import { OwnerWarnings, ownerToAcknowledge, TypeToConfirm } from './confirm-parts';

/** What the user has confirmed so far. */
export interface Confirmed {
  ticked: boolean;
  typed: string;
  acknowledged: boolean;
}

export const UNCONFIRMED: Confirmed = { ticked: false, typed: '', acknowledged: false };

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
  return (
    <>
      <OwnerWarnings
        warnings={warnings}
        acknowledged={confirmed.acknowledged}
        onAcknowledge={(acknowledged) => onChange({ ...confirmed, acknowledged })}
      />
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
          <TypeToConfirm
            label={t('traffic.review.confirm.type', { name })}
            name={name}
            typed={confirmed.typed}
            onChange={(typed) => onChange({ ...confirmed, typed })}
          />
        </Alert>
      )}
    </>
  );
}
