'use client';
import { MatchList } from '@/components/ui/match-list';
import { ProtocolBadge } from '@/components/ui/protocol-badge';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { GatewayRoute } from '@/lib/mesh/model';
import { LinkTo } from './name';
import styles from './inspector.module.css';

/** The gateway routes of a gateway in the order they are tried: what each takes, where it sends it, and what it rewrites. */
export function GatewayRoutes({
  routes,
  onSelect,
}: {
  routes: readonly GatewayRoute[];
  onSelect: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  return (
    <section>
      <h3>{t('inspector.gatewayRoutes')}</h3>
      {routes.length === 0 && <p className={styles.note}>{t('topology.card.noRoutes')}</p>}
      <ol className={styles.panels}>
        {routes.map((route) => (
          <li key={route.key} className={styles.panel}>
            <h4>
              <ProtocolBadge protocol={route.protocol} />
              <span>{`${route.ref.namespace}/${route.ref.name}`}</span>
              {route.priority !== undefined && (
                <span className={styles.aside}>{t('inspector.priority', { priority: route.priority })}</span>
              )}
            </h4>
            <MatchList match={route.match} />
            <div>
              {route.target.resolution === 'unset' ? (
                <span className={styles.note}>{t('inspector.noTarget')}</span>
              ) : (
                <LinkTo to={route.target.key} onSelect={onSelect} />
              )}
              {route.targetPort !== undefined && (
                <span className={styles.edgeFacts}>{t('inspector.port', { port: route.targetPort })}</span>
              )}
            </div>
            {route.rewrite.length > 0 && (
              <p className={styles.note}>
                {t('inspector.rewrite')} <code>{route.rewrite.join(', ')}</code>
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
