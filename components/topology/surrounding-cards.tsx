'use client';
import { memo } from 'react';
import type { BackendGroup } from '@/lib/mesh/model';
import type { Surrounding } from '@/lib/mesh/topology';
import { useSpeech } from '@/lib/i18n/react';
import { CardFrame } from './card-frame';
import type { CardProps } from './card-frame';
import { Pods } from './card-lines';
import { ROW } from './card-size';
import styles from './card.module.css';

/** What a node stands on: an outside host, a Service of the cluster, or what runs its pods. */
export const SurroundingCard = memo(function SurroundingCard(
  props: CardProps & { surrounding: Surrounding },
) {
  const { t } = useSpeech();
  const { surrounding } = props;
  return (
    <CardFrame {...props}>
      <p className={styles.line} style={{ height: ROW.line }}>
        {surrounding.kind === 'workload' ? (
          <>
            <span className={styles.cut} title={surrounding.ownerKind}>
              {surrounding.ownerKind}
            </span>
            <Pods workload={surrounding} />
          </>
        ) : (
          <span className={styles.cut}>
            {surrounding.kind === 'host' ? t(`topology.card.${surrounding.cause}`) : surrounding.namespace}
          </span>
        )}
      </p>
    </CardFrame>
  );
});

/** A backend group that no node uses. */
export const BackendGroupCard = memo(function BackendGroupCard(props: CardProps & { group: BackendGroup }) {
  const { t } = useSpeech();
  return (
    <CardFrame {...props}>
      <p className={styles.line} style={{ height: ROW.line }}>
        <span className={styles.cut}>
          {t('topology.card.unusedGroup', { count: props.group.members.length })}
        </span>
      </p>
    </CardFrame>
  );
});
