'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTelemetryAnswer } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import type { Route, Router } from '@/lib/mesh/model';
import type { Split } from '@/lib/mesh/telemetry/overlay';

const LOOK: Record<Split['verdict'], StatusIndicatorProps.Type> = {
  agrees: 'success',
  differs: 'warning',
  tooFew: 'in-progress',
  mixed: 'info',
};
/** Clocks of the browser and of who wrote the change may differ by as much. */
const TOLERANCE_MS = 2_000;

/** The last stage of a change: what its targets got since, as far as it was measured. */
export function ObservedShares({
  router,
  route,
  sinceMs,
}: {
  router: Router;
  route: Route;
  sinceMs: number;
}) {
  const { t } = useSpeech();
  const answer = useTelemetryAnswer();
  if (!answer) return <StatusIndicator type="info">{t('traffic.progress.unobserved')}</StatusIndicator>;
  const split = answer.telemetry.splits.find(
    (each) =>
      each.router === router.key && each.route === route.name && each.sinceMs >= sinceMs - TOLERANCE_MS,
  );
  if (!split || split.count === 0)
    return <StatusIndicator type="in-progress">{t('traffic.progress.unseenYet')}</StatusIndicator>;
  const names = new Map(route.targets.map(({ key, name }) => [key, name]));
  const shares = split.shares
    .map(({ target, observedShare = 0 }) =>
      t('traffic.progress.share', { target: names.get(target) ?? target, share: observedShare }),
    )
    .join(' · ');
  return (
    <StatusIndicator type={LOOK[split.verdict]}>
      {t('traffic.progress.observed', {
        shares,
        count: split.count,
        verdict: t(`overlay.verdict.${split.verdict}`),
      })}
    </StatusIndicator>
  );
}
