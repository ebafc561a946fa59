'use client';
import { memo } from 'react';
import type { GatewayCard as Gateway } from '@/lib/mesh/topology';
import { useSpeech } from '@/lib/i18n/react';
import { CardFrame } from './card-frame';
import type { CardProps } from './card-frame';
import { gatewayRowHeight } from './card-size';
import { ListenersLine } from './card-lines';
import { matchLines } from './gateway-rows';
import { matchText } from '@/components/ui/match-text';
import { ProtocolBadge } from '@/components/ui/protocol-badge';
import styles from './card.module.css';

/** A VirtualGateway with its gateway routes as rows. */
export const GatewayCard = memo(function GatewayCard(props: CardProps & { gateway: Gateway }) {
  const { t } = useSpeech();
  const { gateway } = props;
  return (
    <CardFrame {...props}>
      <ListenersLine listeners={gateway.listeners} workload={gateway.workload} />
      {gateway.rows.length === 0 ? (
        <p className={styles.empty}>{t('topology.card.noRoutes')}</p>
      ) : (
        <ul className={styles.rows}>
          {gateway.rows.map((row) => (
            <li key={row.key} className={styles.row} style={{ height: gatewayRowHeight(row) }}>
              <ProtocolBadge protocol={row.protocol} />
              <code className={styles.matchLines} title={`${row.ref.name}: ${matchText(row.match)}`}>
                {matchLines(row.match).join('\n')}
              </code>
            </li>
          ))}
        </ul>
      )}
    </CardFrame>
  );
});
