'use client';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import styles from './editor.module.css';

/** Picks something by name, or takes what is typed. */
export function AddField({
  label,
  hint,
  names,
  disabled,
  onAdd,
}: {
  label: string;
  hint: string;
  names: readonly string[];
  disabled: boolean;
  onAdd: (text: string) => void;
}) {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const add = (wanted: string) => {
    if (wanted.trim() === '') return;
    onAdd(wanted.trim());
    setText('');
  };
  return (
    <FormField label={label} description={hint} stretch>
      <div className={styles.add}>
        <Autosuggest
          value={text}
          disabled={disabled}
          enteredTextLabel={(typed) => t('backends.editor.typed', { typed })}
          options={names.map((value) => ({ value }))}
          ariaLabel={label}
          empty={t('backends.editor.noneToPick')}
          onChange={({ detail }) => setText(detail.value)}
          onSelect={({ detail }) => add(detail.value)}
        />
        <Button disabled={disabled || text.trim() === ''} onClick={() => add(text)}>
          {t('backends.editor.add')}
        </Button>
      </div>
    </FormField>
  );
}
