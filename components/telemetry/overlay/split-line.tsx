'use client';
import { isOff } from '@/lib/client/telemetry-figures';
import { useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeasuredShare, Split } from '@/lib/mesh/telemetry/overlay';
import { VerdictMark } from './verdict-mark';
import styles from './overlay.module.css';

/** The split that says most of a route: of who sees every request, else of samples. */
export function splitOf(splits: readonly Split[] | undefined, route: string): Split | undefined {
  const own = splits?.filter((split) => split.route === route && split.shares.length > 1);
  return own?.find(({ evidence }) => evidence === 'cloudwatch') ?? own?.[0];
}

/** The target one looks at first: the one that is off the most, else the smallest that is sent anything. */
export function tellingShare({ shares }: Split): MeasuredShare | undefined {
  const seen = shares.filter(({ observedShare }) => observedShare !== undefined);
  const away = ({ declaredShare, observedShare = declaredShare }: MeasuredShare) =>
    Math.abs(declaredShare - observedShare);
  const off = seen.filter(isOff).sort((a, b) => away(b) - away(a))[0];
  return (
    off ??
    seen.filter(({ weight }) => weight > 0).sort((a, b) => a.declaredShare - b.declaredShare)[0] ??
    seen[0]
  );
}

/** What a route's targets got, in one line under its bar. Nothing where nothing is known. */
export function SplitLine({ router, route }: { router: EntityKey; route: string }) {
  const { t } = useSpeech();
  const split = splitOf(useTold(router)?.splits, route);
  if (!split) return null;
  const share = tellingShare(split);
  const percent = (amount: number) => t('overlay.ratio', { amount });
  return (
    <p
      className={styles.splitLine}
      data-verdict={split.verdict}
      title={t(`overlay.verdict.hint.${split.verdict}`)}
    >
      <VerdictMark verdict={split.verdict} />
      {share?.observedShare !== undefined && share.low !== undefined && share.high !== undefined && (
        <span className={styles.cut}>
          {t('overlay.split.short', {
            name: parseEntityKey(share.target)?.name ?? share.target,
            observed: percent(share.observedShare),
            low: percent(share.low),
            high: percent(share.high),
            count: split.count,
          })}
        </span>
      )}
    </p>
  );
}
