'use client';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSpeech } from '@/lib/i18n/react';
import type { PolicyForm } from './client-policy';

const TRUSTS = ['file', 'acm', 'sds'] as const;
const CERTIFICATES = ['none', 'file', 'sds'] as const;

/** The fields of a client policy, in the CRD's words. */
export function PolicyFields({
  form,
  disabled,
  onChange,
}: {
  form: PolicyForm;
  disabled: boolean;
  onChange: (form: PolicyForm) => void;
}) {
  const { t } = useSpeech();
  const field = (key: 'ports' | 'trusted' | 'names' | 'chain' | 'privateKey' | 'secret', label: string) => (
    <FormField label={label} stretch>
      <Input
        value={form[key]}
        disabled={disabled}
        spellcheck={false}
        onChange={({ detail }) => onChange({ ...form, [key]: detail.value })}
      />
    </FormField>
  );
  return (
    <SpaceBetween size="s">
      <Checkbox
        checked={form.tls}
        disabled={disabled}
        onChange={({ detail }) => onChange({ ...form, tls: detail.checked })}
      >
        {t('backends.policy.tls')}
      </Checkbox>
      {form.tls && (
        <>
          <Checkbox
            checked={form.enforce}
            disabled={disabled}
            onChange={({ detail }) => onChange({ ...form, enforce: detail.checked })}
          >
            {t('backends.policy.enforce')}
          </Checkbox>
          {field('ports', t('backends.policy.ports'))}
          <FormField label={t('backends.policy.trust')} stretch>
            <Select
              disabled={disabled}
              selectedOption={{ value: form.trust, label: t(`backends.policy.trust.${form.trust}`) }}
              options={TRUSTS.map((kind) => ({ value: kind, label: t(`backends.policy.trust.${kind}`) }))}
              onChange={({ detail }) =>
                onChange({
                  ...form,
                  trust: TRUSTS.find((kind) => kind === detail.selectedOption.value) ?? 'file',
                  trusted: '',
                })
              }
            />
          </FormField>
          {field('trusted', t(`backends.policy.trusted.${form.trust}`))}
          {field('names', t('backends.policy.names'))}
          <FormField label={t('backends.policy.certificate')} stretch>
            <Select
              disabled={disabled}
              selectedOption={{
                value: form.certificate,
                label: t(`backends.policy.certificate.${form.certificate}`),
              }}
              options={CERTIFICATES.map((kind) => ({
                value: kind,
                label: t(`backends.policy.certificate.${kind}`),
              }))}
              onChange={({ detail }) =>
                onChange({
                  ...form,
                  certificate: CERTIFICATES.find((kind) => kind === detail.selectedOption.value) ?? 'none',
                })
              }
            />
          </FormField>
          {form.certificate === 'file' && field('chain', t('backends.policy.chain'))}
          {form.certificate === 'file' && field('privateKey', t('backends.policy.privateKey'))}
          {form.certificate === 'sds' && field('secret', t('backends.policy.secret'))}
        </>
      )}
    </SpaceBetween>
  );
}
