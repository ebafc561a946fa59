'use client';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { hidden } from '@/components/ui/hidden';
import { useSpeech } from '@/lib/i18n/react';
import { isMessageKey } from '@/lib/i18n/translate';
import { complete } from '@/lib/mesh/query/complete';
import type { Completion, CompletionOption } from '@/lib/mesh/query/complete';
import { parseQuery } from '@/lib/mesh/query/parse';
import { LONGEST_QUERY } from '@/lib/mesh/query/syntax';
import type { Query } from '@/lib/mesh/query/syntax';
import type { Subjects } from '@/lib/mesh/query/subject';
import { isUnfinished } from '@/lib/mesh/query/typing';
import { ErrorText } from './error-text';
import { Painted } from './painted';
import { useDraft } from './use-draft';
import type { Expression } from './use-find';
import styles from './find.module.css';

interface FieldProps {
  inputRef?: RefObject<HTMLInputElement | null> | undefined;
  label: string;
  placeholder: string;
  text: string;
  expression: Expression;
  subjects: () => Subjects;
  onText: (text: string) => void;
  /** Whether anything is found; where given, a text that finds nothing waits, for it may be half of a word. */
  finds?: ((query: Query) => boolean) | undefined;
  /** Enter with nothing chosen: forward, with Shift back. */
  onStep?: ((by: 1 | -1) => void) | undefined;
}

function findsNothing(text: string, finds: FieldProps['finds']): boolean {
  if (finds === undefined || /\s$/.test(text)) return false;
  const parsed = parseQuery(text);
  return parsed.ok && parsed.query.kind !== 'all' && !finds(parsed.query);
}

const NOTHING: Completion = { from: 0, to: 0, options: [] };

/** A field for an expression: coloured as it is understood, completed from the mesh, and told where it cannot be read. */
export function ExpressionField(props: FieldProps) {
  const { label, placeholder, text, expression, subjects, onText, finds, onStep } = props;
  const { t } = useSpeech();
  const id = useId();
  const own = useRef<HTMLInputElement>(null);
  const input = props.inputRef ?? own;
  const paint = useRef<HTMLDivElement>(null);
  const { draft, type, settle } = useDraft(
    text,
    onText,
    (next) => isUnfinished(next) || findsNothing(next, finds),
  );
  const [caret, setCaret] = useState(text.length);
  const [open, setOpen] = useState(false);
  const [focused, setFocused] = useState(false);
  const [active, setActive] = useState(-1);

  const completion = open ? complete(draft, caret, { subjects: subjects() }) : NOTHING;
  const { options } = completion;
  const shown = open && options.length > 0;
  const waiting = draft !== text && !isUnfinished(draft);
  // What is wrong with a text that was not taken over yet is not known.
  const error = draft === text ? expression.error : undefined;

  const follow = () => {
    if (paint.current && input.current) paint.current.scrollLeft = input.current.scrollLeft;
  };
  useEffect(follow);
  useEffect(() => {
    if (active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const accept = (option: CompletionOption) => {
    const { from, to } = completion;
    const rest = draft.slice(to);
    const space = rest.startsWith(' ') || option.text === '(' ? '' : ' ';
    const next = draft.slice(0, from) + option.text + space + rest;
    const at = from + option.text.length + 1;
    type(next);
    setCaret(at);
    setActive(-1);
    setOpen(option.kind === 'field' || option.kind === 'operator');
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  };
  const close = () => {
    setOpen(false);
    setActive(-1);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const typing = completion.to > completion.from;
    const chosen = shown ? options[event.key === 'Tab' && typing ? Math.max(0, active) : active] : undefined;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        if (!shown) return setOpen(true);
        const count = options.length;
        const by = event.key === 'ArrowDown' ? 1 : -1;
        return setActive(active < 0 && by < 0 ? count - 1 : (active + by + count) % count);
      }
      case 'Tab':
        if (chosen && !event.shiftKey) {
          event.preventDefault();
          accept(chosen);
        }
        return;
      case 'Enter':
        event.preventDefault();
        if (chosen) return accept(chosen);
        close();
        settle();
        return onStep?.(event.shiftKey ? -1 : 1);
      case 'Escape':
        // The first closes the list, the second leaves the field.
        event.stopPropagation();
        if (shown) close();
        else event.currentTarget.blur();
    }
  };

  const invalid = error !== undefined;
  return (
    <div className={styles.field} data-invalid={error && (error.length === 0 ? 'end' : 'within')}>
      <div ref={paint} className={styles.paint} aria-hidden="true">
        <Painted text={draft} error={error} />
      </div>
      <input
        ref={input}
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={invalid ? `${id}-error` : undefined}
        placeholder={placeholder}
        maxLength={LONGEST_QUERY}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={draft}
        onChange={({ currentTarget }) => {
          type(currentTarget.value);
          setCaret(currentTarget.selectionStart ?? currentTarget.value.length);
          setActive(-1);
          setOpen(true);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
        onScroll={follow}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          close();
          settle();
        }}
      />
      {draft !== '' && (
        <button
          type="button"
          className={styles.clear}
          aria-label={t('topology.searchClear')}
          title={t('topology.searchClear')}
          onClick={() => {
            type('');
            input.current?.focus();
          }}
        >
          <span aria-hidden="true">×</span>
        </button>
      )}
      <div className={styles.popup} hidden={!shown && !(focused && (invalid || waiting))}>
        {invalid && focused && <ErrorText error={error} applied={expression.query} />}
        {waiting && (
          <p className={styles.error} role="status">
            {t('find.nothingYet')}
          </p>
        )}
        <ul id={`${id}-list`} role="listbox" aria-label={t('find.completions', { field: label })}>
          {options.map((option, n) => (
            <li
              key={`${option.kind} ${option.text}`}
              id={`${id}-${n}`}
              role="option"
              aria-selected={n === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => accept(option)}
            >
              <span className={styles.token} data-role={option.kind}>
                {option.text}
              </span>
              {option.detailKey !== undefined && isMessageKey(option.detailKey) && (
                <span className={styles.detail}>{t(option.detailKey)}</span>
              )}
            </li>
          ))}
        </ul>
      </div>
      <p id={`${id}-error`} className={hidden} role="status">
        {invalid ? t(error.message, error.values) : ''}
      </p>
    </div>
  );
}
