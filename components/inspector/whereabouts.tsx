'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Viewed } from '@/lib/mesh/view/spec';
import { LinkTo } from './name';
import styles from './inspector.module.css';

/** Why the selected object is not drawn as a card, and what tells of it in its place. Nothing where it is drawn. */
export function Whereabouts({
  of,
  viewed,
  collapsedIn,
  onSelect,
}: {
  of: EntityKey;
  viewed: Pick<Viewed, 'why' | 'carried'> | undefined;
  /** The collapsed box it is in. */
  collapsedIn: string | undefined;
  onSelect: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  const by = viewed?.why.get(of);
  if (by === undefined)
    return collapsedIn === undefined ? null : (
      <p className={styles.note}>{t('inspector.where.collapsed', { name: collapsedIn })}</p>
    );
  const carriers = [...(viewed?.carried ?? [])].flatMap(([carrier, keys]) =>
    keys.includes(of) && !viewed?.why.has(carrier) ? [carrier] : [],
  );
  return (
    <div className={styles.note}>
      {t(`inspector.where.${by}`)}
      {carriers.length > 0 && (
        <>
          {' '}
          {t('inspector.where.carriers')}
          <ul className={styles.links}>
            {carriers.map((key) => (
              <li key={key}>
                <LinkTo to={key} onSelect={onSelect} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
