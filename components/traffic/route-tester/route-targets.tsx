'use client';
import { LinkTo } from '@/components/inspector/name';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Route } from '@/lib/mesh/model';
import { TargetSwatch } from '../target-swatch';
import styles from './route-tester.module.css';

/** Where a route sends what it takes, with the shares. A target that gets nothing is not there. */
export function RouteTargets({ route, onSelect }: { route: Route; onSelect: (key: EntityKey) => void }) {
  const { t } = useSpeech();
  const used = route.targets
    .map((target, index) => ({ target, index }))
    .filter(({ target }) => target.weight > 0);
  if (used.length === 0) return <p className={styles.doubt}>{t('tester.noTargets')}</p>;
  return (
    <ul className={styles.targets} aria-label={t('tester.targets')}>
      {used.map(({ target, index }) => (
        <li key={index}>
          <TargetSwatch index={index} />
          <b>{t('traffic.share', { share: target.share })}</b>
          <LinkTo to={target.key} onSelect={onSelect} />
        </li>
      ))}
    </ul>
  );
}
