'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { shiftPath } from '@/components/shell/addresses';
import { CopyBlock } from '@/components/traffic/copy-block';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { Problem } from '@/lib/api/problem';
import type { StartRequest } from '@/lib/api/shifts';
import { startRehearsalOptions, startShift } from '@/lib/client/shifts';
import { useSettled } from '@/lib/client/use-settled';
import { useSpeech } from '@/lib/i18n/react';
import type { Reason } from '@/lib/shifts';
import { tidy } from './templates';
import { saidText } from './said-text';
import type { Draft } from './templates';
import styles from './shifts.module.css';

/** So long nothing may change before the cluster is asked. */
const SETTLED_MS = 400;

/** What would come of a draft, as the cluster tells without doing it; and the button that does it. */
export function StartReview({ source, draft }: { source: string; draft: Draft }) {
  const { t } = useSpeech();
  const router = useRouter();
  const settled = useSettled(draft, JSON.stringify(draft), SETTLED_MS);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const request = requestOf(settled);
  const { data } = useQuery(startRehearsalOptions(source, request));
  const current = JSON.stringify(settled) === JSON.stringify(draft) && data?.ok === true;
  const obstacles = data?.ok ? data.answer.obstacles : [];
  const refuses = obstacles.some(({ waits }) => !waits);

  const start = async () => {
    setBusy(true);
    setProblem(undefined);
    const result = await startShift(source, request);
    if (result.ok) return router.push(shiftPath(source, request.namespace, request.name));
    setBusy(false);
    setProblem(result.problem);
  };
  return (
    <section className={styles.review} aria-label={t('shifts.review')} aria-busy={data === undefined}>
      <h2>{t('shifts.review')}</h2>
      {data === undefined && <p className={styles.muted}>{t('shifts.review.asking')}</p>}
      {data?.ok === false && <ProblemAlert problem={data.problem} />}
      {obstacles.map(({ reason, message, said, waits }) => (
        <Alert
          key={reason}
          type={waits ? 'info' : 'error'}
          header={t(waits ? 'shifts.review.waits' : 'shifts.review.refuses', { reason })}
        >
          {t(`shifts.reason.${asReason(reason)}`)}
          <div className={styles.muted}>{saidText({ said, message }, t)}</div>
        </Alert>
      ))}
      {data?.ok && obstacles.length === 0 && <Alert type="success">{t('shifts.review.clear')}</Alert>}
      {problem && <ProblemAlert problem={problem} />}
      <Button
        variant="primary"
        loading={busy}
        disabled={!current || refuses}
        disabledReason={t(refuses ? 'shifts.review.refused' : 'shifts.review.notYet')}
        onClick={() => void start()}
      >
        {t('shifts.start')}
      </Button>
      {data?.ok && (
        <>
          <h3>{t('shifts.review.yaml')}</h3>
          <pre className={styles.yaml} tabIndex={0}>
            {data.answer.yaml}
          </pre>
          <h3>{t('shifts.review.kubectl')}</h3>
          <CopyBlock text={data.answer.kubectl} />
        </>
      )}
    </section>
  );
}

const requestOf = ({ namespace, name, spec }: Draft): StartRequest => ({ namespace, name, spec: tidy(spec) });

/** The server's word is one of the machine's own. */
const asReason = (reason: string) => reason as Reason;
