'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { ConnectionIndicator } from '@/components/shell/connection-indicator';
import { EmptyPage } from '@/components/shell/empty-page';
import { FrozenBanner } from '@/components/shell/frozen-banner';
import { SourceParts } from '@/components/shell/source-parts';
import { StatusPortal } from '@/components/shell/status-slot';
import { Empty, emptyCause, Waiting } from '@/components/topology/empty';
import { InspectorPane } from '@/components/topology/inspector-pane';
import { useBackendsView } from '@/lib/client/backends-view';
import { sourcesOptions } from '@/lib/client/queries';
import type { Action } from '@/lib/client/actions';
import { useActions, useOffer } from '@/lib/client/use-actions';
import { useMeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import { NO_DRAFT, toggled, withEdits } from '@/lib/mesh/backends/edits';
import type { Edit, EditKind } from '@/lib/mesh/backends/edits';
import { countStates, filtered, matrixOf } from '@/lib/mesh/backends/matrix';
import { NO_CALLS } from '@/lib/mesh/backends/observed';
import { grantsOf } from '@/lib/mesh/backends/whitelist';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import { NodePane, ServicePane } from './axis-pane';
import { CellPane } from './cell-pane';
import { DraftBar } from './draft-bar';
import { NodeEditor } from './editor/node-editor';
import { EgressView } from './egress-view';
import { GroupsView } from './groups/groups-view';
import { columnsOf, rowsOf, sizeOf } from './grid';
import type { Place, Selection } from './grid';
import { Matrix } from './matrix';
import { Asked } from './asked';
import { Review } from './review';
import { draftPlan } from './review-plan';
import { SelectionBar } from './selection-bar';
import { Suggestions } from './suggestions';
import { Tools } from './tools';
import { nameOf } from './names';
import { useBackends } from './use-backends';
import type { Backends } from './use-backends';
import { editable, screenWritable } from './writable';
import styles from './backends.module.css';

const noNews = () => undefined;
const NOTHING = { list: undefined, calls: NO_CALLS, draft: NO_DRAFT };
const NO_SIEVE = { calls: NO_CALLS, draft: NO_DRAFT };
const CORNER: Selection = { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } };

