'use client';
import { conditionText } from '@/components/ui/match-text';
import { ProtocolBadge } from '@/components/ui/protocol-badge';
import { useSpeech } from '@/lib/i18n/react';
import type { GatewayRoute, Protocol, Route } from '@/lib/mesh/model';
import type { Considered, Reason } from '@/lib/mesh/routing/decide';
import { Mark } from './mark';
import { reasonText } from './reason-text';
import { routeName } from './route-name';
import styles from './route-tester.module.css';

type AnyRoute = Route | GatewayRoute;

/** Every route in the order in which they are tried: what it asks for, and what of that the request has. */
export function ConsideredList({
  considered,
  protocol,
  onFit,
}: {
  considered: readonly Considered<AnyRoute>[];
  /** Of the request. */
  protocol: Protocol;
  /** Changes the request so that the route takes it; `undefined` where nobody can say how. */
  onFit: (route: AnyRoute) => (() => void) | undefined;
}) {
  const { t } = useSpeech();
  const tried = considered.filter(({ outcome }) => outcome !== 'aside');
  const others = considered.filter(({ outcome }) => outcome === 'aside');
  return (
    <>
      <ol className={styles.considered}>
        {tried.map((each) => (
          <Candidate key={routeName(each.route)} candidate={each} onFit={onFit} />
        ))}
      </ol>
      {others.length > 0 && (
        <details className={styles.others}>
          <summary>{t('tester.aside', { count: others.length, protocol })}</summary>
          <ul className={styles.considered}>
            {others.map((each) => (
              <Candidate key={routeName(each.route)} candidate={each} onFit={onFit} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Candidate({
  candidate: { route, outcome, fits, reasons },
  onFit,
}: {
  candidate: Considered<AnyRoute>;
  onFit: (route: AnyRoute) => (() => void) | undefined;
}) {
  const { t } = useSpeech();
  const name = routeName(route);
  const fit = fits ? undefined : onFit(route);
  return (
    <li data-outcome={outcome}>
      <div className={styles.candidate}>
        <Mark of={outcome} />
        <ProtocolBadge protocol={route.protocol} />
        <b>{name}</b>
        <span className={styles.aside}>
          {route.priority !== undefined
            ? t('inspector.priority', { priority: route.priority })
            : t('kind' in route ? 'tester.priority.last' : 'tester.priority.none')}
        </span>
      </div>
      <p className={styles.outcome}>
        {t(`tester.outcome.${outcome}`)}
        {outcome === 'notReached' && (
          <span className={styles.aside}>{t(fits ? 'tester.fits' : 'tester.fitsNot')}</span>
        )}
      </p>
      {reasons.length === 0 ? (
        <p className={styles.note}>{t('tester.anything')}</p>
      ) : (
        <ul className={styles.reasons}>
          {reasons.map((reason, n) => (
            <ReasonLine key={n} reason={reason} />
          ))}
        </ul>
      )}
      {fit && (
        <button
          type="button"
          className={styles.plain}
          aria-label={t('tester.fit.of', { route: name })}
          onClick={fit}
        >
          {t('tester.fit')}
        </button>
      )}
    </li>
  );
}

function ReasonLine({ reason }: { reason: Reason }) {
  const { t } = useSpeech();
  const why = reasonText(reason, t);
  return (
    <li data-met={reason.met}>
      <Mark of={reason.met ? 'met' : 'unmet'} />
      <span>
        {'condition' in reason && <code>{conditionText(reason.condition)}</code>}
        {'condition' in reason && why !== undefined && ' — '}
        {why}
      </span>
    </li>
  );
}
