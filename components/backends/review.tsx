'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ApplyButton, ReviewDialog } from '@/components/traffic/review-dialog';
import { useReviewed } from '@/components/traffic/use-reviewed';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { BulkBackendsAnswer, BulkBackendsRequest } from '@/lib/api/backends';
import type { Problem } from '@/lib/api/problem';
import { backendsRehearsalOptions, patchBackends } from '@/lib/client/patch-backends';
import { useSpeech } from '@/lib/i18n/react';
import { confirmationOf } from '@/lib/mesh/backends/impact';
import { ImpactView } from './impact-view';
import { kustomization, OwnerWarning, Reason, TakeAlong, TypedName } from './review-parts';
import { confirmationName, undoAccount, undoChanges } from './review-plan';
import type { ReviewPlan } from './review-plan';
import type { Backends } from './use-backends';
import { Writes } from './writes';

/** A change of nodes: what it does, what the cluster says of it, the word it asks for, and what became of each node. */
export function Review({
  backends,
  plan,
  onApplied,
  conflict,
  onClose,
}: {
  backends: Backends;
  /** What is reviewed is what was seen when the review was opened; a change since then is a conflict. */
  plan: ReviewPlan;
  onApplied?: () => void;
  /** What is shown of a conflict in place of its bare words. */
  conflict?: (problem: Problem) => ReactNode;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  const [{ plans, impact, changes, whole = false }] = useState(plan);
  const [typed, setTyped] = useState('');
  const reviewed = useReviewed<BulkBackendsRequest['changes'], BulkBackendsAnswer>(async (wanted, said) => {
    const result = await patchBackends({ changes: wanted, ...said });
    if (wanted === changes && result.ok && result.answer.outcome === 'applied') onApplied?.();
    return result;
  });
  const { done, undos, sending } = reviewed;
  const rehearsal = useQuery({ ...backendsRehearsalOptions(changes), enabled: done === undefined });
  const rehearsed = rehearsal.data?.ok ? rehearsal.data.answer : undefined;
  const problem = reviewed.failure ?? (rehearsal.data?.ok === false ? rehearsal.data.problem : undefined);
  const name = confirmationName(plans, backends.mesh);
  const asksForName = confirmationOf(impact) === 'type';
  // One box for all: who restores objects is told once.
  const gitops = rehearsed?.writes
    .flatMap(({ answer }) => answer?.warnings ?? [])
    .find(({ code }) => code === 'owner-gitops');
  const undo = done ? undoChanges(done, undos) : [];
  const hindrance = (() => {
    if (rehearsed?.outcome !== 'rehearsed') return t('traffic.review.notChecked');
    const confirmed = (!asksForName || typed === name) && (gitops === undefined || reviewed.acknowledged);
    return confirmed ? undefined : t('backends.review.nameFirst');
  })();
  const moved = (done ?? rehearsed)?.writes.find(({ problem: told }) => told?.code === 'E409')?.problem;
  const exported =
    rehearsed?.outcome === 'rehearsed' ? rehearsed.writes.flatMap(({ answer }) => answer ?? []) : [];

  return (
    <ReviewDialog
      title={t('backends.review', { count: plans.length })}
      isDone={done !== undefined}
      leaveRef={reviewed.leave}
      sending={sending}
      busy={rehearsal.isFetching || sending}
      onClose={onClose}
      actions={
        done ? (
          undo.length > 0 && (
            <Button iconName="undo" loading={sending} onClick={() => reviewed.undo(undo)}>
              {t('backends.review.undo', { count: undo.length })}
            </Button>
          )
        ) : (
          <ApplyButton sending={sending} hindrance={hindrance} onApply={() => reviewed.apply(changes)} />
        )
      }
    >
      {problem && <ProblemAlert problem={problem} />}
      {done && <Outcome answer={done} undos={undos} />}
      {!done && <ImpactView impact={impact} backends={backends} />}
      {!done && !rehearsed && !problem && (
        <StatusIndicator type="loading">{t('traffic.review.checking')}</StatusIndicator>
      )}
      {moved && conflict?.(moved)}
      {rehearsed?.outcome === 'none' && !done && <Alert type="error">{t('backends.review.refused')}</Alert>}
      <Writes
        plans={plans}
        answer={done ?? rehearsed}
        undos={undos}
        nodes={backends.list.nodes}
        diffs={whole && !done}
      />
      {!done && rehearsed?.outcome === 'rehearsed' && (
        <>
          <OwnerWarning
            warning={gitops}
            acknowledged={reviewed.acknowledged}
            onChange={reviewed.setAcknowledged}
          />
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
          <Reason
            kept={t('backends.review.reasonHint')}
            reason={reviewed.reason}
            onChange={reviewed.setReason}
          />
          <TakeAlong
            hint={t('backends.review.exportHint')}
            kubectl={exported.map(({ kubectl }) => kubectl).join('\n')}
            gitops={kustomization(exported)}
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
