'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { SeenTarget } from '@/lib/mesh/weights';
import { hidden } from '@/components/ui/hidden';
import { TargetSwatch } from './target-swatch';
import styles from './review.module.css';

const total = (targets: readonly SeenTarget[]) => targets.reduce((sum, { weight }) => sum + weight, 0);

/** Before → after, target by target: shares, the weights as written, and the difference in points. */
export function ReviewChange({
  names,
  before,
  after,
}: {
  names: readonly string[];
  before: readonly SeenTarget[];
  after: readonly SeenTarget[];
}) {
  const { t } = useSpeech();
  const [wasTotal, isTotal] = [total(before), total(after)];
  const share = (weight: number, of: number) => (of > 0 ? weight / of : 0);
  return (
    <table className={styles.table}>
      <caption className={hidden}>{t('traffic.review.change')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('traffic.editor.target')}</th>
          <th scope="col">{t('traffic.review.before')}</th>
          <th scope="col" aria-hidden="true" />
          <th scope="col">{t('traffic.review.after')}</th>
          <th scope="col">{t('traffic.review.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {after.map(({ weight }, i) => {
          const was = before[i]?.weight ?? 0;
          const [from, to] = [share(was, wasTotal), share(weight, isTotal)];
          return (
            <tr key={i} data-changed={from === to ? undefined : ''}>
              <th scope="row">
                <span className={styles.target}>
                  <TargetSwatch index={i} />
                  {names[i]}
                </span>
              </th>
              <Share share={from} weight={was} />
              <td aria-hidden="true">→</td>
              <Share share={to} weight={weight} />
              <td className={styles.difference}>
                {t('traffic.review.pp', { points: Math.round((to - from) * 1000) / 10 })}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Share({ share, weight }: { share: number; weight: number }) {
  const { t } = useSpeech();
  const odd = Math.round(share * 1000) !== weight * 10;
  return (
    <td>
      {t('traffic.share', { share })}
      {odd && <span className={styles.raw}> {t('traffic.editor.raw', { weight })}</span>}
    </td>
  );
}
