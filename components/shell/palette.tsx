'use client';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import { control } from '@/components/ui/control';
import { findInPalette } from '@/lib/client/actions';
import type { Offer } from '@/lib/client/actions';
import { useActions } from '@/lib/client/use-actions';
import { useSpeech } from '@/lib/i18n/react';
import { hidden } from '@/components/ui/hidden';
import styles from './palette.module.css';

/** Entries shown at once. */
const MOST = 40;

interface Entry {
  id: string;
  text: string;
  note: string;
  /** Why it cannot be chosen now. */
  hindrance?: string;
  choose(): void;
}

/** Ctrl-K or ⌘-K: everything that can be done or gone to, found by typing. */
export function Palette() {
  const { t } = useSpeech();
  const { registry } = useActions();
  const dialog = useRef<HTMLDialogElement>(null);
  const [offer, setOffer] = useState<Offer>();

  const open = useCallback(() => {
    setOffer(registry.current());
    dialog.current?.showModal();
  }, [registry]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (!document.querySelector('[role=dialog]')) open();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [open]);

  return (
    <>
      <button
        type="button"
        className={`${control} ${styles.opener}`}
        title={t('shell.palette')}
        onClick={open}
      >
        ⌘K <span className={hidden}>{t('shell.palette')}</span>
      </button>
      <dialog
        ref={dialog}
        className={styles.palette}
        aria-label={t('shell.palette')}
        onClose={() => setOffer(undefined)}
        onClick={(event) => {
          if (event.target === dialog.current) dialog.current.close();
        }}
      >
        {offer && <Choices offer={offer} onDone={() => dialog.current?.close()} />}
      </dialog>
    </>
  );
}

function Choices({ offer, onDone }: { offer: Offer; onDone: () => void }) {
  const { t } = useSpeech();
  const { perform } = useActions();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const entries: Entry[] = [
    ...offer.actions.map((action) => ({
      id: action.id,
      text: t(action.label, action.values),
      note: action.shortcut ?? '',
      ...(action.enabled === true ? {} : { hindrance: action.enabled }),
      choose: () => perform(action),
    })),
    ...offer.destinations.map(({ id: key, name, kind, run }) => ({
      id: key,
      text: name,
      note: t(kind),
      choose: run,
    })),
  ];
  const found = findInPalette(entries, ({ text, note }) => `${text} ${note}`, query, MOST);
  const current = Math.min(at, found.length - 1);

  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onDone();
    entry.choose();
  };
  const onKeyDown = (event: ReactKeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (current + step + found.length) % Math.max(1, found.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(found[current]);
    }
  };
  return (
    <>
      <input
        // The dialog was opened to type here.
        autoFocus
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined}
        aria-label={t('shell.palette.search')}
        placeholder={t('shell.palette.search')}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" className={styles.list} aria-label={t('shell.palette')}>
        {found.map((entry, i) => (
          <li
            key={entry.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === current}
            aria-disabled={entry.hindrance !== undefined}
            title={entry.hindrance}
            onPointerMove={() => setAt(i)}
            onClick={() => choose(entry)}
          >
            <span className={styles.text}>{entry.text}</span>
            {entry.note !== '' && <span className={styles.note}>{entry.note}</span>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>{t('shell.palette.none')}</p>}
    </>
  );
}
