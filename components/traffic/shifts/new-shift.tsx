'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { shiftsPath } from '@/components/shell/addresses';
import { EmptyPage } from '@/components/shell/empty-page';
import { shiftsOptions } from '@/lib/client/shifts';
import { useSpeech } from '@/lib/i18n/react';
import { stepsOf } from '@/lib/shifts';
import { StartReview } from './start-review';
import { StepsForm } from './steps-form';
import { StepsPicture } from './steps-picture';
import { STRATEGIES, TEMPLATES } from './templates';
import type { Draft } from './templates';
import { useShiftableRoutes } from './use-routes';
import type { ShiftableRoute } from './use-routes';
import styles from './shifts.module.css';

/** Puts a TrafficShift together: route, plan, what is judged; and shows what would come of it before it is sent. */
export function NewShift({ source, router, route }: { source: string; router: string; route: string }) {
  const { t } = useSpeech();
  const routes = useShiftableRoutes(source);
  const existing = useQuery(shiftsOptions(source));
  if (routes === undefined || existing.isPending)
    return <EmptyPage busy title={t('shifts.loading')} text="" />;
  if (routes.length === 0)
    return <EmptyPage title={t('shifts.form.noRoutes')} text={t('shifts.form.noRoutes.text')} />;
  const taken = new Set(existing.data?.shifts.map(({ name }) => name));
  return <Form source={source} routes={routes} router={router} route={route} taken={taken} />;
}

/** A free name that says what moves. */
function nameFor(to: string, taken: ReadonlySet<string>): string {
  const base = (to.split('/').at(-1) ?? 'shift').slice(0, 50);
  for (let n = 1; ; n += 1) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}

/** From the target with most traffic to the first of the others. */
function pairOf({ targets }: ShiftableRoute): { from: string; to: string } {
  const [from] = [...targets].sort((a, b) => b.weight - a.weight);
  const to = targets.find(({ node }) => node !== from?.node);
  return { from: from?.node ?? '', to: to?.node ?? '' };
}

const idOf = ({ router, route }: { router: string; route: string }) => `${router} ${route}`;

function Form({
  source,
  routes,
  router,
  route,
  taken,
}: {
  source: string;
  routes: readonly ShiftableRoute[];
  router: string;
  route: string;
  taken: ReadonlySet<string>;
}) {
  const { t } = useSpeech();
  const begin = (of: ShiftableRoute | undefined) => {
    const pair = of ? pairOf(of) : { from: '', to: '' };
    return {
      router: of?.router ?? '',
      route: of?.route ?? '',
      ...pair,
      name: nameFor(pair.to, taken),
    };
  };
  const [draft, setDraft] = useState<Draft>(() => ({
    ...begin(routes.find((each) => idOf(each) === idOf({ router, route })) ?? routes[0]),
    ...{ strategy: STRATEGIES.standard, analysed: true, acknowledged: false, reason: '' },
  }));
  const put = (patch: Partial<Draft>) => setDraft((now) => ({ ...now, ...patch }));
  const chosen = routes.find((each) => idOf(each) === idOf(draft));
  const nodes = chosen?.targets ?? [];
  return (
    <div className={styles.page} role="region" aria-label={t('shifts.new')}>
      <p>
        <Link href={shiftsPath(source)}>{t('shifts.title')}</Link>
      </p>
      <h1>{t('shifts.new')}</h1>
      <div className={styles.columns}>
        <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
          <label className={styles.field}>
            {t('shifts.form.route')}
            <select
              value={idOf(draft)}
              onChange={({ currentTarget }) =>
                put(begin(routes.find((each) => idOf(each) === currentTarget.value)))
              }
            >
              {routes.map((each) => (
                <option key={idOf(each)} value={idOf(each)}>
                  {each.router} / {each.route}
                </option>
              ))}
            </select>
          </label>
          <div className={styles.stepRow}>
            {(['from', 'to'] as const).map((end) => (
              <label key={end} className={styles.field}>
                {t(`shifts.form.${end}`)}
                <select
                  value={draft[end]}
                  onChange={({ currentTarget }) => put({ [end]: currentTarget.value })}
                >
                  {nodes.map(({ node, weight }) => (
                    <option key={node} value={node}>
                      {t('shifts.form.target', { node, weight })}
                    </option>
                  ))}
                </select>
              </label>
            ))}
          </div>
          <fieldset className={styles.templates}>
            <legend>{t('shifts.form.plan')}</legend>
            {TEMPLATES.map((template) => (
              <button
                key={template}
                type="button"
                aria-pressed={draft.strategy === STRATEGIES[template]}
                onClick={() => put({ strategy: STRATEGIES[template] })}
              >
                <strong>{t(`shifts.template.${template}`)}</strong>
                <span>{t(`shifts.template.${template}.text`)}</span>
              </button>
            ))}
          </fieldset>
          <StepsPicture steps={stepsOf(draft.strategy)} />
          <StepsForm strategy={draft.strategy} onChange={(strategy) => put({ strategy })} />
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={draft.analysed}
              onChange={({ currentTarget }) => put({ analysed: currentTarget.checked })}
            />
            {t('shifts.form.analysed')}
          </label>
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={draft.acknowledged}
              onChange={({ currentTarget }) => put({ acknowledged: currentTarget.checked })}
            />
            {t('shifts.form.acknowledge')}
          </label>
          <label className={styles.field}>
            {t('shifts.form.name')}
            <input
              value={draft.name}
              maxLength={63}
              onChange={({ currentTarget }) => put({ name: currentTarget.value })}
            />
          </label>
          <label className={styles.field}>
            {t('shifts.control.reason')}
            <input
              value={draft.reason}
              maxLength={500}
              onChange={({ currentTarget }) => put({ reason: currentTarget.value })}
            />
          </label>
        </form>
        <StartReview source={source} draft={draft} />
      </div>
    </div>
  );
}
