'use client';
import { useState, type ReactNode } from 'react';
import styles from '../shifts.module.css';
import own from './form.module.css';

/** A number that may be left out. `scale`: what one unit of the spec is in the unit that is shown (100 for ratios in per cent). */
export function NumberField({
  label,
  number,
  onChange,
  scale = 1,
  step = 'any',
  hint,
}: {
  label: string;
  number: number | undefined;
  onChange: (number: number | undefined) => void;
  scale?: number;
  step?: number | 'any';
  /** What holds where it is left out. */
  hint?: string;
}) {
  // 0.07 * 100 is not 7 in binary.
  const exact = (raw: number) => Number(raw.toPrecision(12));
  return (
    <label className={styles.field}>
      {label}
      <input
        type="number"
        min={0}
        step={step}
        placeholder={hint}
        value={number === undefined ? '' : exact(number * scale)}
        onChange={({ currentTarget: { valueAsNumber } }) =>
          onChange(Number.isNaN(valueAsNumber) ? undefined : exact(valueAsNumber / scale))
        }
      />
    </label>
  );
}

/** One of a few words. */
export function ChoiceField<T extends string>({
  label,
  choices,
  chosen,
  onChange,
  textOf,
}: {
  label: string;
  choices: readonly T[];
  chosen: T;
  onChange: (choice: T) => void;
  textOf: (choice: T) => string;
}) {
  return (
    <label className={styles.field}>
      {label}
      <select
        value={chosen}
        onChange={({ currentTarget }) => {
          const choice = choices.find((each) => each === currentTarget.value);
          if (choice !== undefined) onChange(choice);
        }}
      >
        {choices.map((each) => (
          <option key={each} value={each}>
            {textOf(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A line of text. */
export function TextField({
  label,
  text,
  onChange,
  type = 'text',
  maxLength,
  hint,
}: {
  label: string;
  text: string;
  onChange: (text: string) => void;
  type?: 'text' | 'time';
  maxLength?: number;
  hint?: string;
}) {
  return (
    <label className={styles.field}>
      {label}
      <input
        type={type}
        value={text}
        placeholder={hint}
        {...(maxLength === undefined ? {} : { maxLength })}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}

/** Yes or no. */
export function Tick({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  );
}

/** A part of the form that few need: closed at first, unless something in it is set. From then on it is the reader's to open and close. */
export function Part({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  const [first] = useState(open);
  return (
    <details className={own.part} open={first}>
      <summary>{title}</summary>
      <div className={own.rows}>{children}</div>
    </details>
  );
}
