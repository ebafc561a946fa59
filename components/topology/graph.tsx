'use client';
import '@xyflow/react/dist/style.css';
import { Background, MarkerType, ReactFlow, useStoreApi } from '@xyflow/react';
import type { DefaultEdgeOptions, NodeChange } from '@xyflow/react';
import {
  memo,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, ReactNode, Ref } from 'react';

import { UndeclaredCalls } from '@/components/telemetry/overlay/undeclared-calls';
import { FLOW_MOST } from '@/lib/client/telemetry-view';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { hidden } from '@/components/ui/hidden';
import { CanvasPlacesProvider } from './canvas/places';
import type { Hop } from '@/lib/mesh/routing/trail';
import { useCamera, ZOOM } from './canvas/camera';
import { Controls } from './canvas/controls';
import { detailAt } from './canvas/detail';
import { Highlight } from './canvas/highlight';
import { createHoverStore } from './canvas/hover-store';
import { Minimap } from './canvas/minimap';
import { buildScene, itemAt } from './canvas/scene';
import type { SceneItem } from './canvas/scene';
import { Terrain } from './canvas/terrain';
import { Tooltip } from './canvas/tooltip';
import { MOUNT_ALL, useMounted } from './canvas/use-mounted';
import { useMoving } from './canvas/use-moving';
import { edgeTypes, nodeTypes } from './flow-nodes';
import type { CardNode, FlowNode, MeshFlowEdge } from './flow-types';
import type { ShownGraph } from './shown-graph';
import { ShownStoreProvider } from './shown-store';
import type { ShownStore } from './shown-store';
import { useTopologyScope } from './topology-context';
import { useCardDrag, withDragged } from './use-card-drag';
import { mountedOf, useFlow } from './use-flow';
import type { Placement } from './use-positions';
import { walk } from './walk';
import type { Direction } from './walk';
import styles from './graph.module.css';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const EDGE_OPTIONS: DefaultEdgeOptions = {
  markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, markerUnits: 'userSpaceOnUse' },
};

/** What the screen around may ask of the canvas. */
export interface GraphHandle {
  fit(): void;
  collapseAll(collapsed: boolean): void;
  /** Brings a card into sight and gives it the keyboard. */
  goTo(id: string): void;
  /** Brings a card or mark into sight; the keyboard stays where it is. */
  reveal(id: string): void;
}

interface GraphProps {
  /** What the cards read; this keeps it in step with what is shown. */
  store: ShownStore;
  graph: ShownGraph;
  placement: Placement;
  selected: EntityKey | undefined;
  /** The way of the request that is looked at in the route tester. */
  trail: readonly Hop[] | undefined;
  /** A namespace that was just expanded: its cards may find room elsewhere, and whoever opened it wants to see them. */
  opened: string | undefined;
  onOpened: () => void;
  onTidy: () => void;
  onCollapseAll: (collapsed: boolean) => void;
  /** What is drawn over the cards and is no part of the layout. */
  layer?: ReactNode;
  ref: Ref<GraphHandle>;
}

