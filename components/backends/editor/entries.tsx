'use client';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import { tlsOf } from '@/lib/mesh/backends/proposal';
import { entryName } from '@/lib/mesh/backends/spec-rules';
import { backendName, ownBackends } from '@/lib/mesh/backends/whitelist';
import type { Backend, MeshNode } from '@/lib/mesh/model';
import { tlsText } from '../cell-text';
import { formOf, policyWith } from '../client-policy';
import { nameOf } from '../names';
import { PolicyFields } from '../policy-fields';
import { AddField } from './add-field';
import { entryNaming, entryPolicy, entryText, entryWithPolicy } from './form';
import styles from './editor.module.css';

/** The entries of a node: what each names, and with which policy. */
export function Entries({
  list,
  after,
  names,
  opened,
  disabled,
  onChange,
}: {
  list: readonly unknown[];
  /** The node as it would be. */
  after: MeshNode;
  /** Services one may pick. */
  names: readonly string[];
  /** Name of the entry that is shown at first. */
  opened: string | undefined;
  disabled: boolean;
  onChange: (list: unknown[]) => void;
}) {
  const { t } = useSpeech();
  const { namespace } = after.ref;
  const [open, setOpen] = useState(() => list.findIndex((entry) => entryName(entry, namespace) === opened));
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    first.current?.focus();
  }, []);
  const known = new Map(ownBackends(after).map((backend) => [backendName(backend), backend]));
  const taken = new Set(list.map((entry) => entryName(entry, namespace)));
  const put = (at: number, entry: unknown) => onChange(list.map((each, i) => (i === at ? entry : each)));
  return (
    <section className={styles.part} aria-label={t('backends.editor.entries', { count: list.length })}>
      <h2>{t('backends.editor.entries', { count: list.length })}</h2>
      {list.length === 0 && <p className={styles.muted}>{t('backends.editor.noEntries')}</p>}
      <ul className={styles.rows}>
        {list.map((entry, at) => {
          const name = entryText(entry) || t('backends.editor.unnamed');
          const backend = known.get(entryName(entry, namespace));
          return (
            <li key={at} data-open={open === at || undefined}>
              <div className={styles.row}>
                <button
                  ref={open === at && opened !== undefined ? first : undefined}
                  type="button"
                  className={styles.opener}
                  aria-expanded={open === at}
                  onClick={() => setOpen(open === at ? -1 : at)}
                >
                  <span aria-hidden>{open === at ? '▾' : '▸'}</span>
                  <span className={styles.name}>{name}</span>
                  <span className={styles.policyNote}>
                    {tlsText(tlsOf(entryPolicy(entry)), after.defaultTlsEnforced, t)}
                  </span>
                </button>
                <Button
                  variant="inline-icon"
                  iconName="remove"
                  disabled={disabled}
                  ariaLabel={t('backends.editor.remove', { name })}
                  onClick={() => {
                    setOpen(-1);
                    onChange(list.filter((_, i) => i !== at));
                  }}
                />
              </div>
              {backend && <Note backend={backend} />}
              {open === at && (
                <div className={styles.details}>
                  <FormField
                    label={t('backends.editor.names')}
                    description={t('backends.editor.namesHint')}
                    stretch
                  >
                    <Autosuggest
                      value={entryText(entry)}
                      disabled={disabled}
                      enteredTextLabel={(typed) => t('backends.editor.typed', { typed })}
                      options={names.map((value) => ({ value }))}
                      ariaLabel={t('backends.editor.names')}
                      empty={t('backends.editor.noneToPick')}
                      onChange={({ detail }) => put(at, entryNaming(entry, detail.value))}
                    />
                  </FormField>
                  <PolicyFields
                    form={formOf(entryPolicy(entry))}
                    label={t('backends.policy.tls')}
                    disabled={disabled}
                    onChange={(form) => put(at, entryWithPolicy(entry, policyWith(entryPolicy(entry), form)))}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <AddField
        label={t('backends.editor.addEntry')}
        hint={t('backends.editor.namesHint')}
        names={names.filter((name) => !taken.has(name))}
        disabled={disabled}
        onAdd={(text) => onChange([...list, entryNaming(undefined, text)])}
      />
    </section>
  );
}

/** What is to be said of where an entry leads. */
function Note({ backend: { resolution, alsoViaGroup } }: { backend: Backend }) {
  const { t } = useSpeech();
  const notes = [
    ...(resolution === 'ok' || resolution === 'unset' ? [] : [t(`backends.resolution.${resolution}`)]),
    ...(alsoViaGroup === undefined
      ? []
      : [t('backends.editor.alsoByGroup', { group: nameOf(alsoViaGroup) })]),
  ];
  if (notes.length === 0) return null;
  return <p className={resolution === 'missing' ? styles.bad : styles.warn}>{notes.join(' · ')}</p>;
}
