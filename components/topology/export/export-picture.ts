import type { Box, Positions } from '@/lib/layout/types';
import type { Occasion } from './export-text';
import { drawingOf } from './exportable';
import type { Exportable } from './exportable';
import type { Caution } from './outcome';
import { pngOf, scaleWithin } from './png';
import { canvasMeasure } from './svg/measure';
import { pagePalette } from './svg/palette';
import { cardsOutside, svgPicture } from './svg/picture';
import { noteLines } from './words';

export const PICTURES = {
  'svg-whole': { part: 'whole', scale: undefined },
  'svg-visible': { part: 'visible', scale: undefined },
  'png-whole': { part: 'whole', scale: 1 },
  'png-whole-2x': { part: 'whole', scale: 2 },
  'png-visible': { part: 'visible', scale: 1 },
  'png-visible-2x': { part: 'visible', scale: 2 },
} as const;
export type PictureFormat = keyof typeof PICTURES;

export interface PictureFile {
  /** Undefined where the browser gave no PNG. */
  content: Blob | undefined;
  ending: 'svg' | 'png';
  caution?: Caution | undefined;
}

/** What is shown as a picture, in the theme and language of the page. */
export async function pictureFile(
  format: PictureFormat,
  exported: Exportable & { positions: Positions },
  occasion: Occasion,
): Promise<PictureFile> {
  const { at, locale, t } = occasion;
  const { part, scale } = PICTURES[format];
  const drawing = drawingOf(exported.graph);
  const area: Box | undefined = part === 'visible' ? exported.visible : undefined;
  const outside = area ? cardsOutside(drawing, exported.positions, area) : 0;
  const picture = svgPicture({
    drawing,
    positions: exported.positions,
    area,
    title: t('topology.title', { mesh: exported.mesh }),
    notes: [
      ...noteLines(exported, at, locale, t),
      ...(outside > 0 ? [t('export.note.outside', { count: outside })] : []),
    ],
    palette: pagePalette(),
    measure: canvasMeasure(),
    locale,
    t,
  });
  if (scale === undefined)
    return { content: new Blob([picture.svg], { type: 'image/svg+xml;charset=utf-8' }), ending: 'svg' };
  const possible = scaleWithin(picture.width, picture.height, scale);
  return {
    content: await pngOf(picture, possible),
    ending: 'png',
    caution: possible < scale ? { message: 'export.scaledDown', values: { scale: possible } } : undefined,
  };
}
