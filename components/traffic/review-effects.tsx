'use client';
import { subjectOfId, titleOfId } from '@/components/findings/finding-text';
import type { WeightsAnswer } from '@/lib/api/weights';
import { useSpeech } from '@/lib/i18n/react';
import { figuresText, windowText } from '@/components/telemetry/overlay/quantity-text';
import { useTelemetryAnswer } from '@/lib/client/use-telemetry';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import styles from './review.module.css';

/** A key as its kind's sign and name: `shop/cart`. */
function shortKey(key: string): string {
  const parsed = parseEntityKey(key);
  if (!parsed) return key;
  return parsed.namespace === '' ? parsed.name : `${parsed.namespace}/${parsed.name}`;
}

/** What a change would do beyond the object: findings it creates or clears, and who sends to the router. */
export function ReviewEffects({ answer, router }: { answer: WeightsAnswer; router: EntityKey }) {
  const { t } = useSpeech();
  const measured = useTelemetryAnswer();
  const carried = figuresText(measured?.telemetry.entities[router]?.observations ?? [], t, true);
  const { created, cleared } = answer.findings;
  const kinds = [
    ['created', created],
    ['cleared', cleared],
  ] as const;
  return (
    <>
      <h3>{t('traffic.review.callers')}</h3>
      {answer.callers.length === 0 ? (
        <p className={styles.note}>{t('traffic.review.callers.none')}</p>
      ) : (
        <>
          <ul className={styles.chips}>
            {answer.callers.map((key) => (
              <li key={key}>
                <span className={styles.kind}>{parseEntityKey(key)?.kind}</span> {shortKey(key)}
              </li>
            ))}
          </ul>
          <p className={styles.note}>
            {measured && carried !== ''
              ? t('traffic.review.callers.rate', { figures: carried, window: windowText(measured.window, t) })
              : t('traffic.review.callers.unknownRate')}
          </p>
        </>
      )}
      <h3>{t('traffic.review.findings')}</h3>
      {created.length + cleared.length === 0 ? (
        <p className={styles.note}>{t('traffic.review.findings.none')}</p>
      ) : (
        kinds.map(
          ([kind, ids]) =>
            ids.length > 0 && (
              <div key={kind}>
                <p className={styles[kind]}>{t(`traffic.review.findings.${kind}`)}</p>
                <ul className={styles.findings}>
                  {ids.map((id) => (
                    <li key={id}>
                      {titleOfId(id, t)} <code>{shortKey(subjectOfId(id) ?? '')}</code>
                    </li>
                  ))}
                </ul>
              </div>
            ),
        )
      )}
    </>
  );
}
