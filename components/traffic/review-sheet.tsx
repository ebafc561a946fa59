'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { Problem } from '@/lib/api/problem';
import type { WeightsAnswer } from '@/lib/api/weights';
import { patchWeights, rehearsalOptions } from '@/lib/client/patch-weights';
import { useSpeech } from '@/lib/i18n/react';
import type { HistoryEntry, Route, Router } from '@/lib/mesh/model';
import { rebaseDraft, seenTargets, writtenObject } from '@/lib/mesh/weights';
import { radiusOf, requestOf, wantedChange } from './change-request';
import type { Proposal, WantedChange } from './change-request';
import { ownerToAcknowledge } from './confirm-parts';
import { isConfirmed, UNCONFIRMED } from './confirmation';
import { ConflictView } from './conflict-view';
import type { Outcome } from './draft-store';
import { useRouteDraft } from './drafts';
import { ReviewBody } from './review-body';
import { ApplyButton, ReviewDialog } from './review-dialog';
import { viewRoute } from './route-view';
import { undoable } from './undo';
import type { Reason } from './writability';

export interface ReviewSheetProps {
  source: string;
  router: Router;
  route: Route;
  proposal: Proposal;
  writable: true | Reason;
  onClose: () => void;
}

/** What is asked, whatever version of the object it is asked of. */
const questionOf = ({ base, targets, undo }: WantedChange): string =>
  JSON.stringify([base.uid, base.targets, targets, undo]);

/** Short names of the wanted targets: their order may be another than that of the live route. */
function namesOf({ targets }: WantedChange, route: Route): string[] {
  const live = seenTargets(route);
  const names = viewRoute(route, undefined).targets.map(({ name }) => name);
  return targets.map(({ node, port }) => {
    const at = live.findIndex((one) => one.node === node && one.port === port);
    return names[at] ?? node;
  });
}

/** A change as the history of an object would hold it, for one that has none. */
function entryOf(
  { historyId = '', before, after }: WeightsAnswer,
  route: Route,
  reason: string,
  undoOf: string | undefined,
): HistoryEntry {
  return {
    id: historyId,
    at: new Date().toISOString(),
    by: 'meshdeck',
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    route: route.name,
    before,
    after,
    ...(undoOf === undefined ? {} : { undoOf }),
  };
}

const outcomeNow = (answer: WeightsAnswer): Outcome => ({ answer, at: Date.now() });

/** Whether the route on screen has the weights a conflict told of. */
function hasArrived(route: Route, { theirs }: NonNullable<Problem['conflict']>): boolean {
  const live = seenTargets(route);
  return (
    live.length === theirs.length &&
    theirs.every(({ node, weight }) => live.some((one) => one.node === node && one.weight === weight))
  );
}

/** Everything about a change before it is sent: what the cluster says of it, and the button that sends it. */
export function ReviewSheet({ source, router, route, proposal, writable, onClose }: ReviewSheetProps) {
  const { t } = useSpeech();
  const held = useRouteDraft(router, route);
  const [said, setSaid] = useState({ question: '', confirmed: UNCONFIRMED });
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Problem>();

  const address = { source, mesh: held.mesh, router: router.ref, route: route.name };
  const wanted = wantedChange(proposal, router, route);
  const radius = radiusOf(wanted);
  // What was confirmed for one change says nothing about another.
  const question = questionOf(wanted);
  const confirmed = said.question === question ? said.confirmed : UNCONFIRMED;
  const dry = requestOf(wanted, { dryRun: true, reason: '', acknowledgeOwner: false });
  const rehearsal = useQuery({
    ...rehearsalOptions(address, writtenObject(router, route).resourceVersion, dry),
    // A status update of the router asks the same again; what is read meanwhile stays.
    placeholderData: (answered, query) => (query?.meta?.['question'] === question ? answered : undefined),
    meta: { question },
  });
  const answer = rehearsal.data?.ok === true ? rehearsal.data.answer : undefined;
  const problem = failure ?? (rehearsal.data?.ok === false ? rehearsal.data.problem : undefined);
  const conflict = problem?.conflict;

  const apply = async () => {
    setSending(true);
    const acknowledgeOwner = confirmed.acknowledged;
    const result = await patchWeights(
      address,
      requestOf(wanted, { dryRun: false, reason, acknowledgeOwner }),
    );
    setSending(false);
    if (!result.ok) return setFailure(result.problem);
    held.settle(outcomeNow(result.answer));
    if (!router.keepsHistory) held.record(entryOf(result.answer, route, reason, wanted.undo));
    if (proposal.kind === 'draft') held.put(undefined);
    onClose();
  };
  const checkAgain = () => {
    setFailure(undefined);
    void rehearsal.refetch();
  };
  const keepMine = (draft: Extract<Proposal, { kind: 'draft' }>['draft']) => {
    held.put(rebaseDraft(draft, router, route));
    checkAgain();
  };
  const startOver = () => {
    held.put(undefined);
    onClose();
  };

  const hindrance = ((): string | undefined => {
    if (writable !== true) return t(`traffic.reason.${writable.code}`, writable.values);
    if (!answer || problem) return t('traffic.review.notChecked');
    const undo = proposal.kind === 'undo' ? undoable(router, route, proposal.entry) : true;
    if (undo !== true) return t(`traffic.undo.${undo}`);
    const { warnings } = answer;
    if (isConfirmed(confirmed, radius, route.name, warnings)) return undefined;
    return ownerToAcknowledge(warnings) !== undefined && !confirmed.acknowledged
      ? t('traffic.review.acknowledgeFirst')
      : t('traffic.review.confirmFirst');
  })();
  const isUndo = proposal.kind === 'undo';
  const path = [router.ref.namespace, router.ref.name].filter((part) => part !== '').join('/');
  const place = { router: path, route: route.name };

  return (
    <ReviewDialog
      title={t(isUndo ? 'traffic.review.undo' : 'traffic.review', place)}
      {...(isUndo ? {} : { leave: t('traffic.review.cancel') })}
      sending={sending}
      busy={rehearsal.isFetching}
      onClose={onClose}
      actions={
        <ApplyButton
          sending={sending}
          hindrance={hindrance}
          onApply={() => void apply()}
          {...(isUndo ? { label: t('traffic.review.apply.undo') } : {})}
        />
      }
    >
      {writable !== true && (
        <Alert type="warning">{t(`traffic.reason.${writable.code}`, writable.values)}</Alert>
      )}
      {problem && !conflict && (
        <ProblemAlert
          problem={problem}
          action={<Button onClick={checkAgain}>{t('traffic.review.retry')}</Button>}
        />
      )}
      {conflict && (
        <ConflictView
          conflict={conflict}
          arrived={hasArrived(route, conflict)}
          onKeepMine={proposal.kind === 'draft' ? () => keepMine(proposal.draft) : undefined}
          onStartOver={startOver}
        />
      )}
      {!answer && !problem && (
        <StatusIndicator type="loading">{t('traffic.review.checking')}</StatusIndicator>
      )}
      {!conflict && (
        <ReviewBody
          names={namesOf(wanted, route)}
          wanted={wanted}
          radius={radius}
          router={router.key}
          route={route.name}
          kept={router.keepsHistory}
          answer={answer}
          undone={isUndo ? proposal.entry : undefined}
          confirmed={confirmed}
          onConfirm={(next) => setSaid({ question, confirmed: next })}
          reason={reason}
          onReason={setReason}
        />
      )}
    </ReviewDialog>
  );
}
