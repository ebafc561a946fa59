'use client';
import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { topologyPath } from '@/components/shell/addresses';
import { EmptyPage } from '@/components/shell/empty-page';
import { failureText } from '@/components/ui/failure-text';
import type { TraceAnswer } from '@/lib/api/telemetry';
import { traceOptions } from '@/lib/client/queries';
import { useSeen } from '@/lib/client/use-seen';
import { useSpeech } from '@/lib/i18n/react';
import { msText } from '../metrics/figure-text';
import { wayHref } from './graph-link';
import { SpanDetails } from './span-details';
import { Waterfall } from './waterfall';
import styles from './traces.module.css';

export interface TracePageProps {
  source: string;
  mesh: string;
  id: string;
  span: string | undefined;
  onSpan: (span: string) => void;
  onBack: () => void;
}

/** One trace: what took how long, and where in the mesh. */
export function TracePage({ source, mesh, id, span, onSpan, onBack }: TracePageProps) {
  const { t } = useSpeech();
  const seen = useSeen();
  const answer = useQuery({ ...traceOptions(source, mesh, id), enabled: seen });
  return (
    <>
      <button type="button" className={styles.back} onClick={onBack}>
        ← {t('trace.back')}
      </button>
      {answer.data ? (
        <Found {...answer.data} source={source} mesh={mesh} span={span} onSpan={onSpan} />
      ) : answer.error ? (
        <EmptyPage {...failureText(answer.error, t)} />
      ) : (
        <EmptyPage busy title={t('trace.loading')} text={id} />
      )}
    </>
  );
}

function Found({
  trace,
  consoleUrl,
  source,
  mesh,
  span: chosen,
  onSpan,
}: TraceAnswer & Pick<TracePageProps, 'source' | 'mesh' | 'span' | 'onSpan'>) {
  const { t } = useSpeech();
  const { id, startMs, durationMs, spans, limitExceeded, unread } = trace;
  const span = spans.find((each) => each.id === chosen) ?? spans[0];
  const way = wayHref(topologyPath(source, mesh), spans);
  return (
    <article className={styles.trace}>
      <header>
        <h1>{t('trace.title', { id })}</h1>
        <p>
          {t('trace.summary', {
            at: new Date(startMs),
            duration: msText(durationMs, t),
            spans: spans.length,
          })}
        </p>
        <p className={styles.links}>
          {way === undefined ? t('trace.noWay') : <Link href={way}>{t('trace.onGraph')}</Link>}
          {consoleUrl !== undefined && <ConsoleLink href={consoleUrl} />}
        </p>
      </header>
      {limitExceeded && <Alert type="warning">{t('trace.limitExceeded')}</Alert>}
      {unread.length > 0 && (
        <Alert type="warning" header={t('trace.unread', { count: unread.length })}>
          <ul>
            {unread.map((document) => (
              <li key={document.id}>
                <code>{document.id}</code> {document.message}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <div className={styles.split}>
        <Waterfall trace={trace} chosen={span?.id} onChoose={onSpan} />
        {span && <SpanDetails source={source} mesh={mesh} span={span} />}
      </div>
    </article>
  );
}

/** A way to the X-Ray console, which asks for a login of its own. */
export function ConsoleLink({ href }: { href: string }) {
  const { t } = useSpeech();
  return (
    <a className={styles.out} href={href} target="_blank" rel="noreferrer">
      {t('traces.console')} ↗
    </a>
  );
}
