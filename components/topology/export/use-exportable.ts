'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import type { Exportable } from './exportable';

/**
 * A function that gives what is shown at the moment it is asked; it stays the same, so that whoever holds it is not drawn
 * anew with every event. It reads the camera of the canvas it is used in.
 */
export function useExportable(shown: Omit<Exportable, 'visible'> | undefined): () => Exportable | undefined {
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  const { getViewport } = useReactFlow();
  const store = useStoreApi();
  return useCallback(() => {
    if (!latest.current) return undefined;
    const { x, y, zoom } = getViewport();
    const { width, height } = store.getState();
    const seen = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
    return { ...latest.current, visible: width > 0 && height > 0 ? seen : undefined };
  }, [getViewport, store]);
}