/** The whitelist of a mesh: who may reach what, what is really called, and the way to change it. */
export function BackendsScreen({ source, mesh }: { source: string; mesh: string }) {
  const { t } = useSpeech();
  const stream = useMeshStream(source, mesh, noNews);
  const sources = useQuery(sourcesOptions());
  const [view, setView] = useBackendsView();
  const search = useRef<HTMLInputElement>(null);
  const [marking, setSelection] = useState<Selection>();
  const [reviewing, setReviewing] = useState(false);
  const { perform } = useActions();
  const { picture, connection, parts } = stream;
  const backends = useBackends(source, mesh, picture, view.window, 'always', view.node);

  const { list, calls, draft } = backends ?? NOTHING;
  const whole = useMemo(() => list && matrixOf(list), [list]);
  const { node: nodeText, service: serviceText, states, drafted } = view;
  const filtering = states.length > 0 || drafted;
  // Another draft or measurement is another matrix only where it is filtered by them.
  const sifted = filtering ? { calls, draft } : NO_SIEVE;
  const matrix = useMemo(
    () =>
      whole &&
      list &&
      filtered(whole, list, sifted.calls, sifted.draft, {
        node: nodeText,
        service: serviceText,
        states,
        drafted,
      }),
    [whole, list, sifted.calls, sifted.draft, nodeText, serviceText, states, drafted],
  );
  // Until the keyboard or the pointer was anywhere, it is on the cell that the address names.
  const selection = useMemo((): Selection => {
    if (marking !== undefined || !matrix) return marking ?? CORNER;
    const place = {
      row: Math.max(
        0,
        matrix.rows.findIndex(({ key }) => key === view.from),
      ),
      column: Math.max(
        0,
        matrix.columns.findIndex(({ key }) => key === view.to),
      ),
    };
    return { anchor: place, focus: place };
  }, [marking, matrix, view.from, view.to]);
  const counts = useMemo(() => list && calls && countStates(list, calls), [list, calls]);
  const readOnly = sources.data?.sources.find(({ id }) => id === source)?.readOnly ?? false;
  const standing = { connection, paused: false, controlPlane: picture?.mesh.controlPlane };
  const writable = screenWritable(standing, readOnly, t);

  const marked = useMemo((): Place[] => {
    if (!matrix) return [];
    const [rows, columns] = [rowsOf(selection), columnsOf(selection)];
    const places: Place[] = [];
    for (let row = rows.from; row < Math.min(rows.to, matrix.rows.length); row += 1)
      for (let column = columns.from; column < Math.min(columns.to, matrix.columns.length); column += 1)
        places.push({ row, column });
    return places;
  }, [matrix, selection]);
  const editsOf = (kind: EditKind): Edit[] =>
    marked.flatMap(({ row, column }): Edit[] => {
      const [node, service] = [matrix?.rows[row], matrix?.columns[column]?.key];
      if (!backends || !node || service === undefined) return [];
      const has = (grantsOf(node).get(service)?.entries ?? 0) > 0;
      const changes =
        backends.draft.get(node.key)?.get(service) === undefined ? has !== (kind === 'allow') : true;
      return changes && editable(backends.list, node, service, kind, t) === true
        ? [{ node: node.key, service, kind }]
        : [];
    });
  const apply = (edits: readonly Edit[]) => {
    if (backends) backends.setDraft(withEdits(backends.draft, backends.list, edits));
  };
  const attempt = (reason: true | string, run: () => void) =>
    perform({ id: 'backends.edit', label: 'backends.title', enabled: reason, run });
  const toggle = (node: EntityKey, service: EntityKey) => {
    const entity = backends?.list.nodes.get(node);
    if (!backends || !entity) return;
    const drafts = backends.draft.get(node)?.get(service) !== undefined;
    const kind: EditKind = grantsOf(entity).has(service) ? 'revoke' : 'allow';
    const may = drafts ? true : editable(backends.list, entity, service, kind, t);
    attempt(writable === true ? may : writable, () =>
      backends.setDraft(toggled(backends.draft, backends.list, node, service)),
    );
  };
  const close = () => {
    // The keyboard stays where it is.
    setSelection(selection);
    setView({ from: undefined, to: undefined });
  };
  const openKey = (key: EntityKey) =>
    setView(
      parseEntityKey(key)?.kind === 'node' ? { from: key, to: undefined } : { from: undefined, to: key },
    );
  const onSelect = (next: Selection) => {
    setSelection(next);
    // What is open beside the matrix follows the cell the keyboard is on.
    if (view.from !== undefined && view.to !== undefined)
      setView({ from: matrix?.rows[next.focus.row]?.key, to: matrix?.columns[next.focus.column]?.key });
  };
  const inBulk = (kind: EditKind) => {
    const edits = editsOf(kind);
    attempt(writable, () => apply(edits));
  };

  const matrixActions: Action[] = [
    {
      id: 'search',
      label: 'backends.action.search',
      shortcut: '/',
      enabled: true,
      run: () => search.current?.focus(),
    },
    {
      id: 'allow',
      label: 'backends.action.allow',
      shortcut: 'a',
      enabled: writable,
      run: () => inBulk('allow'),
    },
    {
      id: 'revoke',
      label: 'backends.action.revoke',
      shortcut: 'r',
      enabled: writable,
      run: () => inBulk('revoke'),
    },
    {
      id: 'review',
      label: 'backends.action.review',
      shortcut: 'v',
      enabled: (backends?.draft.size ?? 0) > 0 ? true : t('traffic.review.nothing'),
      run: () => setReviewing(true),
    },
    { id: 'close', label: 'backends.action.close', shortcut: 'Escape', enabled: true, run: close },
  ];
  // The editor of a node offers its own.
  useOffer(view.edit === undefined ? matrixActions : []);

  if (view.edit !== undefined && backends)
    return (
      <section className={styles.screen} aria-label={t('backends.page', { mesh })}>
        <StatusPortal>
          <ConnectionIndicator connection={connection} />
          <SourceParts parts={parts} />
        </StatusPortal>
        {picture && <FrozenBanner mesh={picture.mesh} />}
        {editor(backends, view.edit)}
      </section>
    );

  return (
    <section className={styles.screen} aria-label={t('backends.page', { mesh })}>
      <StatusPortal>
        <ConnectionIndicator connection={connection} />
        <SourceParts parts={parts} />
      </StatusPortal>
      {backends && counts && (
        <Tools view={view} setView={setView} backends={backends} counts={counts} search={search} />
      )}
      {picture && <FrozenBanner mesh={picture.mesh} />}
      {backends?.asked && <Asked asked={backends.asked} />}
      <div className={styles.body}>
        <div className={styles.main}>{main()}</div>
        {pane()}
      </div>
      {backends && <DraftBar backends={backends} onReview={() => setReviewing(true)} />}
      {backends && reviewing && (
        <Review backends={backends} plan={draftPlan(backends)} onClose={() => setReviewing(false)} />
      )}
    </section>
  );

  function editor(held: Backends, key: EntityKey) {
    const node = held.list.nodes.get(key);
    if (node === undefined)
      return (
        <EmptyPage
          title={t('backends.editor.gone')}
          text={t('backends.editor.goneText', { node: nameOf(key) })}
        />
      );
    return (
      <NodeEditor
        key={key}
        backends={held}
        node={node}
        service={view.to}
        writable={writable}
        onClose={() => setView({ edit: undefined, from: key })}
      />
    );
  }

  function main() {
    const cause = emptyCause(stream, 1, 1);
    if (cause !== undefined)
      return (
        <Empty cause={cause} source={source} mesh={mesh} stream={stream} text="" total={0} onClear={close} />
      );
    if (!backends || !matrix || !whole || !picture) return <Waiting source={source} />;
    if (view.tab === 'groups')
      return (
        <GroupsView
          backends={backends}
          mesh={picture.mesh}
          kind={sources.data?.sources.find(({ id }) => id === source)?.kind}
          view={view}
          setView={setView}
          writable={writable}
          search={search}
        />
      );
    if (view.tab === 'suggestions')
      return (
        <Suggestions backends={backends} window={view.window} onWindow={(window) => setView({ window })} />
      );
    if (view.tab === 'egress')
      return <EgressView backends={backends} mesh={picture.mesh} writable={writable} />;
    if (whole.rows.length === 0 || whole.columns.length === 0)
      return <EmptyPage title={t('backends.empty.title')} text={t('backends.empty.text')} />;
    if (matrix.rows.length === 0 || matrix.columns.length === 0)
      return <EmptyPage title={t('backends.filter.none')} text={t('backends.filter.noneText')} />;
    const fits = (place: Place): Place => ({
      row: Math.min(place.row, matrix.rows.length - 1),
      column: Math.min(place.column, matrix.columns.length - 1),
    });
    const shown = { anchor: fits(selection.anchor), focus: fits(selection.focus) };
    return (
      <>
        <p className={styles.note}>{t(`backends.egress.${backends.list.egress}`)}</p>
        <Matrix
          matrix={matrix}
          list={backends.list}
          calls={backends.calls}
          draft={backends.draft}
          asked={backends.asked?.namespaces}
          selection={shown}
          openedRow={
            view.to === undefined ? matrix.rows.findIndex(({ key }) => key === view.from) : undefined
          }
          openedColumn={
            view.from === undefined ? matrix.columns.findIndex(({ key }) => key === view.to) : undefined
          }
          onSelect={onSelect}
          onToggle={({ row, column }) => {
            const [node, service] = [matrix.rows[row]?.key, matrix.columns[column]?.key];
            if (node !== undefined && service !== undefined) toggle(node, service);
          }}
          onOpen={({ row, column }) =>
            setView({
              from: row === undefined ? undefined : matrix.rows[row]?.key,
              to: column === undefined ? undefined : matrix.columns[column]?.key,
            })
          }
        />
        {sizeOf(shown) > 1 && (
          <SelectionBar
            count={marked.length}
            allow={editsOf('allow')}
            revoke={editsOf('revoke')}
            writable={writable}
            onEdits={apply}
          />
        )}
      </>
    );
  }

  function pane() {
    if (!backends || !matrix || view.tab !== 'matrix') return null;
    const { from, to } = view;
    const node = from === undefined ? undefined : backends.list.nodes.get(from);
    const shared = { backends, matrix, writable, onEdits: apply, onOpen: openKey, onClose: close };
    if (node !== undefined && to !== undefined)
      return (
        <InspectorPane>
          <CellPane
            backends={backends}
            node={node}
            service={to}
            window={view.window}
            writable={writable}
            onToggle={() => toggle(node.key, to)}
            onEdit={() => setView({ edit: node.key })}
            onClose={close}
          />
        </InspectorPane>
      );
    if (node !== undefined)
      return (
        <InspectorPane>
          <NodePane node={node} {...shared} onEdit={() => setView({ edit: node.key, to: undefined })} />
        </InspectorPane>
      );
    if (to !== undefined)
      return (
        <InspectorPane>
          <ServicePane service={to} {...shared} />
        </InspectorPane>
      );
    return null;
  }
}
