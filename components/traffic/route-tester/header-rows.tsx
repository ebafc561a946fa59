'use client';
import { useEffect, useId, useRef } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { RequestDraft } from './request-draft';
import styles from './route-tester.module.css';

type Headers = RequestDraft['headers'];

/** Headers or metadata, a row each. Names and values that routes ask for are offered. */
export function HeaderRows({
  metadata,
  headers,
  known,
  problem,
  onHeaders,
}: {
  metadata: boolean;
  headers: Headers;
  known: ReadonlyMap<string, readonly string[]>;
  problem: (n: number) => string | undefined;
  onHeaders: (headers: Headers) => void;
}) {
  const { t } = useSpeech();
  const id = useId();
  const rows = useRef<HTMLDivElement>(null);
  /** Where the keyboard goes on after a row came or went. */
  const next = useRef<number>(undefined);
  useEffect(() => {
    if (next.current === undefined) return;
    const names = rows.current?.querySelectorAll<HTMLInputElement>('[data-name]');
    const at = names?.[Math.min(next.current, names.length - 1)];
    (at ?? rows.current?.querySelector('button'))?.focus();
    next.current = undefined;
  }, [headers.length]);
  const change = (n: number, part: Partial<Headers[number]>) =>
    onHeaders(headers.map((each, at) => (at === n ? { ...each, ...part } : each)));
  /** The first name that routes ask for and the request has not. */
  const fresh = [...known.keys()].find(
    (name) => !headers.some((each) => each.name.toLowerCase() === name.toLowerCase()),
  );

  return (
    <fieldset className={styles.headers}>
      <legend>{t(metadata ? 'tester.metadata' : 'tester.headers')}</legend>
      <div ref={rows}>
        {headers.map(({ name, content }, n) => {
          const wrong = problem(n);
          const contents = [...known].find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? [];
          return (
            <div key={n} className={styles.header}>
              <input
                className={styles.input}
                data-name=""
                aria-label={t('tester.header.name')}
                aria-invalid={wrong !== undefined || undefined}
                aria-describedby={wrong === undefined ? undefined : `${id}wrong${n}`}
                placeholder={t('tester.header.name')}
                autoComplete="off"
                spellCheck={false}
                list={`${id}names`}
                value={name}
                onChange={({ target }) => change(n, { name: target.value })}
              />
              <input
                className={styles.input}
                aria-label={t('tester.header.content')}
                placeholder={t('tester.header.content')}
                autoComplete="off"
                spellCheck={false}
                list={`${id}contents${n}`}
                value={content}
                onChange={({ target }) => change(n, { content: target.value })}
              />
              <button
                type="button"
                className={styles.remove}
                aria-label={t('tester.header.remove', { name: name || String(n + 1) })}
                onClick={() => {
                  next.current = n;
                  onHeaders(headers.filter((_, at) => at !== n));
                }}
              >
                ✕
              </button>
              {wrong !== undefined && (
                <span id={`${id}wrong${n}`} className={styles.error}>
                  {wrong}
                </span>
              )}
              <datalist id={`${id}contents${n}`}>
                {contents.map((text) => (
                  <option key={text} value={text} />
                ))}
              </datalist>
            </div>
          );
        })}
        <button
          type="button"
          className={styles.plain}
          onClick={() => {
            next.current = headers.length;
            onHeaders([...headers, { name: fresh ?? '', content: '' }]);
          }}
        >
          {t(metadata ? 'tester.metadata.add' : 'tester.header.add')}
        </button>
      </div>
      <datalist id={`${id}names`}>
        {[...known.keys()].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </fieldset>
  );
}
