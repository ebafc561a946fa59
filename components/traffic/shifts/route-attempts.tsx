'use client';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { likeShiftPath, shiftPath } from '@/components/shell/addresses';
import { YamlDiffView } from '@/components/traffic/yaml-diff-view';
import type { ListedShift, ShownShift } from '@/lib/api/shifts';
import { shiftOptions, shiftsOptions } from '@/lib/client/shifts';
import { useSpeech } from '@/lib/i18n/react';
import type { ShiftSpec } from '@/lib/shifts';
import { durationText } from './duration';
import { PhaseBadge } from './phase-badge';
import { likeSpec } from './templates';
import styles from './shifts.module.css';

/** Whether two shifts move a route in common. */
export const movesSame = (
  one: Pick<ListedShift, 'namespace' | 'routes'>,
  other: Pick<ListedShift, 'namespace' | 'routes'>,
): boolean =>
  one.namespace === other.namespace &&
  one.routes.some((a) => other.routes.some((b) => a.router === b.router && a.route === b.route));

/** The other shifts of the same route, newest first, and what one of them asked for otherwise. */
export function RouteAttempts({ source, shift }: { source: string; shift: ShownShift }) {
  const { t } = useSpeech();
  const { data } = useQuery(shiftsOptions(source));
  const [compared, setCompared] = useState<string>();
  const self = { namespace: shift.namespace, routes: shift.spec.routes };
  const others = (data?.shifts ?? []).filter((each) => each.uid !== shift.uid && movesSame(each, self));
  return (
    <>
      <h2>{t('shifts.attempts')}</h2>
      <p className={styles.muted}>
        {t(others.length === 0 ? 'shifts.attempts.none' : 'shifts.attempts.text')}
      </p>
      <ul className={styles.history} aria-label={t('shifts.attempts')}>
        {others.map((each) => (
          <li key={each.uid}>
            <div className={styles.head}>
              <Link href={shiftPath(source, each.namespace, each.name)}>{each.name}</Link>
              <PhaseBadge phase={each.phase} />
              <span className={styles.muted}>{summary(each, t)}</span>
              <Button
                ariaExpanded={compared === each.name}
                onClick={() => setCompared(compared === each.name ? undefined : each.name)}
              >
                {t('shifts.attempts.compare', { name: each.name })}
              </Button>
              <Link href={likeShiftPath(source, each, false)}>
                {t('shifts.attempts.again', { name: each.name })}
              </Link>
              {each.phase === 'Succeeded' && (
                <Link href={likeShiftPath(source, each, true)}>
                  {t('shifts.attempts.swap', { name: each.name })}
                </Link>
              )}
            </div>
            {compared === each.name && <Comparison source={source} other={each} spec={shift.spec} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function summary(
  { createdAt, startedAt = createdAt, finishedAt }: ListedShift,
  t: ReturnType<typeof useSpeech>['t'],
): string {
  const began = t('shifts.date', { at: new Date(startedAt) });
  if (finishedAt === undefined) return began;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return `${began} · ${t('shifts.attempts.lasted', { duration: durationText(seconds, t) })}`;
}

/** What two attempts asked for, without who asked and what was asked of them later. */
function Comparison({ source, other, spec }: { source: string; other: ListedShift; spec: ShiftSpec }) {
  const { t } = useSpeech();
  const { name } = other;
  const read = useQuery(shiftOptions(source, other.namespace, name));
  const texts = useQuery({
    queryKey: ['shiftTexts', read.data?.shift.spec, spec],
    enabled: read.data !== undefined,
    queryFn: async () => {
      const { stringify } = await import('yaml');
      const text = (of: ShiftSpec) =>
        stringify(likeSpec(of, false), { sortMapEntries: true, aliasDuplicateObjects: false });
      return { before: text(read.data?.shift.spec ?? spec), after: text(spec) };
    },
  });
  if (texts.data === undefined) return null;
  if (texts.data.before === texts.data.after) return <p>{t('shifts.attempts.same', { name })}</p>;
  return (
    <section aria-label={t('shifts.attempts.diff', { name })}>
      <p className={styles.muted}>{t('shifts.attempts.diff', { name })}</p>
      <YamlDiffView {...texts.data} />
    </section>
  );
}
