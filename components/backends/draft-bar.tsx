'use client';
import Button from '@cloudscape-design/components/button';
import { NODES_MOST } from '@/lib/api/backends';
import { useSpeech } from '@/lib/i18n/react';
import { editCount, NO_DRAFT } from '@/lib/mesh/backends/edits';
import type { Backends } from './use-backends';
import styles from './backends.module.css';

/** What is drafted, what it would do, and the way to have it reviewed or dropped. */
export function DraftBar({ backends, onReview }: { backends: Backends; onReview: () => void }) {
  const { t } = useSpeech();
  const { draft, impact, setDraft } = backends;
  if (draft.size === 0) return null;
  const { breaks, breaksPerMinute, opens, tls, quota } = impact;
  const tooMany = draft.size > NODES_MOST;
  return (
    <div className={styles.bar} role="status">
      <strong>{t('backends.draft', { edits: editCount(draft), nodes: draft.size })}</strong>
      {breaks.length > 0 && (
        <span className={styles.breaks}>
          {t('backends.draft.breaks', { count: breaks.length, perMinute: breaksPerMinute })}
        </span>
      )}
      {opens.length > 0 && <span>{t('backends.draft.opens', { count: opens.length })}</span>}
      {tls.length > 0 && (
        <span className={styles.breaks}>{t('backends.draft.tls', { count: tls.length })}</span>
      )}
      {quota.some(({ over }) => over) && <span className={styles.breaks}>{t('backends.draft.quota')}</span>}
      <span className={styles.buttons}>
        <Button onClick={() => setDraft(NO_DRAFT)}>{t('backends.draft.clear')}</Button>
        <Button
          variant="primary"
          disabled={tooMany}
          {...(tooMany ? { disabledReason: t('backends.review.tooMany', { most: NODES_MOST }) } : {})}
          onClick={onReview}
        >
          {t('backends.draft.review')}
        </Button>
      </span>
    </div>
  );
}
