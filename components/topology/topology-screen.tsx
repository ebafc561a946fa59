'use client';
import { ReactFlowProvider } from '@xyflow/react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { ActivityPane } from '@/components/activity/activity-pane';
import { Announcer } from '@/components/activity/announcer';
import { useTime } from '@/components/activity/use-time';
import { Inspector } from '@/components/inspector/inspector';
import { DraftFoot, GraphDrafts } from '@/components/backends/graph-drafts';
import { useBackends } from '@/components/backends/use-backends';
import { ConnectionIndicator } from '@/components/shell/connection-indicator';
import { FrozenBanner } from '@/components/shell/frozen-banner';
import { SourceParts } from '@/components/shell/source-parts';
import { StatusPortal } from '@/components/shell/status-slot';
import { DraftsProvider } from '@/components/traffic/drafts';
import { useOverlay } from '@/components/telemetry/overlay/use-overlay';
import { sourcesOptions } from '@/lib/client/queries';
import { createTelemetryStore } from '@/lib/client/telemetry-store';
import { useMeshStream } from '@/lib/client/use-mesh-stream';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useViewState } from '@/lib/client/view-state';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { BackendCommands } from './backend-commands';
import { collapseAll, isCollapsed, toggleCollapsed } from './collapse';
import { Empty, emptyCause, Waiting } from './empty';
import { useExportable } from './export/use-exportable';
import { FindBar } from './find/find-bar';
import { useFind } from './find/use-find';
import { useSteps } from './find/use-steps';
import { TopologyGraph } from './graph';
import type { GraphHandle } from './graph';
import { InspectorPane } from './inspector-pane';
import { TopologyList } from './list';
import { ScreenProviders } from './screen-providers';
import { markId, showGraph } from './shown-graph';
import { createShownStore } from './shown-store';
import { Toolbar } from './toolbar';
import { ObjectPane } from './object-pane';
import { useNarrow } from './use-narrow';
import { usePositions } from './use-positions';
import { useTrail } from './use-trail';
import { useScreenActions } from './use-screen-actions';
import { useView } from './view-menu/use-view';
import { useViewActions } from './view-menu/use-view-actions';
import { ViewChips } from './view-menu/view-chips';
import styles from './screen.module.css';

/** The graph of one mesh, its list twin and the inspector. */
export function TopologyScreen(props: { source: string; mesh: string }) {
  return (
    <ReactFlowProvider>
      <DraftsProvider source={props.source} mesh={props.mesh}>
        {/* A new mesh starts with a new camera and new places. */}
        <Screen key={`${props.source} ${props.mesh}`} {...props} />
      </DraftsProvider>
    </ReactFlowProvider>
  );
}

/** What has places of its own: how the mesh is folded and grouped. */
const viewName = ({ layer, group }: ViewState): string =>
  layer === 'full' && group === 'namespace' ? '' : `${layer}/${group}`;

