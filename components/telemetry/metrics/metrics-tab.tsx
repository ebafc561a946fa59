'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { tracesPath } from '@/components/shell/addresses';
import { failureText } from '@/components/ui/failure-text';
import type { MetricsAnswer } from '@/lib/api/telemetry';
import type { Picture } from '@/lib/client/picture';
import { metricsOptions } from '@/lib/client/queries';
import type { TelemetryWindow } from '@/lib/client/telemetry-window';
import { tracesHref } from '@/lib/client/traces-view';
import { useSeen } from '@/lib/client/use-seen';
import type { ViewState } from '@/lib/client/view-state';
import { control } from '@/components/ui/control';
import { useSpeech } from '@/lib/i18n/react';
import type { TopologyNode } from '@/lib/mesh/topology';
import { windowText } from '../overlay/quantity-text';
import { chartsOf } from './charts';
import { CompareTargets } from './compare-targets';
import { EvidenceNote, EvidenceTroubles } from './evidence-note';
import { Glance } from './glance';
import { LineChart } from './line-chart';
import { edgeSubjects } from './subjects';
import type { EdgeSubject } from './subjects';
import { WindowSelect } from './window-select';
import styles from './metrics.module.css';

export interface MetricsTabProps {
  source: string;
  picture: Picture;
  node: TopologyNode;
  view: ViewState;
  onView: (patch: Partial<ViewState>) => void;
}

/** What was measured of an object, or of one of its edges, over time. */
export function MetricsTab({ source, picture, node, view, onView }: MetricsTabProps) {
  const { t } = useSpeech();
  const mesh = picture.mesh.ref.name;
  const edges = edgeSubjects(picture.edges, node.key);
  const key = edges.find((each) => each.key === view.edge)?.key ?? node.key;
  const { window } = view;
  const traces = tracesPath(source, mesh);
  const seen = useSeen();
  const answer = useQuery({ ...metricsOptions(source, mesh, [key], window), enabled: seen });

  return (
    <div className={styles.tab}>
      <div className={styles.controls}>
        <label>
          {t('metrics.of')}
          <select
            className={control}
            value={key === node.key ? '' : key}
            onChange={({ target }) => onView({ edge: edges.find((each) => each.key === target.value)?.key })}
          >
            <option value="">{t('metrics.of.self')}</option>
            {edges.map((edge) => (
              <option key={`${edge.way} ${edge.key}`} value={edge.key}>
                {subjectText(edge)}
              </option>
            ))}
          </select>
        </label>
        <WindowSelect window={window} onWindow={onView} />
        <Link className={styles.link} href={tracesHref(traces, { key, window })}>
          {t('metrics.traces')}
        </Link>
      </div>
      {answer.data ? (
        <Answer
          answer={answer.data}
          traces={(step) => tracesHref(traces, { key, window: step })}
          onWiden={() => onView({ window: { last: '24h' } })}
        />
      ) : answer.error ? (
        <Failure error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <p className={styles.note}>{t('metrics.loading')}</p>
      )}
      {node.kind === 'router' && (
        <CompareTargets
          source={source}
          picture={picture}
          router={node}
          route={view.route}
          window={window}
          onRoute={(route) => onView({ route })}
        />
      )}
    </div>
  );

  function subjectText({ way, name, route }: EdgeSubject): string {
    if (way === 'from') return t('metrics.of.from', { name });
    return route === undefined ? t('metrics.of.to', { name }) : t('metrics.of.byRoute', { name, route });
  }
}

/** The charts, or why there are none. */
function Answer({
  answer: { charts: answered, evidence, window },
  traces,
  onWiden,
}: {
  answer: MetricsAnswer;
  traces: (step: TelemetryWindow) => string;
  onWiden: () => void;
}) {
  const { t } = useSpeech();
  const charts = chartsOf(answered[0]?.series ?? []);
  const off = evidence.every(({ phase }) => phase === 'off');
  const failed = evidence.some(({ phase }) => phase === 'failed');
  return (
    <>
      <EvidenceTroubles evidence={evidence} />
      {charts.length === 0 && off && <p className={styles.note}>{t('metrics.none.off')}</p>}
      {charts.length === 0 && !off && !failed && (
        <p className={styles.note}>
          {t('metrics.none')}{' '}
          <button type="button" className={styles.plain} onClick={onWiden}>
            {t('metrics.widen')}
          </button>
        </p>
      )}
      {charts.length > 0 && <p className={styles.note}>{windowText(window, t)}</p>}
      <Glance charts={charts} />
      {charts.length > 0 && !charts.some(({ kind }) => kind === 'latency') && (
        <p className={styles.note}>{t('metrics.sums')}</p>
      )}
      {charts.map(({ kind, evidence: by, lines, witnesses }) => (
        <div key={`${kind} ${by}`}>
          <LineChart
            label={t(`metrics.chart.${kind}`)}
            kind={kind}
            lines={lines}
            window={window}
            aside={(step) => (
              <Link className={styles.link} href={traces(step)}>
                {t('metrics.tracesStep', { from: new Date(step.fromMs), to: new Date(step.toMs) })}
              </Link>
            )}
          />
          <EvidenceNote kind={by} witnesses={witnesses} />
        </div>
      ))}
    </>
  );
}

function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useSpeech();
  const { title, text } = failureText(error, t);
  return (
    <div className={styles.trouble} role="alert">
      <b>{title}</b>
      <div>{text}</div>
      <button type="button" className={styles.plain} onClick={onRetry}>
        {t('metrics.retry')}
      </button>
    </div>
  );
}
