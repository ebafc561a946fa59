'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApplyButton, ReviewDialog } from '@/components/traffic/review-dialog';
import { useReviewed } from '@/components/traffic/use-reviewed';
import { YamlDiffView } from '@/components/traffic/yaml-diff-view';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { groupRehearsalOptions, saying, writeGroup } from '@/lib/client/backend-groups';
import type { GroupWrite } from '@/lib/client/backend-groups';
import { useSpeech } from '@/lib/i18n/react';
import { groupConfirmation, groupImpact, memberNames } from '@/lib/mesh/backends/groups';
import type { BackendGroup } from '@/lib/mesh/model';
import { ImpactView } from '../impact-view';
import { ListConflictView } from '../list-conflict';
import { kustomization, OwnerWarning, Reason, TakeAlong, TypedName } from '../review-parts';
import type { Backends } from '../use-backends';
import { FindingChanges } from '../writes';
import { HeldNodes } from './held-nodes';
import { changeOf, memberEdits, undoOf, writeOf } from './group-plan';
import type { WantedGroup } from './group-plan';
import backend from '../backends.module.css';

/** A group as it would be: what that does, what the cluster says of it, the word it asks for, and what became of it. */
export function GroupReview({
  wanted,
  backends,
  onBack,
  onLive,
  onClose,
}: {
  wanted: WantedGroup;
  backends: Backends;
  /** To the form; a deletion has none. */
  onBack: (() => void) | undefined;
  /** Somebody wrote in between: it goes on from the group as it is now, with what is wanted on top of it or without. */
  onLive: (live: BackendGroup, side: 'mine' | 'theirs') => void;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  // What is reviewed is what was seen when the review was opened; a change since then is a conflict.
  const [{ list, change, write }] = useState(() => ({
    list: backends.list,
    change: changeOf(wanted),
    write: writeOf(wanted),
  }));
  // Measurements that arrive only now may tell of calls that would begin to fail.
  const { calls } = backends;
  const impact = useMemo(() => groupImpact(list, change, calls), [list, change, calls]);
  const [typed, setTyped] = useState('');
  const reviewed = useReviewed((wish: GroupWrite, said) => writeGroup(backends.source, saying(wish, said)));
  const { sending, acknowledged, done, failure } = reviewed;
  const undone = reviewed.undos.length > 0;
  const rehearsal = useQuery({
    ...groupRehearsalOptions(backends.source, write),
    enabled: done === undefined,
  });
  const rehearsed = rehearsal.data?.ok ? rehearsal.data.answer : undefined;
  const problem = failure ?? (rehearsal.data?.ok === false ? rehearsal.data.problem : undefined);
  const conflict = done === undefined ? problem?.listConflict : undefined;
  const name = `${wanted.namespace}/${wanted.name}`;
  const asksForName = groupConfirmation(impact, change) === 'type';
  const gitops = rehearsed?.warnings.find(({ code }) => code === 'owner-gitops');
  const live = backends.list.groups.get(change.key);
  const does = change.after === undefined ? 'remove' : change.before === undefined ? 'create' : 'edit';

  const undo = done && undoOf(wanted, done);
  const hindrance = (() => {
    if (rehearsed === undefined) return t('traffic.review.notChecked');
    const confirmed = (!asksForName || typed === name) && (gitops === undefined || acknowledged);
    return confirmed ? undefined : t('backends.review.nameFirst');
  })();
  const { add, remove } = memberEdits(change);

  return (
    <ReviewDialog
      title={t(`backends.groups.review.${does}`, { group: name })}
      isDone={done !== undefined}
      sending={sending}
      busy={rehearsal.isFetching || sending}
      leaveRef={reviewed.leave}
      onClose={onClose}
      actions={
        done ? (
          undo !== undefined &&
          !undone && (
            <Button iconName="undo" loading={sending} onClick={() => reviewed.undo(undo)}>
              {t(`backends.groups.undo.${does}`)}
            </Button>
          )
        ) : (
          <SpaceBetween direction="horizontal" size="xs">
            {onBack && (
              <Button disabled={sending} onClick={onBack}>
                {t('backends.groups.back')}
              </Button>
            )}
            <ApplyButton sending={sending} hindrance={hindrance} onApply={() => reviewed.apply(write)} />
          </SpaceBetween>
        )
      }
    >
      {problem && conflict === undefined && <ProblemAlert problem={problem} />}
      {conflict && (
        <ListConflictView
          conflict={conflict}
          arrived={live !== undefined && memberNames(live).join() === conflict.theirs.join()}
          onKeepMine={() => live && onLive(live, 'mine')}
          onStartOver={() => live && onLive(live, 'theirs')}
        />
      )}
      {done && !undone && <Alert type="success">{t(`backends.groups.done.${does}`, { group: name })}</Alert>}
      {undone && <Alert type="success">{t('backends.groups.undone', { group: name })}</Alert>}
      {done && !undone && does !== 'remove' && impact.users.length > 0 && (
        <p className={backend.muted}>{t('backends.groups.taken')}</p>
      )}
      {!done && (
        <>
          <ImpactView impact={impact} backends={backends} />
          <HeldNodes impact={impact} />
        </>
      )}
      {!done && !rehearsed && !problem && (
        <StatusIndicator type="loading">{t('traffic.review.checking')}</StatusIndicator>
      )}
      <div>
        <h3>{t('backends.groups.members')}</h3>
        {add.map((member) => (
          <span key={member} className={backend.change} data-kind="allow">
            + {member}
          </span>
        ))}
        {remove.map((member) => (
          <span key={member} className={backend.change} data-kind="revoke">
            − {member}
          </span>
        ))}
        {add.length + remove.length === 0 && <p className={backend.muted}>{t('backends.groups.empty')}</p>}
        {!done && rehearsed && <FindingChanges {...rehearsed.findings} />}
      </div>
      {!done && rehearsed && (
        <>
          <OwnerWarning warning={gitops} acknowledged={acknowledged} onChange={reviewed.setAcknowledged} />
          {asksForName && (
            <TypedName
              label={t(
                impact.breaks.length > 0
                  ? 'backends.review.confirm'
                  : does === 'remove'
                    ? 'backends.groups.confirmUsed'
                    : 'backends.review.confirmRule',
                { name },
              )}
              name={name}
              typed={typed}
              onChange={setTyped}
            />
          )}
          <Reason
            kept={t(does === 'remove' ? 'backends.groups.reasonLogged' : 'backends.groups.reasonKept')}
            reason={reviewed.reason}
            onChange={reviewed.setReason}
          />
          <div>
            <h3>{t('traffic.review.diff')}</h3>
            <YamlDiffView before={rehearsed.yaml.before} after={rehearsed.yaml.after} />
          </div>
          <TakeAlong
            hint={t(`backends.groups.export.${does}`)}
            kubectl={rehearsed.kubectl}
            gitops={does === 'create' ? rehearsed.kustomize : kustomization([rehearsed])}
          />
        </>
      )}
    </ReviewDialog>
  );
}
