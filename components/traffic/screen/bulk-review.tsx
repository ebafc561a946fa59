'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { ListedRoute } from '@/lib/api/routes';
import type { BulkAnswer, BulkRequest } from '@/lib/api/weights';
import { bulkRehearsalOptions, patchBulk } from '@/lib/client/patch-weights';
import { useSpeech } from '@/lib/i18n/react';
import type { BulkChange } from '@/lib/mesh/bulk-weights';
import { ReasonField } from '../confirm-parts';
import { Confirmation, isConfirmed, UNCONFIRMED } from '../confirmation';
import { ApplyButton, ReviewDialog } from '../review-dialog';
import { useReviewed } from '../use-reviewed';
import { BulkWrites } from './bulk-writes';
import { bulkChanges, bulkRadius, planBulk } from './bulk-plan';
import { undoAccount, undoChanges } from './bulk-undo';

/** One change of several routes: what the clusters say of it, which parts are one write, and what became of each. */
export function BulkReview({
  rows,
  change,
  onClose,
}: {
  rows: readonly ListedRoute[];
  change: BulkChange;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  // What is reviewed is what was seen when the review was opened; a change since then is a conflict.
  const [plan] = useState(() => planBulk(rows, change));
  const [confirmed, setConfirmed] = useState(UNCONFIRMED);
  const reviewed = useReviewed<BulkRequest['changes'], BulkAnswer>((wanted, said) =>
    patchBulk({ changes: wanted, ...said }),
  );
  const { done, undos, sending } = reviewed;
  const changes = bulkChanges(plan);
  const rehearsal = useQuery({ ...bulkRehearsalOptions(changes), enabled: changes.length > 0 });
  const rehearsed = rehearsal.data?.ok ? rehearsal.data.answer : undefined;
  const problem = reviewed.failure ?? (rehearsal.data?.ok === false ? rehearsal.data.problem : undefined);
  const radius = bulkRadius(plan);
  const warnings =
    rehearsed?.writes.flatMap(({ answers = [] }) => answers.flatMap((each) => each.warnings)) ?? [];
  // One box for all: who restores objects is told with each write.
  const gitops = warnings.find(({ code }) => code === 'owner-gitops');
  const asked = [
    ...(gitops ? [gitops] : []),
    ...warnings.filter(({ code }) => code === 'owner-helm').slice(0, 1),
  ];
  const name = String(changes.length);

  const undo = done ? undoChanges(done, undos) : [];
  const hindrance = (() => {
    if (changes.length === 0) return t('routes.bulk.nothing');
    if (rehearsed?.outcome !== 'rehearsed') return t('traffic.review.notChecked');
    return isConfirmed(confirmed, radius, name, asked) ? undefined : t('traffic.review.confirmFirst');
  })();

  return (
    <ReviewDialog
      title={t('routes.bulk.review', { count: changes.length })}
      isDone={done !== undefined}
      leaveRef={reviewed.leave}
      sending={sending}
      busy={rehearsal.isFetching || sending}
      onClose={onClose}
      actions={
        done ? (
          undo.length > 0 && (
            <Button iconName="undo" loading={sending} onClick={() => reviewed.undo(undo)}>
              {t('routes.bulk.undo', { count: undo.length })}
            </Button>
          )
        ) : (
          <ApplyButton sending={sending} hindrance={hindrance} onApply={() => reviewed.apply(changes)} />
        )
      }
    >
      {problem && <ProblemAlert problem={problem} />}
      {done && <Outcome answer={done} undos={undos} />}
      {!done && !rehearsed && !problem && changes.length > 0 && (
        <StatusIndicator type="loading">{t('traffic.review.checking')}</StatusIndicator>
      )}
      {rehearsed?.outcome === 'none' && !done && <Alert type="error">{t('routes.bulk.refused')}</Alert>}
      <BulkWrites plan={plan} answer={done ?? rehearsed} undos={undos} />
      {!done && rehearsed?.outcome === 'rehearsed' && (
        <>
          <Confirmation
            radius={radius}
            name={name}
            warnings={asked}
            confirmed={confirmed}
            onChange={(next) => {
              setConfirmed(next);
              reviewed.setAcknowledged(next.acknowledged);
            }}
          />
          <ReasonField
            hint={t('traffic.review.reasonHint')}
            reason={reviewed.reason}
            onChange={reviewed.setReason}
          />
        </>
      )}
    </ReviewDialog>
  );
}

function Outcome({ answer, undos }: { answer: BulkAnswer; undos: readonly BulkAnswer[] }) {
  const { t } = useSpeech();
  const { outcome, writes } = answer;
  const { applied, undone } = undoAccount(answer, undos);
  const refused = writes.find(({ state }) => state === 'refused' || state === 'unknown');
  const router = refused === undefined ? '' : refused.router;
  return (
    <>
      <Alert type={outcome === 'applied' ? 'success' : outcome === 'partly' ? 'warning' : 'error'}>
        {t(`routes.bulk.outcome.${outcome}`, { applied, total: writes.length, router })}
      </Alert>
      {undos.length > 0 && (
        <Alert type={undone === applied ? 'success' : undone > 0 ? 'warning' : 'error'}>
          {t(
            undone === applied
              ? 'routes.bulk.undone.all'
              : undone > 0
                ? 'routes.bulk.undone.partly'
                : 'routes.bulk.undone.none',
            { undone, total: applied },
          )}
        </Alert>
      )}
    </>
  );
}
