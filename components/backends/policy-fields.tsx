'use client';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSpeech } from '@/lib/i18n/react';
import { useState } from 'react';
import { items } from './client-policy';
import type { PolicyForm } from './client-policy';

const TRUSTS = ['file', 'acm', 'sds'] as const;
const CERTIFICATES = ['none', 'file', 'sds'] as const;

type TextField = 'ports' | 'trusted' | 'names' | 'chain' | 'privateKey' | 'secret';

/** What is typed stays as it is typed for as long as it says the same: a comma at the end is the beginning of more. */
function TextInput({
  said,
  disabled,
  onChange,
}: {
  said: string;
  disabled: boolean;
  onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState(said);
  return (
    <Input
      value={items(typed).join(', ') === said ? typed : said}
      disabled={disabled}
      spellcheck={false}
      onChange={({ detail }) => {
        setTyped(detail.value);
        onChange(detail.value);
      }}
    />
  );
}

/** The fields of a client policy, in the CRD's words. */
export function PolicyFields({
  form,
  label,
  disabled,
  onChange,
}: {
  form: PolicyForm;
  /** What TLS is to. */
  label: string;
  disabled: boolean;
  onChange: (form: PolicyForm) => void;
}) {
  const { t } = useSpeech();
  const field = (key: TextField, label: string) => (
    <FormField label={label} stretch>
      <TextInput
        said={form[key]}
        disabled={disabled}
        onChange={(text) => onChange({ ...form, [key]: text })}
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
        {label}
      </Checkbox>
      {form.tls && (
        <SpaceBetween size="s">
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
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
