'use client';
/** What every review of the whitelist asks, and what is taken along from it. */
import Alert from '@cloudscape-design/components/alert';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { OwnerWarnings, ReasonField, TypeToConfirm } from '@/components/traffic/confirm-parts';
import { CopyBlock } from '@/components/traffic/copy-block';
import review from '@/components/traffic/review.module.css';
import type { BackendsAnswer } from '@/lib/api/backends';
import { useSpeech } from '@/lib/i18n/react';

type Warning = BackendsAnswer['warnings'][number];

/** An owner who restores the object, to be acknowledged. */
export function OwnerWarning({
  warning,
  acknowledged,
  onChange,
}: {
  warning: Warning | undefined;
  acknowledged: boolean;
  onChange: (acknowledged: boolean) => void;
}) {
  return (
    <OwnerWarnings
      warnings={warning === undefined ? [] : [warning]}
      acknowledged={acknowledged}
      onAcknowledge={onChange}
    />
  );
}

/** A name that is typed where traffic would break. */
export function TypedName(props: {
  label: string;
  name: string;
  typed: string;
  onChange: (typed: string) => void;
}) {
  return (
    <Alert type="warning">
      <TypeToConfirm {...props} />
    </Alert>
  );
}

/** Why, in the words of whoever changes it. `kept` says where it is kept. */
export function Reason({
  kept,
  ...field
}: {
  kept: string;
  reason: string;
  onChange: (reason: string) => void;
}) {
  return <ReasonField hint={kept} {...field} />;
}

/** The same change as commands, and for a repository. */
export function TakeAlong({
  hint,
  kubectl,
  gitops,
  open = false,
}: {
  hint: string;
  kubectl: string;
  gitops: string;
  open?: boolean;
}) {
  const { t } = useSpeech();
  return (
    <ExpandableSection headerText={t('backends.review.export')} defaultExpanded={open}>
      <SpaceBetween size="xs">
        <p className={review.note}>{hint}</p>
        <CopyBlock text={kubectl} />
        <CopyBlock text={gitops} />
      </SpaceBetween>
    </ExpandableSection>
  );
}

/** The patches of several objects as a kustomization has them. */
export const kustomization = (answers: readonly { kustomize: string }[]): string =>
  `patches:\n${answers.map(({ kustomize }) => kustomize).join('')}`;
