'use client';
import { useRef } from 'react';
import { useViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import type { Route, Router } from '@/lib/mesh/model';
import { beginDraft, dividerRange, sameTargets, seenTargets } from '@/lib/mesh/weights';
import { Divider } from './divider';
import { useRouteDraft } from './drafts';
import { OwnerMark } from './owner-mark';
import { dividerOffsets, viewRoute } from './route-view';
import type { RouteView } from './route-view';
import { targetLook } from './target-swatch';
import { routeWritability } from './writability';
import type { Reason } from './writability';
import styles from './weight-bar.module.css';

export interface WeightBarProps {
  router: Router;
  route: Route;
  writable: true | Reason;
  /** Where a review can be asked for beside the bar (on the graph); the editor has a button of its own. */
  withReview?: boolean;
}

/** Labels are left out where they would not fit: below so many percent of the bar. */
const LABEL_FROM = 14;

/**
 * The weights of a route as one stacked bar. With a draft, the draft stands above what is live on the same track. The
 * dividers are dragged or moved with the arrow keys; nothing is sent by either.
 */
export function WeightBar({ router, route, writable, withReview = true }: WeightBarProps) {
  const { t, locale } = useSpeech();
  const track = useRef<HTMLDivElement>(null);
  const { draft, change, put } = useRouteDraft(router, route);
  const view = viewRoute(route, draft);
  const allowed = routeWritability(writable, route);
  const drafted = view.changed;
  // What a divider would move: the draft, or the one that would be begun.
  const fits = draft !== undefined && sameTargets(draft.base.targets, seenTargets(route));
  const handled = fits ? draft : beginDraft(router, route);
  const places = view.targets.slice(1).map((_, i) => dividerRange(handled, i));
  const offsets = dividerOffsets(places.map(({ at }) => at));
  const spoken = new Intl.ListFormat(locale, { type: 'unit' }).format(
    view.targets.map(({ name, share, points }) =>
      drafted
        ? t('traffic.bar.targetDrafted', { name, share, points })
        : t('traffic.bar.target', { name, share }),
    ),
  );
  const label =
    view.targets.length === 0
      ? t('traffic.bar.empty')
      : t('traffic.bar', { route: route.name, targets: view.allZero ? t('traffic.bar.none') : spoken });
  const reason = allowed === true ? undefined : t(`traffic.reason.${allowed.code}`, allowed.values);

  return (
    <div className={`${styles.bar} nodrag nopan`} role="group" aria-label={label}>
      <div
        ref={track}
        className={styles.track}
        data-drafted={drafted || undefined}
        title={reason === undefined ? label : `${label}\n${reason}`}
      >
        {drafted && <Segments view={view} of="draft" />}
        {view.targets.length > 0 && !view.allZero && <Segments view={view} of="live" plain={drafted} />}
        {!drafted && (view.allZero || view.targets.length === 0) && (
          <div className={styles.none}>
            <span>{t(view.allZero ? 'traffic.bar.none' : 'traffic.bar.empty')}</span>
          </div>
        )}
        {places.map((range, i) => (
          <Divider
            key={i}
            index={i}
            range={range}
            offset={offsets[i] ?? 0}
            left={view.targets[i]?.name ?? ''}
            right={view.targets[i + 1]?.name ?? ''}
            valueText={spoken}
            reason={reason}
            track={track}
            draft={draft}
            current={handled}
            change={change}
            restore={put}
          />
        ))}
      </div>
      {withReview && <OwnerMark owner={router.ownership} namespace={router.ref.namespace} plain />}
      {withReview && drafted && <ReviewButton router={router} route={route} moved={view.moved !== 'no'} />}
    </div>
  );
}

function Segments({ view, of, plain = false }: { view: RouteView; of: 'draft' | 'live'; plain?: boolean }) {
  const { t } = useSpeech();
  return (
    <div className={`${styles.layer} ${styles[of]}`} aria-hidden="true">
      {view.targets.map(({ share, points }, i) => {
        const percent = of === 'draft' ? points : share * 100;
        const look = targetLook(i);
        return (
          <div
            key={i}
            className={`${styles.segment} ${look.className}`}
            style={{ ...look.style, width: `${percent}%` }}
          >
            {!plain && percent >= LABEL_FROM && (
              <span className={styles.label}>
                {of === 'draft' ? t('traffic.points', { points }) : t('traffic.share', { share })}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

function ReviewButton({ router, route, moved }: { router: Router; route: Route; moved: boolean }) {
  const { t } = useSpeech();
  const [, setView] = useViewState();
  const { askReview } = useRouteDraft(router, route);
  const label = t('traffic.bar.review', { route: route.name });
  return (
    <button
      type="button"
      className={`${styles.review} ${moved ? styles.moved : ''}`}
      aria-label={moved ? `${label} (${t('traffic.bar.moved')})` : label}
      title={moved ? t('traffic.bar.moved') : label}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        // The inspector shows the router's editor, and that opens the review.
        setView({ selected: router.key, route: route.name });
        askReview({ of: 'draft' });
      }}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path
          d={moved ? 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12h.01' : 'M2 8.5l4 4L14 4'}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </button>
  );
}
