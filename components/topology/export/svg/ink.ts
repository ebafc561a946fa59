/** What the picture is drawn with: colours, texts that fit, and signs. Lengths are pixels. */
import type { Locale } from '@/lib/i18n/locale';
import type { Translate } from '@/lib/i18n/translate';
import { oneLine } from '@/lib/mesh/export/diagram';

export const COLOURS = [
  'surface', 'surface-raised', 'border', 'text', 'text-muted', 'accent', 'ok', 'warning', 'error', 'info',
  'kind-gateway', 'kind-service', 'kind-router', 'kind-node', 'kind-unresolved',
  'target-1', 'target-2', 'target-3', 'target-4', 'target-5', 'target-6',
] as const; // prettier-ignore
export type Colour = (typeof COLOURS)[number];
/** CSS colours of the theme, by name. */
export type Palette = Readonly<Record<Colour, string>>;

interface Face {
  size: number;
  weight: 400 | 600 | 700;
  mono?: boolean;
}

/** The kinds of text, as the style sheets of the canvas set them. */
export const FACES = {
  title: { size: 22, weight: 700 },
  note: { size: 13, weight: 400 },
  name: { size: 14, weight: 700 },
  box: { size: 14, weight: 600 },
  mark: { size: 16, weight: 700 },
  small: { size: 11, weight: 400 },
  strong: { size: 11, weight: 700 },
  line: { size: 12, weight: 400 },
  route: { size: 12, weight: 600 },
  code: { size: 12, weight: 400, mono: true },
  protocol: { size: 10, weight: 600, mono: true },
  count: { size: 11, weight: 600, mono: true },
} as const satisfies Record<string, Face>;
export type FaceName = keyof typeof FACES;

/** How wide a text is drawn. */
export type Measure = (text: string, face: FaceName) => number;

/** What texts are written with. */
export interface Pen {
  measure: Measure;
  t: Translate;
  locale: Locale;
}

/** Where the contents of a card begin and end: borders of 4 left and 1 elsewhere, then 10. */
export const INSET = { left: 14, right: 11 } as const;

/** Tenths of a pixel are enough, and keep the file small. */
export const px = (length: number): string => String(Math.round(length * 10) / 10);

/** A text within XML: one line, without characters that XML cannot hold. */
export function escaped(text: string): string {
  return oneLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
} // prettier-ignore

/** As much of a text as fits into `width`, with an ellipsis where it was cut. */
export function fitted(text: string, face: FaceName, width: number, measure: Measure): string {
  const line = oneLine(text);
  if (measure(line, face) <= width) return line;
  const chars = Array.from(line);
  let least = 0;
  let most = chars.length - 1;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (measure(`${chars.slice(0, middle).join('')}…`, face) <= width) least = middle;
    else most = middle - 1;
  }
  return least === 0 ? '' : `${chars.slice(0, least).join('').trimEnd()}…`;
}

export interface Label {
  x: number;
  /** Middle of the line. */
  y: number;
  face: FaceName;
  colour: Colour;
  anchor?: 'start' | 'middle' | 'end';
  struck?: boolean;
}

/** A line of text. It must have been made to fit. */
export function label(text: string, { x, y, face, colour, anchor = 'start', struck }: Label): string {
  if (text === '') return '';
  // Capitals stand from the baseline to about 0.7 of the size: this puts their middle on y in every font.
  const baseline = y + FACES[face].size * 0.36;
  const more = `${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${struck === true ? ' text-decoration="line-through"' : ''}`;
  return `<text x="${px(x)}" y="${px(baseline)}" class="t-${face} f-${colour}"${more}>${escaped(text)}</text>`;
}

/** A sign of the definitions at its top left corner, `size` large. */
export function sign(id: string, x: number, y: number, size: number, colour: Colour): string {
  return `<use href="#${id}" class="s-${colour}" transform="translate(${px(x)} ${px(y)}) scale(${size / 16})"/>`;
}
