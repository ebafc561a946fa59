'use client';
import { useMemo } from 'react';
import { ProtocolBadge } from '@/components/ui/protocol-badge';
import { MatchList } from '@/components/ui/match-list';
import { matchText } from '@/components/ui/match-text';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useOffer } from '@/lib/client/use-actions';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Route, Router } from '@/lib/mesh/model';
import { ChangeProgress } from './change-progress';
import type { Proposal } from './change-request';
import { useRouteDraft } from './drafts';
import { ReviewSheet } from './review-sheet';
import { RouteEdits } from './edits/route-edits';
import { RouteHistory } from './route-history';
import { historyOf, undoable, withSession } from './undo';
import { ShiftEntry } from './shifts/shift-entry';
import { SplitTable } from '@/components/telemetry/overlay/split-table';
import { WeightBar } from './weight-bar';
import { WeightEditor } from './weight-editor';
import { routeWritability } from './writability';
import type { Reason } from './writability';
import styles from './route-panel.module.css';

export interface RoutePanelProps {
  source: string;
  stream: MeshStream;
  router: Router;
  route: Route;
  writable: true | Reason;
  open: boolean;
  onToggle: () => void;
  onSelect: (key: EntityKey) => void;
}

/** One route of a router: its weights as a bar, and, opened, everything to change them and to take a change back. */
export function RoutePanel({
  source,
  stream,
  router,
  route,
  writable,
  open,
  onToggle,
  onSelect,
}: RoutePanelProps) {
  const match = matchText(route.match);
  // A short match fits into the heading; a long one is told below it, where it may wrap.
  const long = route.match.length > 1 || match.length > 24;
  return (
    <section className={styles.panel} data-open={open || undefined}>
      <h4 className={styles.title}>
        <button type="button" className={styles.head} aria-expanded={open} onClick={onToggle}>
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
            <path
              d={open ? 'M1 3l4 4 4-4' : 'M3 1l4 4-4 4'}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.6"
            />
          </svg>
          <ProtocolBadge protocol={route.protocol} />
          <span className={styles.name}>{route.name}</span>
          {!(open && long) && (
            <code className={styles.match} title={match}>
              {match}
            </code>
          )}
        </button>
      </h4>
      {open && long && <MatchList match={route.match} />}
      {open ? (
        <Opened
          source={source}
          stream={stream}
          router={router}
          route={route}
          writable={writable}
          onSelect={onSelect}
        />
      ) : (
        <WeightBar router={router} route={route} writable={writable} />
      )}
    </section>
  );
}

function Opened({
  source,
  stream,
  router: shown,
  route,
  writable,
  onSelect,
}: Omit<RoutePanelProps, 'open' | 'onToggle'>) {
  const { t } = useSpeech();
  const held = useRouteDraft(shown, route);
  const router = useMemo(() => withSession(shown, held.history), [shown, held.history]);
  const { draft, review, askReview, outcome } = held;
  const [newest] = historyOf(router, route.name);
  const allowed = routeWritability(writable, route);
  const reason = allowed === true ? undefined : t(`traffic.reason.${allowed.code}`, allowed.values);
  const recorded = undoable(router, route, newest);
  const undo = () => {
    if (newest) askReview({ of: 'undo', entry: newest.id });
  };
  useOffer([
    {
      id: `undo ${router.key} ${route.name}`,
      label: 'traffic.undo.action',
      values: { router: router.ref.name, route: route.name },
      shortcut: 'u',
      // A second press would put the change back that was just taken back; that takes a look and a button.
      enabled:
        reason ??
        (recorded !== true
          ? t(`traffic.undo.${recorded}`)
          : newest?.undoOf === undefined || t('traffic.undo.undone')),
      run: undo,
    },
  ]);
  const proposal = ((): Proposal | undefined => {
    if (review?.of === 'draft') return draft && { kind: 'draft', draft };
    // The change that was looked at, and never another that has become the newest meanwhile.
    const entry = review && router.history.find(({ id }) => id === review.entry);
    return entry && { kind: 'undo', entry };
  })();
  return (
    <>
      <Policies route={route} />
      <WeightEditor stream={stream} router={router} route={route} writable={writable} onSelect={onSelect} />
      <ShiftEntry source={source} router={router} route={route} />
      <RouteEdits source={source} stream={stream} router={router} route={route} writable={writable} />
      <SplitTable router={router.key} route={route.name} />
      {outcome && (
        <ChangeProgress
          outcome={outcome}
          router={router}
          route={route}
          stream={stream}
          onSettle={held.settle}
        />
      )}
      <RouteHistory router={router} route={route} reason={reason} onUndo={undo} />
      {proposal && (
        <ReviewSheet
          source={source}
          router={router}
          route={route}
          proposal={proposal}
          writable={allowed}
          onClose={() => askReview(undefined)}
        />
      )}
    </>
  );
}

const durationText = ({ amount, unit }: { amount: number; unit: string }) => `${amount} ${unit}`;

/** Priority, retries and timeouts, where the route has any. */
function Policies({ route: { priority, retry, timeout } }: { route: Route }) {
  const { t } = useSpeech();
  const facts = [
    ...(priority === undefined ? [] : [t('traffic.route.priority', { priority })]),
    ...(retry === undefined
      ? []
      : [
          t('traffic.route.retry', {
            retries: retry.maxRetries,
            per: durationText(retry.perRetryTimeout),
            events: retry.events.join(', '),
          }),
        ]),
    ...(timeout?.perRequest === undefined
      ? []
      : [t('traffic.route.timeout', { after: durationText(timeout.perRequest) })]),
    ...(timeout?.idle === undefined ? [] : [t('traffic.route.idle', { after: durationText(timeout.idle) })]),
  ];
  if (facts.length === 0) return null;
  return (
    <ul className={styles.policies}>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}
