'use client';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useMemo, useState } from 'react';
import { groupMember, groupName } from '@/lib/api/backend-groups';
import { useSpeech } from '@/lib/i18n/react';
import { memberPlace } from '@/lib/mesh/backends/groups';
import { backendGroupKey, serviceKey } from '@/lib/mesh/keys';
import type { Backends } from '../use-backends';
import backend from '../backends.module.css';
import styles from './groups.module.css';

export interface GroupFormState {
  namespace: string;
  name: string;
  /** As they are, in their order, and then what is added. */
  members: readonly string[];
  removed: ReadonlySet<string>;
}

/** The members as the form wants them. */
export const wantedMembers = ({ members, removed }: GroupFormState): string[] =>
  members.filter((member) => !removed.has(member));

/** Whether the form names a group that can be. */
export const isNamed = ({ namespace, name }: GroupFormState): boolean =>
  namespace !== '' && groupName.safeParse(name).success;

/** Name and members of a group. Members come from the services of the mesh, or by name. */
export function GroupForm({
  backends,
  existing,
  state,
  onChange,
}: {
  backends: Backends;
  /** The members it has; `undefined` for one that is to be made. */
  existing: readonly string[] | undefined;
  state: GroupFormState;
  onChange: (state: GroupFormState) => void;
}) {
  const { t } = useSpeech();
  const { list } = backends;
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState('');
  const { namespace, name, members, removed } = state;
  const namespaces = useMemo(
    () =>
      [
        ...new Set(
          [...list.nodes.values(), ...list.services.values(), ...list.groups.values()].map(
            ({ ref }) => ref.namespace,
          ),
        ),
      ]
        .filter((each) => each !== '')
        .sort(),
    [list],
  );
  const offered = useMemo(
    () =>
      [...list.services.values()]
        .filter(({ ref }) => ref.namespace !== '')
        .map(({ ref, hostname }) => ({ value: `${ref.namespace}/${ref.name}`, description: hostname }))
        .filter(({ value }) => !members.includes(value))
        .sort((a, b) => (a.value < b.value ? -1 : 1)),
    [list, members],
  );
  const add = (text: string): void => {
    const member = text.trim();
    if (member === '') return;
    if (!groupMember.safeParse(member).success) return setWrong(t('backends.groups.form.bad'));
    const place = memberPlace(member, namespace);
    if (removed.has(member)) onChange({ ...state, removed: without(removed, member) });
    else if (members.includes(member)) return setWrong(t('backends.groups.form.present'));
    else if (member.includes('/') && !list.services.has(serviceKey(place.namespace, place.name)))
      return setWrong(t('backends.groups.form.missing', { member }));
    else onChange({ ...state, members: [...members, member] });
    setTyped('');
    setWrong('');
  };
  const drop = (member: string): void =>
    onChange(
      existing?.includes(member) === true
        ? { ...state, removed: new Set([...removed, member]) }
        : { ...state, members: members.filter((each) => each !== member) },
    );
  const mistyped = name !== '' && !groupName.safeParse(name).success;
  const taken = existing === undefined && list.groups.has(backendGroupKey(namespace, name));
  return (
    <>
      {existing === undefined && (
        <div className={styles.pair}>
          <FormField label={t('backends.groups.form.namespace')}>
            <Select
              selectedOption={namespace === '' ? null : { value: namespace, label: namespace }}
              options={namespaces.map((value) => ({ value, label: value }))}
              placeholder={t('backends.groups.form.namespace')}
              expandToViewport
              onChange={({ detail }) => onChange({ ...state, namespace: detail.selectedOption.value ?? '' })}
            />
          </FormField>
          <FormField
            label={t('backends.groups.form.name')}
            errorText={
              mistyped
                ? t('backends.groups.form.badName')
                : taken
                  ? t('backends.groups.form.taken', { group: `${namespace}/${name}` })
                  : ''
            }
          >
            <Input
              value={name}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => onChange({ ...state, name: detail.value })}
            />
          </FormField>
        </div>
      )}
      <div>
        <h3>{t('backends.groups.members')}</h3>
        {members.length === 0 && <p className={backend.muted}>{t('backends.groups.empty')}</p>}
        <ul className={styles.members}>
          {members.map((member, at) => {
            const gone = removed.has(member);
            const fresh = existing?.includes(member) !== true;
            return (
              <li key={`${member} ${at}`} data-edit={gone ? 'remove' : fresh ? 'add' : undefined}>
                <span className={styles.text}>{member}</span>
                {!member.includes('/') && <span className={styles.note}>{t('backends.groups.bare')}</span>}
                {gone && <span className={styles.note}>{t('backends.groups.form.goes')}</span>}
                {!gone && fresh && existing !== undefined && (
                  <span className={styles.note}>{t('backends.groups.form.comes')}</span>
                )}
                <Button
                  variant="inline-icon"
                  iconName={gone ? 'undo' : 'close'}
                  ariaLabel={t(gone ? 'backends.groups.form.keep' : 'backends.groups.form.drop', { member })}
                  onClick={() =>
                    gone ? onChange({ ...state, removed: without(removed, member) }) : drop(member)
                  }
                />
              </li>
            );
          })}
        </ul>
      </div>
      <FormField
        label={t('backends.groups.form.add')}
        description={t('backends.groups.form.addHint')}
        errorText={wrong}
      >
        <Autosuggest
          value={typed}
          options={offered}
          enteredTextLabel={(text) => t('backends.groups.form.use', { member: text })}
          placeholder={t('backends.groups.form.placeholder')}
          empty={t('backends.groups.form.noServices')}
          clearAriaLabel={t('backends.filter.clear')}
          expandToViewport
          virtualScroll
          onChange={({ detail }) => {
            setTyped(detail.value);
            setWrong('');
          }}
          onSelect={({ detail }) => add(detail.value)}
        />
      </FormField>
    </>
  );
}

const without = (some: ReadonlySet<string>, one: string): ReadonlySet<string> =>
  new Set([...some].filter((each) => each !== one));
