'use client';
import Button from '@cloudscape-design/components/button';
import Pagination from '@cloudscape-design/components/pagination';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { EmptyPage } from '@/components/shell/empty-page';
import { StatusPortal } from '@/components/shell/status-slot';
import { ErrorLine } from '@/components/topology/find/error-line';
import { ExpressionField } from '@/components/topology/find/expression-field';
import { FindHelp } from '@/components/topology/find/help';
import { useExpression } from '@/components/topology/find/use-find';
import { InspectorPane } from '@/components/topology/inspector-pane';
import pane from '@/components/topology/screen.module.css';
import { useNarrow } from '@/components/topology/use-narrow';
import { failureText } from '@/components/ui/failure-text';
import type { ListedRoute } from '@/lib/api/routes';
import { routesOptions } from '@/lib/client/routes';
import { ROUTE_SORTS, useTrafficView } from '@/lib/client/traffic-view';
import { useOffer } from '@/lib/client/use-actions';
import { useSpeech } from '@/lib/i18n/react';
import { printQuery } from '@/lib/mesh/query/print';
import type { Subjects } from '@/lib/mesh/query/subject';
import { BulkBar } from './bulk-bar';
import { NoRoutes, Troubles } from './empty';
import { PollState } from './poll-state';
import { ShiftsLinks } from './shifts-links';
import { RouteEditor } from './route-editor';
import { RouteTable } from './route-table';
import { orderRows, pageOf, rowId } from './rows';
import { useMeasured } from './use-measured';
import styles from './screen.module.css';

const NO_SUBJECTS: Subjects = new Map();
const NO_ROWS: readonly ListedRoute[] = [];
const noSubjects = () => NO_SUBJECTS;

/** Every weighted route of every mesh: how its traffic is divided, and the way to divide it otherwise. */
export function TrafficScreen() {
  const { t } = useSpeech();
  const [view, setView] = useTrafficView();
  const narrow = useNarrow();
  const search = useRef<HTMLInputElement>(null);
  const expression = useExpression(view.text);
  // An expression that cannot be read leaves the last that could.
  const text = expression.query.kind === 'all' ? '' : printQuery(expression.query);
  const query = useQuery(routesOptions(text));
  const answer = query.data;
  const routes = answer?.routes ?? NO_ROWS;
  const [wantedPage, setPage] = useState(1);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());

  const rows = useMemo(() => orderRows(routes, view.sort, view.grouped), [routes, view.sort, view.grouped]);
  const { groups, page, pages } = useMemo(
    () => pageOf(rows, wantedPage, view.grouped),
    [rows, wantedPage, view.grouped],
  );
  const pickedRows = useMemo(() => rows.filter((row) => picked.has(rowId(row))), [rows, picked]);
  const onPage = useMemo(() => groups.flatMap((group) => group.rows), [groups]);
  const measured = useMeasured(onPage, view.measured);
  const names = useMemo(() => new Map(answer?.sources.map(({ id, name }) => [id, name])), [answer?.sources]);

  const onOpen = useCallback(
    ({ source, mesh, router, route }: ListedRoute) =>
      setView({ source, mesh, selected: router, route: route.name }),
    [setView],
  );
  const close = () => setView({ source: undefined, mesh: undefined, selected: undefined, route: undefined });
  const onPick = useCallback((some: readonly ListedRoute[], on: boolean) => {
    setPicked((before) => {
      const after = new Set(before);
      for (const row of some) {
        if (on) after.add(rowId(row));
        else after.delete(rowId(row));
      }
      return after;
    });
  }, []);
  useOffer([
    {
      id: 'search',
      label: 'routes.search',
      shortcut: '/',
      enabled: true,
      run: () => search.current?.focus(),
    },
    ...(view.selected === undefined
      ? []
      : [
          {
            id: 'close',
            label: 'routes.close' as const,
            shortcut: 'Escape',
            enabled: true as const,
            run: close,
          },
        ]),
  ]);

  const { source, mesh, selected, route } = view;
  const place =
    source !== undefined && mesh !== undefined && selected !== undefined
      ? { source, mesh, selected }
      : undefined;
  const opened = place && JSON.stringify([place.source, place.mesh, place.selected, route]);

  return (
    <section className={pane.screen} aria-label={t('routes.title')}>
      <StatusPortal>
        <PollState query={query} sources={answer?.sources ?? []} />
      </StatusPortal>
      <div className={styles.tools}>
        <h1>{t('routes.title')}</h1>
        <search className={styles.search} aria-label={t('routes.search')}>
          <ExpressionField
            inputRef={search}
            label={t('routes.search')}
            placeholder={t('routes.placeholder')}
            text={view.text}
            expression={expression}
            subjects={noSubjects}
            onText={(next) => {
              setView({ text: next });
              setPage(1);
            }}
          />
          <FindHelp />
        </search>
        <SegmentedControl
          label={t('routes.grouping')}
          selectedId={view.grouped ? 'mesh' : 'none'}
          options={[
            { id: 'mesh', text: t('routes.grouping.mesh') },
            { id: 'none', text: t('routes.grouping.none') },
          ]}
          onChange={({ detail }) => setView({ grouped: detail.selectedId === 'mesh' })}
        />
        <Select
          ariaLabel={t('routes.sort')}
          selectedOption={{ value: view.sort, label: t(`routes.sort.${view.sort}`) }}
          options={ROUTE_SORTS.map((sort) => ({ value: sort, label: t(`routes.sort.${sort}`) }))}
          onChange={({ detail }) =>
            setView({ sort: ROUTE_SORTS.find((sort) => sort === detail.selectedOption.value) ?? 'name' })
          }
        />
        <ToggleButton
          pressed={view.measured}
          onChange={({ detail }) => setView({ measured: detail.pressed })}
        >
          {t('routes.measured')}
        </ToggleButton>
        <ShiftsLinks sources={answer?.sources ?? []} />
        {answer && (
          <span role="status" className={styles.count}>
            {t('routes.shown', { count: routes.length, total: text === '' ? 0 : answer.total })}
          </span>
        )}
        <ErrorLine wanted={expression} unwanted={expression} />
      </div>
      {pickedRows.length > 0 && <BulkBar rows={pickedRows} onClear={() => setPicked(new Set())} />}
      <div className={pane.body}>
        <div className={`${pane.main} ${styles.main}`} inert={narrow && place !== undefined}>
          {main()}
        </div>
        {place && (
          <InspectorPane>
            <RouteEditor
              {...place}
              route={route}
              measured={view.measured}
              onRoute={(next) => setView({ route: next })}
              onClose={close}
            />
          </InspectorPane>
        )}
      </div>
    </section>
  );

  function main() {
    if (!answer) {
      if (!query.error) return <EmptyPage busy title={t('routes.empty.reading')} text="" />;
      const again = <Button onClick={() => void query.refetch()}>{t('shell.connection.retry')}</Button>;
      return <EmptyPage {...failureText(query.error, t)} action={again} />;
    }
    if (routes.length === 0) return <NoRoutes answer={answer} onClear={() => setView({ text: '' })} />;
    return (
      <>
        <Troubles sources={answer.sources} />
        <RouteTable
          groups={groups}
          grouped={view.grouped}
          sourceName={(id) => names.get(id) ?? id}
          opened={opened}
          picked={picked}
          onOpen={onOpen}
          onPick={onPick}
          measured={measured}
        />
        {pages > 1 && (
          <div className={styles.pages}>
            <Pagination
              currentPageIndex={page}
              pagesCount={pages}
              onChange={({ detail }) => setPage(detail.currentPageIndex)}
            />
          </div>
        )}
      </>
    );
  }
}
