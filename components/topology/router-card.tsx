'use client';
import { memo } from 'react';
import { SplitLine } from '@/components/telemetry/overlay/split-line';
import { ShiftSign } from '@/components/traffic/shifts/shift-sign';
import { WeightBar } from '@/components/traffic/weight-bar';
import type { Route, Router } from '@/lib/mesh/model';
import { useSpeech } from '@/lib/i18n/react';
import { CardFrame } from './card-frame';
import type { CardProps } from './card-frame';
import { ROW } from './card-size';
import { matchText } from '@/components/ui/match-text';
import { ProtocolBadge } from '@/components/ui/protocol-badge';
import { useTopologyScope } from './topology-context';
import { useWritable } from './use-writable';
import styles from './card.module.css';

/** A VirtualRouter with a row per route: protocol, match, and the bar of its weights. */
export const RouterCard = memo(function RouterCard(props: CardProps & { router: Router }) {
  const { t } = useSpeech();
  const { router } = props;
  return (
    <CardFrame {...props}>
      {router.routes.length === 0 ? (
        <p className={styles.empty} style={{ height: ROW.router }}>
          {t('topology.card.noRoutes')}
        </p>
      ) : (
        <RouteRows router={router} gone={props.card.goneAt !== undefined} />
      )}
    </CardFrame>
  );
});

function RouteRows({ router, gone }: { router: Router; gone: boolean }) {
  const writable = useWritable(router, gone);
  return (
    <ul className={styles.rows}>
      {router.routes.map((route) => (
        <RouteRow key={route.name} router={router} route={route} writable={writable} />
      ))}
    </ul>
  );
}

function RouteRow({
  router,
  route,
  writable,
}: {
  router: Router;
  route: Route;
  writable: ReturnType<typeof useWritable>;
}) {
  const { t } = useSpeech();
  const { select, source } = useTopologyScope();
  const match = matchText(route.match);
  return (
    <li className={styles.routeRow} style={{ height: ROW.router }}>
      <button
        type="button"
        className={`${styles.routeHead} nodrag`}
        onClick={(event) => {
          event.stopPropagation();
          select(router.key, route.name);
        }}
      >
        <ProtocolBadge protocol={route.protocol} />
        <span className={styles.routeName}>{route.name}</span>
        <code className={styles.match} title={match}>
          {route.protocol === 'unknown' ? t('topology.card.unknownRoute') : match}
        </code>
      </button>
      <ShiftSign source={source} owner={router.ownership} />
      <div className="nodrag nopan">
        <WeightBar router={router} route={route} writable={writable} />
        <SplitLine router={router.key} route={route.name} />
      </div>
    </li>
  );
}