/** The canvas. Its camera moves only when asked: by hand, by key, by a button, and once when the first layout is there. */
export function TopologyGraph({
  store,
  graph,
  placement,
  selected,
  trail,
  opened,
  onOpened,
  onTidy,
  onCollapseAll,
  layer,
  ref,
}: GraphProps) {
  const { t } = useSpeech();
  const { select, toggleNamespace } = useTopologyScope();
  const flow = useStoreApi();
  // Cards and marks come with their sizes and handles; measuring each again as it appears costs more than drawing it.
  useState(() => flow.setState({ updateNodeInternals: () => undefined }));
  const camera = useCamera();
  const surface = useRef<HTMLDivElement>(null);
  const [hover] = useState(createHoverStore);
  const { positions, move } = placement;
  const scene = useMemo(() => buildScene(graph, positions), [graph, positions]);
  const latest = useRef(scene);
  useLayoutEffect(() => {
    latest.current = scene;
  });

  const [wanted, setWanted] = useState<string>();
  const small = scene.items.length <= MOUNT_ALL;
  const { dragged, onNodesChange } = useCardDrag(move, small);
  const mounted = useMounted(scene, wanted ?? dragged?.id ?? selected);
  const { nodes, edges, touching } = useFlow(placement.move, scene, mounted, selected);
  const standing = useMemo(() => withDragged(nodes, dragged), [nodes, dragged]);
  useLayoutEffect(() => {
    store.put(
      {
        cards: mountedOf(scene, mounted).flatMap(({ card }) => card ?? []),
        edges: touching.map(({ shown }) => shown),
      },
      graph.carried,
    );
  }, [store, scene, mounted, touching, graph.carried]);

  const goTo = useCallback(
    (id: string) => {
      camera.reveal(latest.current, id);
      setWanted(id);
    },
    [camera],
  );
  // The card that was gone to takes the keyboard once it is there.
  useEffect(() => {
    if (wanted === undefined) return undefined;
    const due = requestAnimationFrame(() => {
      const card = surface.current?.querySelector<HTMLElement>(
        `.react-flow__node[data-id="${CSS.escape(wanted)}"]`,
      );
      if (!card) return;
      card.focus({ preventScroll: true });
      setWanted(undefined);
    });
    return () => cancelAnimationFrame(due);
  }, [wanted, nodes]);

  const arranged = useRef(placement.arranged);
  useEffect(() => {
    if (arranged.current === placement.arranged) return;
    arranged.current = placement.arranged;
    camera.fit(scene);
  }, [placement.arranged, camera, scene]);

  useEffect(() => {
    if (opened === undefined) return;
    const inside = scene.items.filter(({ card }) => card?.group === opened);
    if (inside.length === 0) return;
    camera.show(inside);
    onOpened();
  }, [opened, onOpened, camera, scene]);

  // Whoever opened or closed everything wants to see it, once all of it has its place.
  const refit = useRef(false);
  const placed = scene.items.length === graph.cards.length + graph.marks.length;
  useEffect(() => {
    if (!refit.current || !placed || (graph.marks.length > 0 && scene.groups.length > 0)) return;
    camera.fit(scene);
    refit.current = false;
  }, [placed, graph, scene, camera]);
  const collapseAll = useCallback(
    (collapsed: boolean) => {
      refit.current = true;
      onCollapseAll(collapsed);
    },
    [onCollapseAll],
  );
  useImperativeHandle(
    ref,
    () => ({
      fit: () => camera.fit(latest.current),
      collapseAll,
      goTo,
      reveal: (id) => camera.reveal(latest.current, id),
    }),
    [camera, collapseAll, goTo],
  );

  const atFirst = useRef(selected);
  const begin = useCallback(() => {
    camera.begin(latest.current);
    // An address that names an object was opened to see it.
    if (atFirst.current !== undefined) camera.reveal(latest.current, atFirst.current);
  }, [camera]);

  useMoving(surface);

  /** What is under the pointer, whether it is an element or painted. */
  const under = useCallback(
    (event: { clientX: number; clientY: number }): SceneItem | undefined => {
      const box = surface.current?.getBoundingClientRect();
      if (!box) return undefined;
      const [x, y, zoom] = flow.getState().transform;
      return itemAt(latest.current, {
        x: (event.clientX - box.left - x) / zoom,
        y: (event.clientY - box.top - y) / zoom,
      });
    },
    [flow],
  );
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const canvas =
      event.target instanceof Element && event.target.closest('.react-flow__pane, .react-flow__node');
    hover.set(canvas && event.buttons === 0 ? under(event)?.id : undefined);
  };

  const open = useCallback(
    (item: SceneItem | undefined) => {
      if (item?.mark) toggleNamespace(item.mark.namespace);
      else select(item?.card?.node.key);
    },
    [select, toggleNamespace],
  );
  const onCard = useCallback((node: CardNode) => select(node.data.card.node.key), [select]);
  const onPane = useCallback((event: MouseEvent) => open(under(event)), [open, under]);
  const onDoubleClick = (event: MouseEvent<HTMLDivElement>) => {
    const item = under(event);
    if (item && detailAt(flow.getState().transform[2]) !== 'cards') camera.reveal(scene, item.id);
  };

  /** A card reached with the keyboard must be seen. */
  const onFocus = ({ target }: FocusEvent<HTMLDivElement>) => {
    const { id } = target.dataset;
    if (id !== undefined && target.matches('.react-flow__node:focus-visible')) camera.reveal(scene, id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    const id = event.target.matches('.react-flow__node') ? event.target.dataset['id'] : undefined;
    const direction = ARROWS[event.key];
    if (event.target === surface.current && direction) {
      event.preventDefault();
      const first = selected ?? scene.items[0]?.id;
      if (first !== undefined) goTo(first);
    } else if (id !== undefined && direction) {
      event.preventDefault();
      const next = walk(id, direction, graph.edges, positions);
      if (next !== undefined) goTo(next);
    } else if (id !== undefined && event.key === 'Enter') {
      event.preventDefault();
      open(scene.items[scene.indexOf.get(id) ?? -1]);
    }
  };

  const placeOf = useCallback((key: EntityKey) => scene.items[scene.indexOf.get(key) ?? -1], [scene]);
  const places = useMemo(() => ({ placeOf, under }), [placeOf, under]);
  const painted = useCallback((zoom: number) => !small || detailAt(zoom) !== 'cards', [small]);

  return (
    <div
      ref={surface}
      className={styles.surface}
      role="application"
      aria-label={t('topology.canvas')}
      aria-describedby="topology-canvas-help"
      tabIndex={small ? -1 : 0}
      data-items={scene.items.length}
      data-crowded={touching.length > FLOW_MOST || undefined}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => hover.set(undefined)}
      onDoubleClick={onDoubleClick}
    >
      <p id="topology-canvas-help" className={hidden}>
        {t('topology.canvasHelp')}
      </p>
      <Terrain scene={scene} faint={selected !== undefined} wanted={painted} />
      <ShownStoreProvider value={store}>
        <Canvas
          nodes={standing}
          edges={edges}
          onNodesChange={onNodesChange}
          onCard={onCard}
          onPane={onPane}
          onReady={begin}
          dots={small}
        />
      </ShownStoreProvider>
      <UndeclaredCalls placeOf={placeOf} onSelect={select} />
      <CanvasPlacesProvider value={places}>{layer}</CanvasPlacesProvider>
      <Highlight scene={scene} hover={hover} selected={selected} trail={trail} />
      <Controls
        onFit={() => camera.fit(scene)}
        onTidy={onTidy}
        onExpandAll={() => collapseAll(false)}
        onCollapseAll={() => collapseAll(true)}
        closed={graph.marks.length}
        open={scene.groups.length}
      />
      <Minimap scene={scene} />
      <Tooltip scene={scene} hover={hover} />
    </div>
  );
}

