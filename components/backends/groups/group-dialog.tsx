'use client';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { ReviewDialog } from '@/components/traffic/review-dialog';
import { useSpeech } from '@/lib/i18n/react';
import { memberNames } from '@/lib/mesh/backends/groups';
import type { BackendGroup } from '@/lib/mesh/model';
import type { Backends } from '../use-backends';
import { GroupForm, isNamed, wantedMembers } from './group-form';
import type { GroupFormState } from './group-form';
import { changeOf, changesSomething, rebasedMembers } from './group-plan';
import type { WantedGroup } from './group-plan';
import { GroupReview } from './group-review';
import { useGroupWritable } from './group-writable';

/** What somebody wants to do with a group. */
export type GroupTask =
  | { kind: 'create'; namespace?: string; name?: string }
  | { kind: 'edit'; group: BackendGroup }
  | { kind: 'remove'; group: BackendGroup };

const begin = (task: GroupTask): GroupFormState =>
  task.kind === 'create'
    ? { namespace: task.namespace ?? '', name: task.name ?? '', members: [], removed: new Set() }
    : {
        namespace: task.group.ref.namespace,
        name: task.group.ref.name,
        members: memberNames(task.group),
        removed: new Set(),
      };

/** A group put together, then reviewed. What was put together stays for as long as the dialog is open. */
export function GroupDialog({
  task,
  backends,
  writable,
  onClose,
}: {
  task: GroupTask;
  backends: Backends;
  writable: true | string;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  const [state, setState] = useState(() => begin(task));
  // What is changed is what was seen when the dialog was opened, or when a conflict was looked at.
  const [group, setGroup] = useState(task.kind === 'create' ? undefined : task.group);
  const [reviewing, setReviewing] = useState(task.kind === 'remove');
  const { namespace, name } = state;
  const may = useGroupWritable(backends.source, namespace, writable);
  const wanted: WantedGroup = {
    group,
    namespace,
    name,
    members: task.kind === 'remove' ? undefined : wantedMembers(state),
  };
  if (reviewing)
    return (
      <GroupReview
        wanted={wanted}
        backends={backends}
        onBack={task.kind === 'remove' ? undefined : () => setReviewing(false)}
        onLive={(live, side) => {
          const theirs = memberNames(live);
          const seen = group === undefined ? [] : memberNames(group);
          const mine = side === 'mine' ? (wanted.members ?? []) : seen;
          setGroup(live);
          setState({ ...state, ...rebasedMembers(seen, mine, theirs) });
          setReviewing(false);
        }}
        onClose={onClose}
      />
    );
  const reason = (() => {
    const permitted = may(group === undefined ? 'create' : 'patch');
    if (permitted !== true) return permitted;
    if (!isNamed(state)) return t('backends.groups.form.unnamed');
    if (group === undefined && backends.list.groups.has(changeOf(wanted).key))
      return t('backends.groups.form.taken', { group: `${namespace}/${name}` });
    return changesSomething(changeOf(wanted)) ? undefined : t('backends.groups.form.nothing');
  })();
  return (
    <ReviewDialog
      title={
        group === undefined
          ? t('backends.groups.createTitle')
          : t('backends.groups.editTitle', { group: `${namespace}/${name}` })
      }
      sending={false}
      busy={false}
      onClose={onClose}
      actions={
        <Button
          variant="primary"
          disabled={reason !== undefined}
          disabledReason={reason ?? ''}
          onClick={() => setReviewing(true)}
        >
          {t('backends.draft.review')}
        </Button>
      }
    >
      <GroupForm
        backends={backends}
        existing={group && memberNames(group)}
        state={state}
        onChange={setState}
      />
    </ReviewDialog>
  );
}
