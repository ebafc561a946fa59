'use client';
import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { shiftsPath } from '@/components/shell/addresses';
import { EmptyPage } from '@/components/shell/empty-page';
import { failureText } from '@/components/ui/failure-text';
import type { ShiftsAnswer } from '@/lib/api/shifts';
import { shiftOptions, shiftsOptions } from '@/lib/client/shifts';
import { useSpeech } from '@/lib/i18n/react';
import { nodeName, stepsOf } from '@/lib/shifts';
import type { ShiftRoute, ShiftSpec } from '@/lib/shifts';
import { AnalysisForm } from './form/analysis-form';
import { TextField, Tick } from './form/fields';
import { NotifyForm } from './form/notify-form';
import { PasteForm } from './form/paste-form';
import { PlansForm } from './form/plans-form';
import { PolicyForm } from './form/policy-form';
import { shiftRoute } from './form/routes';
import { RoutesForm } from './form/routes-form';
import { WindowsForm } from './form/windows-form';
import { StartReview } from './start-review';
import { StepsForm } from './steps-form';
import { StepsPicture } from './steps-picture';
import { ANALYSIS, likeSpec, STRATEGIES, withPlan } from './templates';
import type { Draft } from './templates';
import { useShiftableRoutes } from './use-routes';
import type { ShiftableRoute } from './use-routes';
import styles from './shifts.module.css';

export interface NewShiftProps {
  source: string;
  /** namespace/name. */
  router: string;
  route: string;
  /** namespace/name of a shift to begin from; empty for none. */
  like: string;
  swapped: boolean;
}

/** Puts a TrafficShift together: routes, plan, what is judged; and shows what would come of it before it is sent. */
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
  const [first] = routes;
  if (first === undefined)
    return <EmptyPage title={t('shifts.form.noRoutes')} text={t('shifts.form.noRoutes.text')} />;
  const taken = new Set(existing.data?.shifts.map((shift) => shift.name));
  const chosen =
    routes.find((each) => `${each.namespace}/${each.router}` === router && each.route === route) ?? first;
  const begun = model.data
    ? draftLike(namespace, likeSpec(model.data.shift.spec, swapped), taken)
    : draftOf(chosen, taken);
  return (
    <Form
      {...{ source, routes, taken, begun }}
      channels={existing.data?.channels ?? []}
      {...(model.data ? { like } : {})}
      {...(model.error ? { lost: failureText(model.error, t).text } : {})}
    />
  );
}

/** A free name that says what moves. */
function nameFor(to: string, taken: ReadonlySet<string>): string {
  const base = (to.split('/').at(-1) ?? 'shift').slice(0, 50);
  for (let n = 1; ; n += 1) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}

function draftOf(of: ShiftableRoute, taken: ReadonlySet<string>): Draft {
  const route = shiftRoute(of);
  const spec = { routes: [route], strategy: STRATEGIES.standard, analysis: ANALYSIS };
  return { namespace: of.namespace, name: nameFor(route.to, taken), spec };
}

/** What the form holds of a shift that is to be done again, or the other way round. */
function draftLike(namespace: string, spec: ShiftSpec, taken: ReadonlySet<string>): Draft {
  const to = nodeName(spec.routes[0]?.to ?? '', namespace);
  return { namespace, name: nameFor(to, taken), spec };
}

function Form({
  source,
  routes,
  taken,
  begun,
  channels,
  like,
  lost,
}: {
  source: string;
  routes: readonly ShiftableRoute[];
  taken: ReadonlySet<string>;
  begun: Draft;
  channels: ShiftsAnswer['channels'];
  /** namespace/name of the shift it began from. */
  like?: string;
  /** Why the shift to begin from cannot be read. */
  lost?: string;
}) {
  const { t } = useSpeech();
  const [draft, setDraft] = useState(begun);
  const { namespace, name, spec } = draft;
  const put = (patch: Partial<ShiftSpec>) => setDraft((now) => ({ ...now, spec: { ...now.spec, ...patch } }));
  /** The name follows what moves until somebody gives it another. */
  const putRoutes = (of: string, next: ShiftRoute[]) =>
    setDraft((now) => {
      const named = (each: readonly ShiftRoute[]) => nameFor(each[0]?.to ?? '', taken);
      const follows = now.name === named(now.spec.routes);
      return {
        namespace: of,
        name: follows ? named(next) : now.name,
        spec: { ...now.spec, routes: next },
      };
    });
  return (
    <div className={styles.page} role="region" aria-label={t('shifts.new')}>
      <p>
        <Link href={shiftsPath(source)}>{t('shifts.title')}</Link>
      </p>
      <h1>{t('shifts.new')}</h1>
      {like !== undefined && <p className={styles.muted}>{t('shifts.like', { name: like })}</p>}
      {lost !== undefined && (
        <Alert type="warning" header={t('shifts.like.lost')}>
          {lost}
        </Alert>
      )}
      <div className={styles.columns}>
        <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
          <RoutesForm namespace={namespace} routes={spec.routes} known={routes} onChange={putRoutes} />
          <PlansForm
            spec={spec}
            onStrategy={(strategy) => put({ strategy })}
            onPlan={(plan) => setDraft((now) => ({ ...now, spec: withPlan(now.spec, plan) }))}
          />
          <StepsPicture steps={stepsOf(spec.strategy)} />
          <StepsForm strategy={spec.strategy} onChange={(strategy) => put({ strategy })} />
          <AnalysisForm analysis={spec.analysis} onChange={(analysis) => put({ analysis })} />
          <PolicyForm spec={spec} put={put} />
          <WindowsForm spec={spec} put={put} />
          <NotifyForm
            namespace={namespace}
            notifications={spec.notifications ?? []}
            channels={channels}
            onChange={(notifications) => put({ notifications })}
          />
          <Tick
            label={t('shifts.form.acknowledge')}
            checked={spec.acknowledgeOwner === true}
            onChange={(acknowledgeOwner) => put({ acknowledgeOwner })}
          />
          <TextField
            label={t('shifts.form.name')}
            text={name}
            maxLength={63}
            onChange={(text) => setDraft((now) => ({ ...now, name: text }))}
          />
          <TextField
            label={t('shifts.control.reason')}
            text={spec.reason ?? ''}
            maxLength={500}
            onChange={(reason) => put({ reason })}
          />
          <PasteForm source={source} draft={draft} onDraft={setDraft} />
        </form>
        <StartReview source={source} draft={draft} />
      </div>
    </div>
  );
}
