'use client';
import { memo } from 'react';
import type { Service } from '@/lib/mesh/model';
import { useSpeech } from '@/lib/i18n/react';
import { CardFrame } from './card-frame';
import type { CardProps } from './card-frame';
import { ROW } from './card-size';
import styles from './card.module.css';

/** A VirtualService: its host name; whoever answers for it hangs on its edge. */
export const ServiceCard = memo(function ServiceCard(props: CardProps & { service: Service }) {
  const { t } = useSpeech();
  const { hostname, provider } = props.service;
  return (
    <CardFrame {...props}>
      <p className={styles.line} style={{ height: ROW.line }}>
        {provider.kind === 'none' ? (
          <span className={styles.tone} data-tone="warning">
            {t('topology.card.noProvider')}
          </span>
        ) : (
          <code className={styles.cut} title={hostname}>
            {hostname}
          </code>
        )}
      </p>
    </CardFrame>
  );
});
