'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApplyButton, ReviewDialog } from '@/components/traffic/review-dialog';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { BulkBackendsAnswer, BulkBackendsRequest } from '@/lib/api/backends';
import type { Problem } from '@/lib/api/problem';
import { backendsRehearsalOptions, patchBackends } from '@/lib/client/patch-backends';
import { useSpeech } from '@/lib/i18n/react';
import { planOf } from '@/lib/mesh/backends/edits';
import { confirmationOf } from '@/lib/mesh/backends/impact';
import { ImpactView } from './impact-view';
import { OwnerWarning, Reason, TakeAlong, TypedName } from './review-parts';
import { changesOf, undoAccount, undoChanges } from './review-plan';
import type { Backends } from './use-backends';
import { Writes } from './writes';

/** The draft as one change: what it does, what the cluster says of it, the word it asks for, and what became of each node. */
export function Review({ backends, onClose }: { backends: Backends; onClose: () => void }) {
  const { t } = useSpeech();
  // What is reviewed is what was seen when the review was opened; a change since then is a conflict.
  const [{ plans, impact, changes }] = useState(() => {
    const made = planOf(backends.draft, backends.list);
    return { plans: made, impact: backends.impact, changes: changesOf(backends.source, made) };
  });
  const [typed, setTyped] = useState('');
  const [acknowledged, setAcknowledged] = useState(false);
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState<BulkBackendsAnswer>();
  const [undos, setUndos] = useState<readonly BulkBackendsAnswer[]>([]);
  const [failure, setFailure] = useState<Problem>();
  const rehearsal = useQuery({ ...backendsRehearsalOptions(changes), enabled: done === undefined });
  const rehearsed = rehearsal.data?.ok ? rehearsal.data.answer : undefined;
  const problem = failure ?? (rehearsal.data?.ok === false ? rehearsal.data.problem : undefined);
  const [only] = plans;
  const name = plans.length === 1 && only ? `${only.namespace}/${only.name}` : String(plans.length);
  const asksForName = confirmationOf(impact) === 'type';
  const gitops = rehearsed?.writes
    .flatMap(({ answer }) => answer?.warnings ?? [])
    .find(({ code }) => code === 'owner-gitops');

  const send = async (
    wanted: BulkBackendsRequest['changes'],
    note: (answer: BulkBackendsAnswer) => void,
  ): Promise<void> => {
    setSending(true);
    const trimmed = reason.trim();
    const result = await patchBackends({
      changes: wanted,
      ...(trimmed === '' ? {} : { reason: trimmed }),
      ...(acknowledged ? { acknowledgeOwner: true } : {}),
    });
    setSending(false);
    if (result.ok) note(result.answer);
    setFailure(result.ok ? undefined : result.problem);
  };
  const undo = done ? undoChanges(done, undos) : [];
  const hindrance = (() => {
    if (rehearsed?.outcome !== 'rehearsed') return t('traffic.review.notChecked');
    const confirmed = (!asksForName || typed === name) && (gitops === undefined || acknowledged);
    return confirmed ? undefined : t('traffic.review.confirmFirst');
  })();
  const exported =
    rehearsed?.outcome === 'rehearsed' ? rehearsed.writes.flatMap(({ answer }) => answer ?? []) : [];

  return (
    <ReviewDialog
      title={t('backends.review', { count: plans.length })}
      isDone={done !== undefined}
      sending={sending}
      busy={rehearsal.isFetching || sending}
      onClose={onClose}
      actions={
        done ? (
          undo.length > 0 && (
            <Button
              iconName="undo"
              loading={sending}
              onClick={() => void send(undo, (answer) => setUndos((before) => [...before, answer]))}
            >
              {t('backends.review.undo', { count: undo.length })}
            </Button>
          )
        ) : (
          <ApplyButton sending={sending} hindrance={hindrance} onApply={() => void send(changes, setDone)} />
        )
      }
    >
      {problem && <ProblemAlert problem={problem} />}
      {done && <Outcome answer={done} undos={undos} />}
      {!done && <ImpactView impact={impact} backends={backends} />}
      {!done && !rehearsed && !problem && (
        <StatusIndicator type="loading">{t('traffic.review.checking')}</StatusIndicator>
      )}
      {rehearsed?.outcome === 'none' && !done && <Alert type="error">{t('backends.review.refused')}</Alert>}
      <Writes plans={plans} answer={done ?? rehearsed} undos={undos} nodes={backends.list.nodes} />
      {!done && rehearsed?.outcome === 'rehearsed' && (
        <>
          <OwnerWarning warning={gitops} acknowledged={acknowledged} onChange={setAcknowledged} />
          {asksForName && (
            <TypedName
              label={t(impact.breaks.length > 0 ? 'backends.review.confirm' : 'backends.review.confirmRule', {
                name,
              })}
              name={name}
              typed={typed}
              onChange={setTyped}
            />
          )}
          <Reason kept={t('backends.review.reasonHint')} reason={reason} onChange={setReason} />
          <TakeAlong
            hint={t('backends.review.exportHint')}
            kubectl={exported.map(({ kubectl }) => kubectl).join('\n')}
            gitops={`patches:\n${exported.map(({ kustomize }) => kustomize).join('')}`}
          />
        </>
      )}
    </ReviewDialog>
  );
}

function Outcome({ answer, undos }: { answer: BulkBackendsAnswer; undos: readonly BulkBackendsAnswer[] }) {
  const { t } = useSpeech();
  const { outcome, writes } = answer;
  const { applied, undone } = undoAccount(answer, undos);
  const failed = writes.find(({ state }) => state === 'refused' || state === 'unknown');
  return (
    <>
      <Alert type={outcome === 'applied' ? 'success' : outcome === 'partly' ? 'warning' : 'error'}>
        {t(`backends.review.outcome.${outcome}`, {
          applied,
          total: writes.length,
          node: failed === undefined ? '' : `${failed.namespace}/${failed.node}`,
        })}
      </Alert>
      {undos.length > 0 && (
        <Alert type={undone === applied ? 'success' : 'warning'}>
          {t('backends.review.undone', { undone, total: applied })}
        </Alert>
      )}
    </>
  );
}
