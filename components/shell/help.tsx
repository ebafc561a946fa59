'use client';
import { useRef, useState } from 'react';
import { control } from '@/components/ui/control';
import type { Action } from '@/lib/client/actions';
import { readSingleKeys, writeSingleKeys } from '@/lib/client/preferences';
import { useActions, useOffer } from '@/lib/client/use-actions';
import { useSpeech } from '@/lib/i18n/react';
import type { MessageKey } from '@/lib/i18n/translate';
import styles from './shell.module.css';

/** Keys that belong to what has the focus, and to no action. */
const OF_THE_FOCUS: readonly (readonly [keys: string, what: MessageKey])[] = [
  ['← ↑ → ↓', 'shell.help.walk'],
  ['Enter', 'shell.help.inspect'],
  ['← → Home End', 'shell.help.weights'],
  ['Ctrl K / ⌘ K', 'shell.palette'],
];

/** The list of shortcuts, behind a button and `?`. */
export function Help() {
  const { t } = useSpeech();
  const { registry } = useActions();
  const dialog = useRef<HTMLDialogElement>(null);
  const [actions, setActions] = useState<readonly Action[]>();
  const open = () => {
    setActions(registry.current().actions.filter(({ shortcut }) => shortcut !== undefined));
    dialog.current?.showModal();
  };
  useOffer([{ id: 'help', label: 'shell.help', shortcut: '?', enabled: true, run: open }]);
  return (
    <>
      <button
        type="button"
        className={control}
        aria-label={t('shell.help')}
        title={`${t('shell.help')} (?)`}
        onClick={open}
      >
        ?
      </button>
      <dialog
        ref={dialog}
        className={styles.help}
        aria-label={t('shell.help')}
        onClose={() => setActions(undefined)}
      >
        <h2>{t('shell.help')}</h2>
        {actions && <Keys actions={actions} />}
        <form method="dialog">
          <button className={control}>{t('shell.help.close')}</button>
        </form>
      </dialog>
    </>
  );
}

function Keys({ actions }: { actions: readonly Action[] }) {
  const { t } = useSpeech();
  const [single, setSingle] = useState(readSingleKeys);
  const rows = [
    ...actions.map(({ shortcut = '', label, values }) => [shortcut, t(label, values)] as const),
    ...OF_THE_FOCUS.map(([keys, what]) => [keys, t(what)] as const),
  ];
  return (
    <>
      <dl>
        {rows.map(([keys, what]) => (
          <div key={`${keys} ${what}`}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.singleKeys}>
        <input
          type="checkbox"
          checked={single}
          onChange={({ currentTarget }) => {
            writeSingleKeys(currentTarget.checked);
            setSingle(currentTarget.checked);
          }}
        />
        {t('shell.help.singleKeys')}
      </label>
    </>
  );
}
