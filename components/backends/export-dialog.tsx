'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ReviewDialog } from '@/components/traffic/review-dialog';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { backendsRehearsalOptions } from '@/lib/client/patch-backends';
import { useSpeech } from '@/lib/i18n/react';
import { NO_DRAFT, planOf, withEdits } from '@/lib/mesh/backends/edits';
import type { Edit } from '@/lib/mesh/backends/edits';
import { kustomization, TakeAlong } from './review-parts';
import { changesOf } from './review-plan';
import type { Backends } from './use-backends';
import { Writes } from './writes';

/** Edits as patches for a repository, tried in the cluster without effect; nothing of them is drafted or applied. */
export function ExportDialog({
  backends: { source, list },
  edits,
  onClose,
}: {
  backends: Backends;
  edits: readonly Edit[];
  onClose: () => void;
}) {
  const { t } = useSpeech();
  const [plans] = useState(() => planOf(withEdits(NO_DRAFT, list, edits), list));
  const rehearsal = useQuery(backendsRehearsalOptions(changesOf(source, plans)));
  const rehearsed = rehearsal.data?.ok ? rehearsal.data.answer : undefined;
  const answers = rehearsed?.writes.flatMap(({ answer }) => answer ?? []) ?? [];
  return (
    <ReviewDialog
      title={t('backends.export.title', { count: plans.length })}
      sending={false}
      busy={rehearsal.isFetching}
      actions={null}
      onClose={onClose}
    >
      {rehearsal.data?.ok === false && <ProblemAlert problem={rehearsal.data.problem} />}
      {rehearsal.isFetching && (
        <StatusIndicator type="loading">{t('traffic.review.checking')}</StatusIndicator>
      )}
      <Writes plans={plans} answer={rehearsed} undos={[]} nodes={list.nodes} diffs={false} />
      {answers.length > 0 && (
        <TakeAlong
          open
          hint={t('backends.review.exportHint')}
          kubectl={answers.map(({ kubectl }) => kubectl).join('\n')}
          gitops={kustomization(answers)}
        />
      )}
    </ReviewDialog>
  );
}
