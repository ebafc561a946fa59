'use client';
import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { shiftsPath } from '@/components/shell/addresses';
import { EmptyPage } from '@/components/shell/empty-page';
import { failureText } from '@/components/ui/failure-text';
import { shiftOptions, shiftsOptions } from '@/lib/client/shifts';
import { useSpeech } from '@/lib/i18n/react';
import { nodeName, stepsOf } from '@/lib/shifts';
import type { ShiftSpec } from '@/lib/shifts';
import { StartReview } from './start-review';
import { StepsForm } from './steps-form';
import { StepsPicture } from './steps-picture';
import { likeSpec, otherRoutes, STRATEGIES, TEMPLATES } from './templates';
import type { Draft } from './templates';
import { useShiftableRoutes } from './use-routes';
import type { ShiftableRoute } from './use-routes';
import styles from './shifts.module.css';

export interface NewShiftProps {
  source: string;
  router: string;
  route: string;
  /** namespace/name of a shift to begin from; empty for none. */
  like: string;
  swapped: boolean;
}

/** Puts a TrafficShift together: route, plan, what is judged; and shows what would come of it before it is sent. */
export function NewShift({ source, router, route, like, swapped }: NewShiftProps) {
  const { t } = useSpeech();
  const routes = useShiftableRoutes(source);
  const existing = useQuery(shiftsOptions(source));
  const [namespace = '', name = ''] = like.split('/');
  const model = useQuery({
    ...shiftOptions(source, namespace, name),
    enabled: like !== '',
    refetchInterval: false,
  });
  if (routes === undefined || existing.isPending || (like !== '' && model.isPending))
    return <EmptyPage busy title={t('shifts.loading')} text="" />;
  if (routes.length === 0)
    return <EmptyPage title={t('shifts.form.noRoutes')} text={t('shifts.form.noRoutes.text')} />;
  const taken = new Set(existing.data?.shifts.map(({ name }) => name));
  const spec = model.data && likeSpec(model.data.shift.spec, swapped);
  return (
    <Form
      {...{ source, routes, router, route, taken }}
      {...(spec ? { like: { namespace, name, spec } } : {})}
      {...(model.error ? { lost: failureText(model.error, t).text } : {})}
    />
  );
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

interface Model {
  namespace: string;
  name: string;
  spec: ShiftSpec;
}

/** What the form holds of a shift that is to be done again, or the other way round. */
function draftLike({ namespace, spec }: Model, taken: ReadonlySet<string>): Partial<Draft> {
  const [first] = spec.routes;
  if (first === undefined) return {};
  const to = nodeName(first.to, namespace);
  return {
    router: `${namespace}/${first.router}`,
    route: first.route,
    from: nodeName(first.from, namespace),
    to,
    name: nameFor(to, taken),
    strategy: spec.strategy,
    analysed: spec.analysis !== undefined,
    acknowledged: spec.acknowledgeOwner === true,
    like: spec,
  };
}

const idOf = ({ router, route }: { router: string; route: string }) => `${router} ${route}`;

function Form({
  source,
  routes,
  router,
  route,
  taken,
  like,
  lost,
}: {
  source: string;
  routes: readonly ShiftableRoute[];
  router: string;
  route: string;
  taken: ReadonlySet<string>;
  like?: Model;
  /** Why the shift to begin from cannot be read. */
  lost?: string;
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
    ...(like ? draftLike(like, taken) : {}),
  }));
  const along = otherRoutes(draft);
  const put = (patch: Partial<Draft>) => setDraft((now) => ({ ...now, ...patch }));
  const chosen = routes.find((each) => idOf(each) === idOf(draft));
  const nodes = chosen?.targets ?? [];
  return (
    <div className={styles.page} role="region" aria-label={t('shifts.new')}>
      <p>
        <Link href={shiftsPath(source)}>{t('shifts.title')}</Link>
      </p>
      <h1>{t('shifts.new')}</h1>
      {like && <p className={styles.muted}>{t('shifts.like', { name: `${like.namespace}/${like.name}` })}</p>}
      {lost !== undefined && (
        <Alert type="warning" header={t('shifts.like.lost')}>
          {lost}
        </Alert>
      )}
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
          {along.length > 0 && (
            <p className={styles.muted}>
              {t('shifts.form.along', {
                routes: along.map((each) => `${each.router} / ${each.route}`).join(', '),
              })}
            </p>
          )}
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
            {draft.like?.analysis
              ? t('shifts.form.analysedLike', {
                  metrics: draft.like.analysis.metrics.map((metric) => metric.name).join(', '),
                })
              : t('shifts.form.analysed')}
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
