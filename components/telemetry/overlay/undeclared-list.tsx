'use client';
import Button from '@cloudscape-design/components/button';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { CallTelemetry } from '@/lib/mesh/telemetry/overlay';
import { figuresText } from './quantity-text';
import styles from './inspector.module.css';

const nameOf = (key: EntityKey) => parseEntityKey(key)?.name ?? key;

/** Calls of an object that were seen and that nothing declares: who says so, and what can be done. */
export function UndeclaredList({ of, calls }: { of: EntityKey; calls: readonly CallTelemetry[] }) {
  const { t } = useSpeech();
  if (calls.length === 0) return null;
  return (
    <div className={styles.undeclared}>
      <h4>{t('overlay.undeclared.title')}</h4>
      <ul>
        {calls.map(({ source, target, observations }) => {
          const outward = source === of;
          return (
            <li key={`${source} ${target}`}>
              <p>
                {outward
                  ? t('overlay.undeclared.to', { name: nameOf(target) })
                  : t('overlay.undeclared.from', { name: nameOf(source) })}
              </p>
              {observations.map((each) => (
                <p key={each.evidence} className={styles.note}>
                  {t(`overlay.evidence.${each.evidence}`)}: {figuresText([each], t, true)}
                  {each.witnesses.map((witness) => (
                    <code key={witness} className={styles.witness}>
                      {witness}
                    </code>
                  ))}
                </p>
              ))}
              {outward && (
                <Button disabled disabledReason={t('overlay.undeclared.reason')}>
                  {t('overlay.undeclared.add')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
