'use client';
import '@xyflow/react/dist/style.css';
import { Background, MarkerType, MiniMap, ReactFlow, useReactFlow } from '@xyflow/react';
import type { DefaultEdgeOptions, NodeChange, ReactFlowInstance } from '@xyflow/react';
import { memo, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { hidden } from '@/components/ui/hidden';
import { namespaceOf } from './card-size';
import { LARGE_MESH } from './collapse';
import { edgeTypes, nodeTypes } from './flow-nodes';
import { firstViewport } from './first-viewport';
import type { CardNode, FlowNode, MeshFlowEdge } from './flow-types';
import type { ShownGraph } from './shown-graph';
import { ShownStoreProvider } from './shown-store';
import type { ShownStore } from './shown-store';
import { useTopologyScope } from './topology-context';
import { useFlow } from './use-flow';
import type { Placement } from './use-positions';
import { useReveal } from './use-reveal';
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
const FIT = { padding: 0.08, maxZoom: 1 } as const;

/** The canvas. Its camera moves only when asked: by hand, by key, by a button, and once when the first layout is there. */
export function TopologyGraph({
  store,
  graph,
  placement,
  selected,
  opened,
  onOpened,
}: {
  /** What the cards read; this keeps it in step with what is shown. */
  store: ShownStore;
  graph: ShownGraph;
  placement: Placement;
  selected: EntityKey | undefined;
  /** A namespace that was just expanded: its cards may find room elsewhere, and whoever opened it wants to see them. */
  opened: string | undefined;
  onOpened: () => void;
}) {
  const { t } = useSpeech();
  const { select, toggleNamespace } = useTopologyScope();
  const { fitView } = useReactFlow<FlowNode, MeshFlowEdge>();
  const reveal = useReveal();
  // `move` lives as long as the screen shows this mesh: it names the cache.
  const { nodes, edges } = useFlow(placement.move, graph, placement.positions, selected);
  const surface = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => store.put(graph), [store, graph]);

  const atFirst = useRef({ selected });
  const arranged = useRef(placement.arranged);
  useEffect(() => {
    if (arranged.current === placement.arranged) return;
    arranged.current = placement.arranged;
    void fitView({ ...FIT, duration: 0 });
  }, [placement.arranged, fitView]);

  useEffect(() => {
    if (opened === undefined) return;
    const inside = nodes.filter(
      (node) => node.type === 'card' && namespaceOf(node.data.card.node) === opened,
    );
    if (inside.length === 0) return;
    void fitView({ ...FIT, nodes: inside, duration: 0 });
    onOpened();
  }, [opened, onOpened, nodes, fitView]);

  const { move } = placement;
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      for (const change of changes) {
        if (change.type === 'position' && change.position) {
          move(change.id, change.position, change.dragging !== true);
        }
      }
    },
    [move],
  );

  /** The first view: everything, but not smaller than can be read; what does not fit then is to the right and below. */
  const showFirst = useCallback(
    (flow: ReactFlowInstance<FlowNode, MeshFlowEdge>) => {
      const area = surface.current?.getBoundingClientRect();
      if (!area) return;
      const { selected: wanted } = atFirst.current;
      void flow
        .setViewport(firstViewport(flow.getNodesBounds(flow.getNodes()), area))
        // An address that names an object was opened to see it.
        .then(() => (wanted === undefined ? undefined : reveal(wanted)));
    },
    [reveal],
  );

  const goTo = (id: string) => {
    reveal(id);
    requestAnimationFrame(() => {
      surface.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
    });
  };

  /** A card reached with the keyboard must be seen. */
  const onFocus = ({ target }: FocusEvent<HTMLDivElement>) => {
    const { id } = target.dataset;
    if (id !== undefined && target.matches('.react-flow__node:focus-visible')) reveal(id);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.react-flow__node')) return;
    const id = event.target.dataset['id'];
    if (id === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const direction = ARROWS[event.key];
    if (direction) {
      event.preventDefault();
      const next = walk(id, direction, graph.edges, placement.positions);
      if (next !== undefined) goTo(next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(id);
    }
  };

  const open = (id: string) => {
    const card = graph.cards.find(({ node }) => node.key === id);
    if (card) return select(card.node.key);
    const mark = graph.marks.find((one) => one.id === id);
    if (mark) toggleNamespace(mark.namespace);
  };
  const onCard = useCallback((node: CardNode) => select(node.data.card.node.key), [select]);
  const onPane = useCallback(() => select(undefined), [select]);

  return (
    <div
      ref={surface}
      className={styles.surface}
      role="application"
      aria-label={t('topology.canvas')}
      aria-describedby="topology-canvas-help"
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <p id="topology-canvas-help" className={hidden}>
        {t('topology.canvasHelp')}
      </p>
      <ShownStoreProvider value={store}>
        <Canvas
          nodes={nodes}
          edges={edges}
          onNodesChange={onNodesChange}
          onCard={onCard}
          onPane={onPane}
          onReady={showFirst}
        />
      </ShownStoreProvider>
    </div>
  );
}

interface CanvasProps {
  nodes: FlowNode[];
  edges: MeshFlowEdge[];
  onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  onCard: (node: CardNode) => void;
  onPane: () => void;
  onReady: (flow: ReactFlowInstance<FlowNode, MeshFlowEdge>) => void;
}

/** React Flow itself. Drawn anew only when something moves, comes or goes. */
const Canvas = memo(function Canvas({ nodes, edges, onNodesChange, onCard, onPane, onReady }: CanvasProps) {
  const { t } = useSpeech();
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
      onlyRenderVisibleElements={nodes.length > LARGE_MESH / 2}
      minZoom={0.03}
      maxZoom={2}
      onInit={onReady}
      nodeDragThreshold={4}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      attributionPosition="bottom-left"
    >
      <Background gap={24} color="var(--md-border)" />
      <MiniMap<FlowNode>
        pannable
        zoomable
        maskColor="color-mix(in srgb, var(--md-text-muted) 25%, transparent)"
        bgColor="var(--md-surface-raised)"
        ariaLabel={t('topology.minimap')}
        style={MINIMAP_SIZE}
        nodeClassName={miniNodeClass}
        className={styles.minimap ?? ''}
      />
    </ReactFlow>
  );
});

const MINIMAP_SIZE = { width: 150, height: 104 };
const MINIMAP_BOX = styles.miniBox ?? '';
const miniNodeClass = (node: FlowNode) => (node.type === 'card' ? (miniClass(node) ?? '') : MINIMAP_BOX);

function miniClass(node: FlowNode): string | undefined {
  return node.type === 'card' ? styles[`mini-${node.data.card.node.kind}`] : undefined;
}
