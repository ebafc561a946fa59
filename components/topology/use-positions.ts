'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { localStore } from '@/lib/client/browser-store';
import { cornersOf } from '@/lib/layout/boxes';
import { createLayoutClient } from '@/lib/layout/layout-client';
import type { LayoutClient } from '@/lib/layout/layout-client';
import { makeRoom } from '@/lib/layout/make-room';
import type { Sizes } from '@/lib/layout/make-room';
import { forgetPositions, readPositions, recallPositions, writePositions } from '@/lib/layout/memory';
import type { LayoutNode, Point, Positions } from '@/lib/layout/types';
import { layoutInputOf, shapeOf, shapeParts } from './shown-graph';
import type { ShownGraph } from './shown-graph';

export interface Placement {
  positions: Positions;
  /** False until the first layout of this mesh is there. */
  ready: boolean;
  /** Rises with every "tidy up" that is done, so that the camera may follow. */
  arranged: number;
  problem: string | undefined;
  /** Puts a card somewhere by hand; `done` remembers it. */
  move: (id: string, at: Point, done: boolean) => void;
  tidy: () => void;
}

interface Standing {
  shape: string;
  round: number;
  /** The mesh and view it was drawn for. */
  drawn: string;
  positions: Positions;
  /** How large the cards were when they were placed. */
  sizes: Sizes;
  /** Where each namespace stood. */
  corners: Record<string, Point>;
}

/**
 * Where the shown cards stand. The layout runs only when the set of shown cards and edges changes, or a card's size;
 * what stands is handed to it as fixed, but for cards that one beside them grew over (docs/decisions/0005). Places are
 * remembered per source, mesh and `view` ('' for the whole mesh).
 */
export function usePositions(
  source: string,
  mesh: string,
  view: string,
  graph: ShownGraph | undefined,
): Placement {
  // The whole mesh has the slot of its name.
  const drawn = view === '' ? mesh : `${mesh}?${view}`;
  const [standing, setStanding] = useState<Standing>();
  const [round, setRound] = useState(0);
  const [problem, setProblem] = useState<string>();
  const client = useRef<LayoutClient>(undefined);
  const shape = useShape(graph);
  const latest = useRef({ graph, standing });
  useEffect(() => {
    latest.current = { graph, standing };
  });
  useEffect(() => () => client.current?.close(), []);

  useEffect(() => {
    const { graph: shown, standing: before } = latest.current;
    if (shape === undefined || !shown) return;
    if (before?.shape === shape && before.round === round && before.drawn === drawn) return;
    const memory = readPositions(localStore(), source, drawn);
    const input = layoutInputOf(shown);
    // Another view is another picture, with places of its own.
    const goesOn = before?.round === round && before.drawn === drawn;
    const stood = goesOn ? makeRoom(input.nodes, before.positions, before.sizes) : {};
    const known = recallPositions(input.nodes, stood, memory);
    const controller = new AbortController();
    client.current ??= createLayoutClient();
    client.current
      .layout({ ...input, corners: goesOn ? before.corners : undefined }, known, controller.signal)
      .then((positions) => {
        if (!positions) return;
        writePositions(localStore(), source, drawn, { ...memory, ...positions });
        setProblem(undefined);
        setStanding({
          shape,
          round,
          drawn,
          positions,
          sizes: sizesOf(input.nodes),
          corners: cornersOf(input.nodes, positions),
        });
      })
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
    return () => controller.abort();
  }, [shape, round, source, drawn]);

  const move = useCallback(
    (id: string, at: Point, done: boolean) => {
      setStanding((now) => now && { ...now, positions: { ...now.positions, [id]: at } });
      if (done)
        writePositions(localStore(), source, drawn, {
          ...readPositions(localStore(), source, drawn),
          [id]: at,
        });
    },
    [source, drawn],
  );
  const tidy = useCallback(() => {
    forgetPositions(localStore(), source, drawn);
    setRound((n) => n + 1);
  }, [source, drawn]);

  return {
    positions: standing?.positions ?? NOWHERE,
    ready: standing !== undefined,
    arranged: standing?.round ?? 0,
    problem,
    move,
    tidy,
  };
}

const NOWHERE: Positions = {};

const sizesOf = (nodes: readonly LayoutNode[]): Sizes =>
  Object.fromEntries(nodes.map(({ id, width, height }) => [id, { width, height }]));

/** The shape of a graph; worked out anew only when other cards or edges are shown, or in other sizes. */
function useShape(graph: ShownGraph | undefined): string | undefined {
  const [known] = useState<{ parts: string[]; shape: string }>({ parts: [], shape: '' });
  return useMemo(() => {
    if (!graph) return undefined;
    const parts = shapeParts(graph);
    if (parts.length === known.parts.length && parts.every((part, n) => part === known.parts[n]))
      return known.shape;
    return Object.assign(known, { parts, shape: shapeOf(graph) }).shape;
  }, [graph, known]);
}
