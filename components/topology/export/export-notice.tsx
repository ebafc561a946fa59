'use client';
import Button from '@cloudscape-design/components/button';
import { useEffect } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { Outcome } from './outcome';
import styles from './export.module.css';

/** How long a success is shown, in milliseconds. What went wrong, or needs to be read, stays until it is dismissed. */
const SHOWN_MS = 8_000;

/** How the last export went, over the foot of the window, where it moves nothing. */
export function ExportNotice({
  outcome,
  onDismiss,
}: {
  outcome: Outcome | undefined;
  onDismiss: () => void;
}) {
  const { t } = useSpeech();
  const passing = outcome?.ok === true && outcome.caution === undefined;
  useEffect(() => {
    if (!passing) return undefined;
    const timer = setTimeout(onDismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [passing, outcome, onDismiss]);
  return (
    <div className={styles.notice} data-tone={toneOf(outcome)}>
      <div role="status" className={styles.text}>
        {outcome?.ok === true && (
          <>
            <p>{t(outcome.message, outcome.values)}</p>
            {outcome.caution && <p>{t(outcome.caution.message, outcome.caution.values)}</p>}
          </>
        )}
        {outcome?.ok === false && (
          <>
            <p>
              <strong>
                {outcome.problem} {t(`export.problem.${outcome.problem}`)}
              </strong>
            </p>
            {outcome.detail !== undefined && <p>{outcome.detail}</p>}
            <p>{t(`export.next.${outcome.problem}`)}</p>
          </>
        )}
      </div>
      {outcome?.ok === false && outcome.text !== undefined && (
        <input
          className={styles.field}
          readOnly
          value={outcome.text}
          aria-label={t('export.link')}
          onFocus={({ target }) => target.select()}
        />
      )}
      {outcome && (
        <Button iconName="close" variant="icon" ariaLabel={t('export.dismiss')} onClick={onDismiss} />
      )}
    </div>
  );
}

function toneOf(outcome: Outcome | undefined): 'ok' | 'caution' | 'problem' | undefined {
  if (!outcome) return undefined;
  if (!outcome.ok) return 'problem';
  return outcome.caution ? 'caution' : 'ok';
}
