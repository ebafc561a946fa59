import type { Box } from '@/lib/layout/types';

/** The smallest zoom at which a card can still be read and its weights dragged. */
export const READABLE_ZOOM = 0.62;
const MARGIN = 24;
/** More room where the controls of the picture stand, and above, where it is told what is left out. */
const LEFT = 64;
const TOP = 60;

/**
 * Where the camera stands at first: the whole picture in the middle when it fits at a readable size, else its left
 * (or top) end, where calls begin. Lengths of `area` are screen pixels, those of `picture` canvas pixels.
 */
export function firstViewport(
  picture: Box,
  area: { width: number; height: number },
): { x: number; y: number; zoom: number } {
  const width = Math.max(1, picture.width);
  const height = Math.max(1, picture.height);
  const fitting = Math.min((area.width - LEFT - MARGIN) / width, (area.height - TOP - MARGIN) / height, 1);
  const zoom = Math.max(READABLE_ZOOM, fitting);
  const start = (from: number, length: number, room: number, before: number) =>
    length * zoom + before + MARGIN > room + 1
      ? before - from * zoom
      : (room + before - MARGIN - length * zoom) / 2 - from * zoom;
  return {
    x: start(picture.x, width, area.width, LEFT),
    y: start(picture.y, height, area.height, TOP),
    zoom,
  };
}
