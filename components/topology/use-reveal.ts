'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';

/** Brings a card into sight that somebody asked for; one that is seen whole stays where it is. */
export function useReveal(): (id: string) => void {
  const { getNode, getViewport, setCenter } = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (id) => {
      const node = getNode(id);
      if (!node) return;
      const area = store.getState();
      const { x, y, zoom } = getViewport();
      const [width, height] = [node.width ?? 0, node.height ?? 0];
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const seen =
        left >= 0 && top >= 0 && left + width * zoom <= area.width && top + height * zoom <= area.height;
      if (!seen) void setCenter(node.position.x + width / 2, node.position.y + height / 2, { zoom });
    },
    [getNode, getViewport, setCenter, store],
  );
}