interface CanvasProps {
  nodes: FlowNode[];
  edges: MeshFlowEdge[];
  onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  onCard: (node: CardNode) => void;
  onPane: (event: MouseEvent) => void;
  onReady: () => void;
  /** A pattern of dots behind the cards: drawn anew with every move, so only behind few. */
  dots: boolean;
}

/** React Flow itself. Drawn anew only when something moves, comes or goes. */
const Canvas = memo(function Canvas({
  nodes,
  edges,
  onNodesChange,
  onCard,
  onPane,
  onReady,
  dots,
}: CanvasProps) {
  return (
    <ReactFlow<FlowNode, MeshFlowEdge>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      defaultEdgeOptions={EDGE_OPTIONS}
      onNodesChange={onNodesChange}
      onNodeClick={(_event, node) => {
        if (node.type === 'card') onCard(node);
      }}
      onPaneClick={onPane}
      nodesConnectable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      nodesFocusable
      disableKeyboardA11y
      minZoom={ZOOM.min}
      maxZoom={ZOOM.max}
      zoomOnDoubleClick={false}
      onInit={onReady}
      nodeDragThreshold={4}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      attributionPosition="bottom-left"
    >
      {dots && <Background gap={24} color="var(--md-border)" />}
    </ReactFlow>
  );
});
