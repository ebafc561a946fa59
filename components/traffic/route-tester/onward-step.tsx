'use client';
import { LinkTo } from '@/components/inspector/name';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { GatewayRoute } from '@/lib/mesh/model';
import type { Onward } from '@/lib/mesh/routing/forward';
import { RouteTargets } from './route-targets';
import styles from './route-tester.module.css';

/** The way on behind a gateway: what the request is there, and which route of the service's router takes it. */
export function OnwardStep({
  route,
  onward: { request, service, router, node },
  onOpen,
  onSelect,
}: {
  route: GatewayRoute;
  onward: Onward;
  /** Tests the request at the router. */
  onOpen: () => void;
  onSelect: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  const { protocol, method, host, path } = request;
  return (
    <section>
      <h3>{t('tester.onward')}</h3>
      <ol className={styles.steps}>
        <li>
          <LinkTo to={route.target.key} onSelect={onSelect} />
          <p className={styles.sent}>
            <span>{t('tester.onward.as')}</span>
            <code>{protocol === 'grpc' ? `${host}${path}` : `${method} ${host}${path}`}</code>
          </p>
          {!service && <p className={styles.note}>{t('tester.onward.unknown')}</p>}
          {service?.provider.kind === 'none' && (
            <p className={styles.doubt}>{t('tester.onward.noProvider')}</p>
          )}
        </li>
        {router && (
          <li>
            <LinkTo to={router.entity.key} onSelect={onSelect} />
            <p>
              {router.decision.route
                ? t('tester.onward.route', { route: router.decision.route.name })
                : t('tester.onward.none')}{' '}
              <button type="button" className={styles.plain} onClick={onOpen}>
                {t('tester.onward.open')}
              </button>
            </p>
            {router.decision.route && <RouteTargets route={router.decision.route} onSelect={onSelect} />}
          </li>
        )}
        {node && (
          <li>
            <LinkTo to={node.key} onSelect={onSelect} />
            <p className={styles.note}>{t('tester.onward.node')}</p>
          </li>
        )}
        {service && service.provider.kind !== 'none' && !router && !node && (
          <li>
            {service.provider.target && <LinkTo to={service.provider.target.key} onSelect={onSelect} />}
            <p className={styles.note}>{t('tester.onward.unknown')}</p>
          </li>
        )}
      </ol>
    </section>
  );
}
