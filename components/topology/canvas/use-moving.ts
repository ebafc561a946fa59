'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { detailAt } from './detail';

/** The camera counts as moving until it has stood still for so long. */
const MOVING_FOR_MS = 160;

/** Says on the surface how much of a card is drawn (`data-detail`), and whether the camera moves (`data-moving`). */
export function useMoving(surface: RefObject<HTMLElement | null>): void {
  const flow = useStoreApi();
  useEffect(() => {
    let rest: ReturnType<typeof setTimeout> | undefined;
    const tell = () => surface.current?.setAttribute('data-detail', detailAt(flow.getState().transform[2]));
    tell();
    const unsubscribe = flow.subscribe((now, before) => {
      if (now.transform === before.transform) return;
      tell();
      // While it moves, the picture is moved as it is; at rest it is drawn sharp.
      surface.current?.toggleAttribute('data-moving', true);
      clearTimeout(rest);
      rest = setTimeout(() => surface.current?.toggleAttribute('data-moving', false), MOVING_FOR_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(rest);
    };
  }, [flow, surface]);
}
