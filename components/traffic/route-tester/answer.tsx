'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { GatewayRoute, Protocol, Route } from '@/lib/mesh/model';
import type { Decision, Why } from '@/lib/mesh/routing/decide';
import { Mark } from './mark';
import { RouteTargets } from './route-targets';
import { routeName } from './route-name';
import styles from './route-tester.module.css';

type AnyRoute = Route | GatewayRoute;

/** Which route it is, or that there is none and what is missing; and what this rests on that nobody here knows. */
export function Answer({
  decision,
  onFit,
  onOpen,
  onSelect,
}: {
  decision: Decision<AnyRoute>;
  onFit: (route: AnyRoute) => (() => void) | undefined;
  /** Shows a route of a router with its weights. */
  onOpen: (route: Route) => void;
  onSelect: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  const { route, why, closest, doubts, request } = decision;
  const fit = closest && onFit(closest.route);
  const path = /^[^?#]*/.exec(request.path)?.[0];
  return (
    <div className={styles.answer} data-taken={route !== undefined} role="status">
      <p className={styles.verdict}>
        <Mark of={route ? 'taken' : 'passedOver'} />
        <span>
          {route
            ? t('tester.taken', { route: routeName(route) })
            : why.key !== 'taken' && t(`tester.none.${why.key}`, { protocol: request.protocol })}
        </span>
      </p>
      <p className={styles.note}>
        {whyText(why)}
        {!route && ` ${t(`tester.end.${endOf(request.protocol)}`)}`}
      </p>
      {request.protocol !== 'tcp' && request.plainPath !== path && (
        <p className={styles.note}>{t('tester.normalized', { path: request.plainPath })}</p>
      )}
      {route && !('kind' in route) && (
        <>
          <RouteTargets route={route} onSelect={onSelect} />
          <button type="button" className={styles.plain} onClick={() => onOpen(route)}>
            {t('tester.open')}
          </button>
        </>
      )}
      {closest && (
        <p>
          {t('tester.closest', {
            route: routeName(closest.route),
            missing: closest.reasons.filter(({ met }) => !met).length,
          })}{' '}
          {fit && (
            <button type="button" className={styles.plain} onClick={fit}>
              {t('tester.fit')}
            </button>
          )}
        </p>
      )}
      {doubts.map(({ key, other }) => (
        <p key={`${key} ${routeName(other)}`} className={styles.doubt}>
          {t(`tester.doubt.${key}`, { other: routeName(other) })}
        </p>
      ))}
    </div>
  );

  function whyText(of: Why): string {
    switch (of.key) {
      case 'taken':
        return t('tester.taken.position', { passed: of.position - 1 });
      case 'noneFits':
        return t('tester.none.tried', { tried: of.tried });
      case 'noRoutes':
      case 'noneSpeaks':
        return '';
      case 'noListener':
        if (of.port === undefined) return t('tester.none.protocol', { protocol: of.protocol });
        return of.other === undefined
          ? t('tester.none.port', { port: String(of.port) })
          : t('tester.none.other', { port: String(of.port), other: of.other, protocol: of.protocol });
    }
  }
}

const endOf = (protocol: Protocol) => (protocol === 'grpc' || protocol === 'tcp' ? protocol : 'http');
