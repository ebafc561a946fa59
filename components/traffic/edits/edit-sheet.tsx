'use client';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { Problem } from '@/lib/api/problem';
import type { RouterEditAnswer } from '@/lib/api/router-edits';
import { editRehearsalOptions, editRouterAt } from '@/lib/client/router-edits';
import { useSettled } from '@/lib/client/use-settled';
import { useSpeech } from '@/lib/i18n/react';
import type { Route, Router } from '@/lib/mesh/model';
import type { RouterEdit } from '@/lib/mesh/routing/edits';
import { ownerToAcknowledge } from '../confirm-parts';
import { Confirmation, isConfirmed, UNCONFIRMED } from '../confirmation';
import { CopyBlock } from '../copy-block';
import { useRouteDraft } from '../drafts';
import { ApplyButton, ReviewDialog } from '../review-dialog';
import { ReviewEffects } from '../review-effects';
import type { Reason } from '../writability';
import { YamlDiffView } from '../yaml-diff-view';
import styles from '../review.module.css';

const REASON_MAX = 500;
/** So long nothing may change before the cluster is asked. */
const SETTLED_MS = 300;
/** No edit moves the weights of a route that carries something. */
const RADIUS = { maxPoints: 0, toZero: [], toFull: [] };

export interface EditSheetProps {
  source: string;
  router: Router;
  /** Whose panel tells how far the change has come. */
  route: Route;
  title: string;
  /** `undefined` while what was typed is no edit yet. */
  edit: RouterEdit | undefined;
  writable: true | Reason;
  /** Fields, and what follows from them at once. */
  children?: ReactNode;
  onClose: () => void;
}

/** Everything about an edit of a router before it is sent: what the cluster says of it, and the button that sends it. */
export function EditSheet({
  source,
  router,
  route,
  title,
  edit,
  writable,
  children,
  onClose,
}: EditSheetProps) {
  const { t } = useSpeech();
  const held = useRouteDraft(router, route);
  const [confirmed, setConfirmed] = useState(UNCONFIRMED);
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Problem>();
  const { uid, generation } = router.ref;
  const place = { source, router: router.ref };
  const asked = useSettled(edit, JSON.stringify(edit ?? null), SETTLED_MS);
  const request = {
    edit: asked ?? { kind: 'removeCanary' as const, canary: '-' },
    expected: { uid, generation },
  };
  const rehearsal = useQuery({ ...editRehearsalOptions(place, request), enabled: asked !== undefined });
  const current = asked !== undefined && JSON.stringify(asked) === JSON.stringify(edit);
  const answer = current && rehearsal.data?.ok === true ? rehearsal.data.answer : undefined;
  const problem = failure ?? (current && rehearsal.data?.ok === false ? rehearsal.data.problem : undefined);

  const apply = async () => {
    setSending(true);
    setFailure(undefined);
    const result = await editRouterAt(place, {
      ...request,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      ...(confirmed.acknowledged ? { acknowledgeOwner: true } : {}),
    });
    setSending(false);
    if (!result.ok) return setFailure(result.problem);
    held.settle({ answer: result.answer, at: Date.now() });
    onClose();
  };
  const hindrance = ((): string | undefined => {
    if (writable !== true) return t(`traffic.reason.${writable.code}`, writable.values);
    if (!answer || problem) return t('traffic.review.notChecked');
    if (isConfirmed(confirmed, RADIUS, '', answer.warnings)) return undefined;
    return t(
      ownerToAcknowledge(answer.warnings) === undefined
        ? 'traffic.review.confirmFirst'
        : 'traffic.review.acknowledgeFirst',
    );
  })();
  return (
    <ReviewDialog
      title={title}
      sending={sending}
      busy={rehearsal.isFetching}
      onClose={onClose}
      actions={<ApplyButton sending={sending} hindrance={hindrance} onApply={() => void apply()} />}
    >
      {children}
      {problem && (
        <ProblemAlert
          problem={problem}
          action={
            <Button
              onClick={() => {
                setFailure(undefined);
                void rehearsal.refetch();
              }}
            >
              {t('traffic.review.retry')}
            </Button>
          }
        />
      )}
      {edit !== undefined && !answer && !problem && (
        <StatusIndicator type="loading">{t('traffic.review.checking')}</StatusIndicator>
      )}
      {answer && (
        <>
          <Confirmation
            radius={RADIUS}
            name=""
            warnings={answer.warnings}
            confirmed={confirmed}
            onChange={setConfirmed}
          />
          <Effects answer={answer} router={router} />
          <FormField
            label={
              <>
                {t('traffic.review.reason')} <i>– {t('traffic.review.optional')}</i>
              </>
            }
            description={t('traffic.review.reasonHint')}
          >
            <Input
              value={reason}
              onChange={({ detail }) => setReason(detail.value.slice(0, REASON_MAX))}
              autoComplete={false}
            />
          </FormField>
        </>
      )}
    </ReviewDialog>
  );
}

function Effects({ answer, router }: { answer: RouterEditAnswer; router: Router }) {
  const { t } = useSpeech();
  return (
    <>
      <div className={styles.part}>
        <h3>{t('traffic.review.diff')}</h3>
        <YamlDiffView before={answer.yaml.before} after={answer.yaml.after} />
      </div>
      <div className={styles.part}>
        <ReviewEffects answer={answer} router={router.key} />
      </div>
      <div className={styles.part}>
        <h3>{t('traffic.review.kubectl')}</h3>
        <CopyBlock text={answer.kubectl} />
      </div>
    </>
  );
}
