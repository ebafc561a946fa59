'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';
import { union } from '@/lib/layout/boxes';
import type { Box } from '@/lib/layout/types';
import { firstViewport, READABLE_ZOOM } from '../first-viewport';
import { detailAt } from './detail';
import type { Scene } from './scene';

/** Zoom limits: from a mesh of thousands on one screen to a card twice its size. */
export const ZOOM = { min: 0.01, max: 2 } as const;
const PADDING = 0.06;
/** A first view shows so many items at least. */
const ENOUGH_SEEN = 4;

/** Moves that somebody asked for; by itself the camera never moves. All take the scene as it is when they are called. */
export interface Camera {
  /** Everything on one screen. */
  fit(scene: Scene): void;
  /** The first view of a scene. */
  begin(scene: Scene): void;
  /** Some boxes on one screen. */
  show(boxes: readonly Box[]): void;
  /** Brings a card into sight; one that can be read and is seen whole stays where it is. */
  reveal(scene: Scene, id: string): void;
}

/** The camera of the canvas around. */
export function useCamera(): Camera {
  const { setViewport, getViewport } = useReactFlow();
  const store = useStoreApi();
  return useMemo(() => {
    const area = () => ({ width: store.getState().width, height: store.getState().height });
    const centre = (box: Box, zoom: number) => {
      const { width, height } = area();
      void setViewport({
        x: width / 2 - (box.x + box.width / 2) * zoom,
        y: height / 2 - (box.y + box.height / 2) * zoom,
        zoom,
      });
    };
    const show = (boxes: readonly Box[]) => {
      const box = boxes.reduce<Box | undefined>(union, undefined);
      const { width, height } = area();
      if (!box || width === 0) return;
      const room = 1 - 2 * PADDING;
      const zoom = Math.min((width * room) / box.width, (height * room) / box.height, 1);
      centre(box, Math.max(ZOOM.min, zoom));
    };
    return {
      show,
      fit: ({ bounds }) => {
        if (bounds) show([bounds]);
      },
      begin: ({ bounds, grid, items }) => {
        if (!bounds) return;
        const { width, height } = area();
        const { x, y, zoom } = firstViewport(bounds, { width, height });
        const seen = grid.within({
          x: -x / zoom,
          y: -y / zoom,
          width: width / zoom,
          height: height / zoom,
        });
        // The corner of a large picture may be empty: then it is seen from afar.
        if (seen.length < Math.min(ENOUGH_SEEN, items.length)) show([bounds]);
        else void setViewport({ x, y, zoom });
      },
      reveal: ({ items, indexOf }, id) => {
        const box = items[indexOf.get(id) ?? -1];
        if (!box) return;
        const { x, y, zoom } = getViewport();
        const { width, height } = area();
        const readable = detailAt(zoom) === 'cards';
        const left = box.x * zoom + x;
        const top = box.y * zoom + y;
        const seen =
          left >= 0 && top >= 0 && left + box.width * zoom <= width && top + box.height * zoom <= height;
        if (!seen || !readable) centre(box, readable ? zoom : READABLE_ZOOM);
      },
    };
  }, [setViewport, getViewport, store]);
}
