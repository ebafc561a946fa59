'use client';
import type { NodeChange } from '@xyflow/react';
import { useCallback, useState } from 'react';
import type { Point } from '@/lib/layout/types';
import type { FlowNode } from './flow-types';
import type { Placement } from './use-positions';

/** A card on its way, while all else stands where it stood. */
export interface Dragged {
  id: string;
  at: Point;
}

export const withDragged = (nodes: FlowNode[], dragged: Dragged | undefined): FlowNode[] =>
  dragged === undefined
    ? nodes
    : nodes.map((node) => (node.id === dragged.id ? { ...node, position: dragged.at } : node));

/**
 * Moves cards by hand. In a small mesh everything follows at once; of a large one only the card itself follows the pointer, and all
 * else does once it is let go.
 */
export function useCardDrag(
  move: Placement['move'],
  small: boolean,
): { dragged: Dragged | undefined; onNodesChange: (changes: NodeChange<FlowNode>[]) => void } {
  const [dragged, setDragged] = useState<Dragged>();
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      for (const change of changes) {
        if (change.type !== 'position' || !change.position) continue;
        const { id, position: at, dragging } = change;
        if (dragging === true && !small) setDragged({ id, at });
        else {
          move(id, at, dragging !== true);
          setDragged(undefined);
        }
      }
    },
    [move, small],
  );
  return { dragged, onNodesChange };
}