function Screen({ source, mesh }: { source: string; mesh: string }) {
  const { t } = useSpeech();
  const [store] = useState(createShownStore);
  const [telemetry] = useState(() => createTelemetryStore());
  const onNews = useCallback(
    ({ picture: news }: MeshStream) => {
      if (news) store.update(news);
    },
    [store],
  );
  const stream = useMeshStream(source, mesh, onNews);
  const [view, setView] = useViewState();
  const narrow = useNarrow();
  const sources = useQuery(sourcesOptions());
  const canvas = useRef<GraphHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const { picture } = stream;
  const { collapsed, text, selected } = view;

  const { time, ghosts } = useTime(stream, view, setView);
  const viewed = useView(view, picture);
  const find = useFind(view, picture, viewed?.nodes, telemetry);
  const { shows, dims } = find;
  const query = useMemo(
    () =>
      picture &&
      viewed && {
        view: viewed,
        findings: picture.findings,
        cards: picture.nodes.size,
        ghosts,
        shows,
        dims,
      },
    [picture, viewed, ghosts, shows, dims],
  );
  const graph = useMemo(() => query && showGraph({ ...query, collapsed }), [query, collapsed]);
  // A list has rows for everything the search finds; collapsing is the graph's way to save room.
  const listView = narrow || view.view === 'list';
  const needsList = listView || view.listPane;
  const listed = useMemo(
    () => (needsList ? query && showGraph({ ...query, collapsed: 'none' }) : undefined),
    [query, needsList],
  );
  const placement = usePositions(source, mesh, viewName(view), listView ? undefined : graph);
  const cards = picture?.nodes.size ?? 0;

  const [opened, setOpened] = useState<string>();
  const onOpened = useCallback(() => setOpened(undefined), []);
  const select = useCallback(
    (key: EntityKey | undefined, route?: string) => setView({ selected: key, route }),
    [setView],
  );
  const toggleNamespace = useCallback(
    (namespace: string) => {
      setOpened(isCollapsed(namespace, collapsed, cards) ? namespace : undefined);
      setView({ collapsed: toggleCollapsed(namespace, collapsed, cards) });
    },
    [setView, collapsed, cards],
  );
  const onCollapseAll = useCallback(
    (all: boolean) => setView({ collapsed: collapseAll(all, cards) }),
    [setView, cards],
  );
  const fit = useCallback(() => canvas.current?.fit(), []);
  const choose = useCallback(
    (key: EntityKey) => {
      select(key);
      canvas.current?.goTo(key);
    },
    [select],
  );
  /** Shows a match and leaves the keyboard where it is; one in a collapsed group is shown where that stands. */
  const stepTo = useCallback(
    (key: EntityKey) => {
      select(key);
      const group = viewed?.groupOf(key) ?? '';
      canvas.current?.reveal(isCollapsed(group, collapsed, cards) ? markId(group) : key);
    },
    [select, viewed, collapsed, cards],
  );
  const trail = useTrail(picture, view);
  const steps = useSteps(find, selected, stepTo);
  useScreenActions({
    view,
    setView,
    nodes: picture?.nodes,
    drawn: viewed?.nodes,
    narrow,
    focusSearch: () => search.current?.focus(),
    fit,
    tidy: placement.tidy,
    collapseAll: (collapsed) => canvas.current?.collapseAll(collapsed),
    choose,
  });

  const home = selected && viewed?.nodes.has(selected) ? viewed.groupOf(selected) : '';
  const collapsedIn = home && !listView && isCollapsed(home, collapsed, cards) ? home : undefined;

  useViewActions(view, setView);
  const wholeNodes = useCallback(() => store.nodes(), [store]);

  const sourceReadOnly = sources.data?.sources.find((one) => one.id === source)?.readOnly ?? false;
  const { connection } = stream;
  const paused = stream.paused !== undefined;
  const controlPlane = picture?.mesh.controlPlane;
  // Every card reads this: it changes only when what it tells changes, not with every event.
  const scope = useMemo(
    () => ({
      source,
      sourceReadOnly,
      standing: { connection, paused, controlPlane },
      select,
      toggleNamespace,
    }),
    [source, sourceReadOnly, connection, paused, controlPlane, select, toggleNamespace],
  );
  const shown = listView ? listed : graph;
  const overlay = useOverlay(telemetry, view, picture?.nodes, shown?.cards);
  const exported = useExportable(
    picture &&
      shown && { source, mesh, picture, graph: shown, positions: listView ? undefined : placement.positions },
  );
  const backends = useBackends(source, mesh, picture, view.window, 'drafted');
  const onScreen = shown ? shown.cards.length + shown.marks.length : 0;
  const cause = emptyCause(stream, onScreen, shown?.counts.total ?? 0);
  // A canvas that was drawn stays below a search that finds nothing, so that its camera is where it was afterwards.
  const [drawn, setDrawn] = useState(false);
  const draws = !listView && placement.ready && graph !== undefined && picture !== undefined;
  const keeps = draws && (cause === undefined || (cause === 'filtered' && drawn));
  if (keeps !== drawn) setDrawn(keeps);

  return (
    <ScreenProviders scope={scope} time={time} overlay={overlay.value}>
      <section className={styles.screen} aria-label={t('topology.title', { mesh })}>
        <StatusPortal>
          {sourceReadOnly && <span className={styles.readOnly}>{t('topology.readOnly')}</span>}
          <ConnectionIndicator connection={stream.connection} />
          <SourceParts parts={stream.parts} />
        </StatusPortal>
        <Toolbar
          view={view}
          setView={setView}
          narrow={narrow}
          shown={stream.meshPresent ? shown?.counts.shown : undefined}
          filtered={shown?.counts.filtered ?? 0}
          folded={shown?.counts.folded ?? 0}
          exported={exported}
          hidden={viewed?.hidden}
          nodes={wholeNodes}
          source={source}
          mesh={mesh}
          groups={overlay.groups}
        />
        <FindBar inputRef={search} view={view} setView={setView} find={find} steps={steps} />
        <div className={styles.body}>
          {view.listPane && !listView && listed && (
            <ObjectPane cards={listed.cards} selected={selected} onChoose={choose} />
          )}
          {/* A narrow window has room for one of the two: the inspector covers the list. */}
          <div className={styles.main} inert={narrow && selected !== undefined}>
            {placement.problem !== undefined && (
              <p className={styles.narrowNote} role="alert">
                {t('topology.layoutFailed', { detail: placement.problem })}
              </p>
            )}
            <ViewChips
              view={view}
              setView={setView}
              hidden={viewed?.hidden}
              problem={viewed?.problem}
              over={!listView}
            />
            {main()}
          </div>
          {selected !== undefined && picture && stream.meshPresent && (
            <InspectorPane>
              <Inspector
                source={source}
                stream={stream}
                selected={selected}
                view={view}
                viewed={viewed}
                collapsedIn={collapsedIn}
                onSelect={select}
                onView={setView}
              />
            </InspectorPane>
          )}
        </div>
        {backends && <BackendCommands backends={backends} selected={selected} />}
        {backends && <DraftFoot backends={backends} />}
        <ActivityPane source={source} onChoose={choose} />
        <Announcer />
        {/* At the foot, so that nothing on the canvas moves when it comes. */}
        {picture && <FrozenBanner mesh={picture.mesh} />}
      </section>
    </ScreenProviders>
  );

  function main() {
    return (
      <>
        {keeps && graph && (
          <div className={styles.canvas} inert={cause !== undefined}>
            <TopologyGraph
              opened={opened}
              onOpened={onOpened}
              store={store}
              graph={graph}
              placement={placement}
              selected={selected}
              trail={trail}
              onTidy={placement.tidy}
              onCollapseAll={onCollapseAll}
              layer={backends && <GraphDrafts backends={backends} selected={selected} />}
              ref={canvas}
            />
          </div>
        )}
        {!keeps || cause !== undefined ? instead() : null}
      </>
    );
  }

  /** What stands in place of the canvas. */
  function instead() {
    if (cause !== undefined) {
      return (
        <Empty
          cause={cause}
          source={source}
          mesh={mesh}
          stream={stream}
          text={[text, view.hide && `not (${view.hide})`].filter(Boolean).join(' ')}
          total={shown?.counts.total ?? 0}
          onClear={() => setView({ text: '', hide: '' })}
        />
      );
    }
    if (!picture || !listed || !listView) return <Waiting source={source} />;
    return (
      <>
        {narrow && <p className={styles.narrowNote}>{t('topology.list.narrow')}</p>}
        <TopologyList
          cards={listed.cards}
          edges={viewed?.edges ?? []}
          view={view}
          setView={setView}
          narrow={narrow}
        />
      </>
    );
  }
}
