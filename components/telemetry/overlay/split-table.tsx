'use client';
import { isOff } from '@/lib/client/telemetry-figures';
import { useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import { splitOf } from './split-line';
import { VerdictMark } from './verdict-mark';
import styles from './inspector.module.css';

/** What a route's targets are to get, and what they got, with the band in which the true share lies. */
export function SplitTable({ router, route }: { router: EntityKey; route: string }) {
  const { t } = useSpeech();
  const split = splitOf(useTold(router)?.splits, route);
  if (!split) return null;
  const { verdict, count, evidence, sinceMs, shares } = split;
  const percent = (amount: number) => t('overlay.ratio', { amount });
  return (
    <div className={styles.split}>
      <h4>
        {t('overlay.split')} <VerdictMark verdict={verdict} />
      </h4>
      <p className={styles.note}>{t(`overlay.verdict.hint.${verdict}`)}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('overlay.split.target')}</th>
            <th scope="col">{t('overlay.split.declared')}</th>
            <th scope="col">{t('overlay.split.observed')}</th>
          </tr>
        </thead>
        <tbody>
          {shares.map((share) => {
            const { target, declaredShare, observedShare, low, high } = share;
            const band = observedShare !== undefined && low !== undefined && high !== undefined;
            return (
              <tr key={target} data-off={isOff(share) || undefined}>
                <th scope="row">{parseEntityKey(target)?.name ?? target}</th>
                <td>{percent(declaredShare)}</td>
                <td>
                  {band
                    ? t('overlay.split.band', {
                        observed: percent(observedShare),
                        low: percent(low),
                        high: percent(high),
                      })
                    : t('overlay.unmeasured')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.note}>
        {t(`overlay.evidence.${evidence}`)}:{' '}
        {t('overlay.split.of', { count, sampled: evidence === 'xray' ? 'yes' : 'no', at: new Date(sinceMs) })}
      </p>
    </div>
  );
}
