'use client';
import Button from '@cloudscape-design/components/button';
import { useSpeech } from '@/lib/i18n/react';
import { groupServices } from '@/lib/mesh/backends/proposal';
import { referenceName } from '@/lib/mesh/backends/spec-rules';
import { grantsOf } from '@/lib/mesh/backends/whitelist';
import type { Whitelist } from '@/lib/mesh/backends/whitelist';
import { backendGroupKey } from '@/lib/mesh/keys';
import type { MeshNode } from '@/lib/mesh/model';
import { AddField } from './add-field';
import { referenceText, referenceWith } from './form';
import styles from './editor.module.css';

/** Names that are shown before the rest is counted. */
const SHOWN = 12;

/** The groups a node uses, and what each of them stands for. */
export function Groups({
  refs,
  after,
  list,
  disabled,
  onChange,
}: {
  refs: readonly unknown[];
  /** The node as it would be. */
  after: MeshNode;
  list: Whitelist;
  disabled: boolean;
  onChange: (refs: unknown[]) => void;
}) {
  const { t } = useSpeech();
  const { namespace } = after.ref;
  const namespaces = [...new Set([...list.services.values()].map(({ ref }) => ref.namespace))];
  const names = [
    ...[...list.groups.values()].map(({ ref }) => `${ref.namespace}/${ref.name}`),
    ...namespaces.filter((each) => each !== '').map((each) => `${each}/*`),
  ].sort();
  const taken = new Set(refs.map((ref) => referenceName(ref, namespace)));
  return (
    <section className={styles.part} aria-label={t('backends.editor.groups', { count: refs.length })}>
      <h2>{t('backends.editor.groups', { count: refs.length })}</h2>
      {after.groupsIgnored === true && <p className={styles.warn}>{t('backends.editor.groupsIgnored')}</p>}
      <ul className={styles.rows}>
        {refs.map((ref, at) => {
          const name = referenceText(ref) || t('backends.editor.unnamed');
          return (
            <li key={at}>
              <div className={styles.row}>
                <span className={styles.name}>{name}</span>
                <Button
                  variant="inline-icon"
                  iconName="remove"
                  disabled={disabled}
                  ariaLabel={t('backends.editor.remove', { name })}
                  onClick={() => onChange(refs.filter((_, i) => i !== at))}
                />
              </div>
              <Members name={referenceName(ref, namespace)} after={after} list={list} />
            </li>
          );
        })}
      </ul>
      <AddField
        label={t('backends.editor.addGroup')}
        hint={t('backends.editor.groupHint')}
        names={names.filter((name) => !taken.has(name))}
        disabled={disabled}
        onAdd={(text) => onChange([...refs, referenceWith(undefined, text)])}
      />
    </section>
  );
}

/** What a group stands for, and which of it the node lists itself. */
function Members({ name, after, list }: { name: string; after: MeshNode; list: Whitelist }) {
  const { t, locale } = useSpeech();
  const [of = '', local = ''] = name.split('/');
  const members = groupServices(backendGroupKey(of, local), after.ref.namespace, list);
  if (members === undefined) return <p className={styles.bad}>{t('backends.editor.noGroup')}</p>;
  const said = (targets: typeof members) =>
    new Intl.ListFormat(locale).format([
      ...targets.slice(0, SHOWN).map((each) => `${each.namespace}/${each.name}`),
      ...(targets.length > SHOWN ? [t('backends.pane.more', { count: targets.length - SHOWN })] : []),
    ]);
  const twice = members.filter(({ key }) => (grantsOf(after).get(key)?.entries ?? 0) > 0);
  const missing = members.filter(({ resolution }) => resolution === 'missing');
  return (
    <>
      <p className={styles.muted}>
        {t('backends.editor.members', { count: members.length, names: said(members) })}
      </p>
      {twice.length > 0 && (
        <p className={styles.warn}>
          {t('backends.editor.listedToo', { count: twice.length, names: said(twice) })}
        </p>
      )}
      {missing.length > 0 && (
        <p className={styles.bad}>{t('backends.editor.membersMissing', { names: said(missing) })}</p>
      )}
    </>
  );
}
