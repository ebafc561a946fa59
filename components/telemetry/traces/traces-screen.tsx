'use client';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import { useInfiniteQuery } from '@tanstack/react-query';
import { tracesPath } from '@/components/shell/addresses';
import { failureText } from '@/components/ui/failure-text';
import { ProblemError } from '@/lib/client/request';
import { tracesOptions } from '@/lib/client/queries';
import { tracesHref, useTracesView } from '@/lib/client/traces-view';
import { useSeen } from '@/lib/client/use-seen';
import { useSpeech } from '@/lib/i18n/react';
import { EvidenceTroubles } from '../metrics/evidence-note';
import { isFiltered } from './filter-draft';
import { ScatterPlot } from './scatter-plot';
import { TraceFilter } from './trace-filter';
import { ConsoleLink, TracePage } from './trace-page';
import { TraceTable } from './trace-table';
import styles from './traces.module.css';

/** List price of X-Ray for a trace that is scanned or retrieved. */
const USD_PER_TRACE = 0.5 / 1_000_000;

/** The traces of a mesh, or the one that is opened. */
export function TracesScreen({ source, mesh }: { source: string; mesh: string }) {
  const { t } = useSpeech();
  const [view, setView] = useTracesView();
  return (
    <div className={styles.page} aria-label={t('traces.page', { mesh })} role="region">
      {view.trace === undefined ? (
        <TraceList source={source} mesh={mesh} />
      ) : (
        <TracePage
          source={source}
          mesh={mesh}
          id={view.trace}
          span={view.span}
          onSpan={(span) => setView({ span })}
          onBack={() => setView({ trace: undefined, span: undefined })}
        />
      )}
    </div>
  );
}

function TraceList({ source, mesh }: { source: string; mesh: string }) {
  const { t } = useSpeech();
  const [view, setView] = useTracesView();
  const { window, key, status, minMs, maxMs, annotation, filter } = view;
  const question = { window, key, status, minMs, maxMs, annotation, filter };
  const seen = useSeen();
  const answer = useInfiniteQuery({ ...tracesOptions(source, mesh, question), enabled: seen });
  const pages = answer.data?.pages ?? [];
  const traces = pages.flatMap((page) => page.traces);
  const [first] = pages;
  const last = pages.at(-1);
  const refused = filterRefusal(answer.error);
  const failure = answer.error && refused === undefined ? failureText(answer.error, t) : undefined;
  const scanned = pages.reduce((sum, page) => sum + page.scanned, 0);
  const open = (trace: string) => setView({ trace, span: undefined });

  return (
    <>
      <TraceFilter
        key={JSON.stringify(question)}
        source={source}
        mesh={mesh}
        view={view}
        refused={refused}
        onSearch={(asked) => {
          setView(asked);
          // The same question again asks for what is new.
          void answer.refetch();
        }}
      />
      {failure && (
        <div className={styles.failure} role="alert">
          <b>{failure.title}</b> {failure.text}
        </div>
      )}
      {last && <EvidenceTroubles evidence={last.evidence.filter(({ kind }) => kind === 'xray')} />}
      {first && traces.length > 0 && <ScatterPlot traces={traces} window={first.window} onOpen={open} />}
      <TraceTable
        traces={traces}
        busy={answer.isPending && !answer.error}
        hrefOf={(trace) => tracesHref(tracesPath(source, mesh), { ...view, trace, span: undefined })}
        onOpen={open}
        header={
          <Header
            variant="h1"
            counter={first && `(${traces.length}${answer.hasNextPage ? '+' : ''})`}
            description={first && <Told />}
            actions={last?.consoleUrl !== undefined && <ConsoleLink href={last.consoleUrl} />}
          >
            {t('traces.title')}
          </Header>
        }
        empty={emptyText()}
        footer={
          answer.hasNextPage && (
            <Button loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
              {t('traces.more')}
            </Button>
          )
        }
      />
    </>
  );

  function Told() {
    if (!first) return null;
    const { expression, window: of } = first;
    return (
      <>
        {t('traces.window', { from: new Date(of.fromMs), to: new Date(of.toMs) })}
        <br />
        {expression === '' ? t('traces.expression.none') : t('traces.expression', { expression })}
        <br />
        {t('traces.scanned', { scanned, usd: scanned * USD_PER_TRACE })}{' '}
        {answer.hasNextPage && t('traces.inPart')}
      </>
    );
  }

  function emptyText(): string {
    if (answer.error) return t(isOff(answer.error) ? 'traces.none.off' : 'traces.none.failed');
    return t(isFiltered(view) ? 'traces.none.filtered' : 'traces.none');
  }
}

/** Whether X-Ray is not connected at all. */
const isOff = (error: Error) => error instanceof ProblemError && error.problem.code === 'E307';

/** What X-Ray says of the filter expression, where that is what failed. */
function filterRefusal(error: Error | null): string | undefined {
  if (!(error instanceof ProblemError) || error.problem.code !== 'E106') return undefined;
  return String(error.problem.values?.['message'] ?? error.problem.detail);
}
