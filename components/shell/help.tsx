'use client';
import { useEffect, useRef } from 'react';
import type { MessageKey } from '@/lib/i18n/translate';
import { useSpeech } from '@/lib/i18n/react';
import styles from './shell.module.css';

const SHORTCUTS: readonly (readonly [keys: string, what: MessageKey])[] = [
  ['/', 'shell.help.search'],
  ['f', 'shell.help.fit'],
  ['← ↑ → ↓', 'shell.help.walk'],
  ['Enter', 'shell.help.inspect'],
  ['Esc', 'shell.help.back'],
  ['← → Home End', 'shell.help.weights'],
  ['?', 'shell.help.help'],
];

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/** The list of shortcuts, behind a button and `?`. */
export function Help() {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '?' || isTyping(event.target)) return;
      event.preventDefault();
      dialog.current?.showModal();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className={styles.control}
        aria-label={t('shell.help')}
        title={t('shell.help')}
        onClick={() => dialog.current?.showModal()}
      >
        ?
      </button>
      <dialog ref={dialog} className={styles.help} aria-label={t('shell.help')}>
        <h2>{t('shell.help')}</h2>
        <dl>
          {SHORTCUTS.map(([keys, what]) => (
            <div key={what} style={{ display: 'contents' }}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{t(what)}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button className={styles.control}>{t('shell.help.close')}</button>
        </form>
      </dialog>
    </>
  );
}
