import { groupBoxes, touches, union } from '@/lib/layout/boxes';
import type { Box, Point, Positions } from '@/lib/layout/types';
import { cardSize, COLLAPSED_SIZE } from '../../card-size';
import type { ShownCard } from '../../shown-graph';
import type { DrawnMark, Drawing } from '../exportable';
import { cardCuts, cardMarks, findingBadge } from './card';
import { definitions } from './definitions';
import { edgeLabel, edgeMarks, endsOf, labelRows, mayCross } from './edges';
import { escaped, fitted, label, px } from './ink';
import type { Palette, Pen } from './ink';
import { legend } from './legend';

export interface PictureInput extends Pen {
  drawing: Drawing;
  positions: Positions;
  /** Only this part of the canvas; all of it when left out. */
  area?: Box | undefined;
  title: string;
  notes: readonly string[];
  palette: Palette;
}

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

const EDGE = 24;
/** Curves may leave the cards' own space a little. */
const ROOM = 40;
const NOTE = 20;
const LEAST_WIDTH = 720;

interface Placed {
  card: ShownCard;
  box: Box;
}

/** How many cards stand outside of a part of the canvas. */
export function cardsOutside({ cards }: Drawing, positions: Positions, area: Box): number {
  return cards.filter((card) => {
    const at = positions[card.node.key];
    return at === undefined || !touches({ ...at, ...cardSize(card.node) }, area);
  }).length;
}

/**
 * The drawing as a standalone SVG: nothing outside of it is needed to show it, and nothing in it runs. Above the graph stand
 * title and notes, below it the legend.
 */
export function svgPicture(input: PictureInput): Picture {
  const { drawing, positions, title, notes, palette, measure } = input;
  const placed = drawing.cards.flatMap((card): Placed[] => {
    const at = positions[card.node.key];
    return at ? [{ card, box: { ...at, ...cardSize(card.node) } }] : [];
  });
  const groups = groupBoxes(
    placed.map(({ card, box }) => ({ id: card.node.key, group: drawing.groupOf(card), ...box })),
    positions,
  );
  const area = input.area ?? wholeOf(placed, groups, drawing.marks, positions);
  const width = Math.ceil(Math.max(LEAST_WIDTH, area.width + 2 * EDGE));
  const room = width - 2 * EDGE;
  const top = EDGE + 34 + notes.length * NOTE + 12;
  const below = legend(drawing, EDGE, top + area.height + 16, room, input);
  const height = Math.ceil(top + area.height + 16 + below.height + EDGE);
  const said = notes.map((note) => fitted(note, 'note', room, measure));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="graphics-document document" aria-labelledby="title" aria-describedby="desc">`,
    `<title id="title">${escaped(title)}</title><desc id="desc">${escaped(notes.join(' · '))}</desc>`,
    definitions(
      palette,
      placed.flatMap(({ card }) => cardCuts(card.node)),
    ),
    `<clipPath id="area"><rect x="${px(area.x)}" y="${px(area.y)}" width="${px(area.width)}" height="${px(area.height)}"/></clipPath>`,
    `<rect width="${width}" height="${height}" class="f-surface"/>`,
    label(fitted(title, 'title', room, measure), { x: EDGE, y: EDGE + 14, face: 'title', colour: 'text' }),
    ...said.map((note, n) =>
      label(note, { x: EDGE, y: EDGE + 34 + (n + 0.5) * NOTE, face: 'note', colour: 'text-muted' }),
    ),
    `<g transform="translate(${px((width - area.width) / 2 - area.x)} ${px(top - area.y)})"><g clip-path="url(#area)">`,
    ...[...groups].filter(([, box]) => touches(box, area)).map(([name, box]) => boxMarks(name, box, placed, input)),
    edgesOf(input, area),
    ...drawing.marks.flatMap((mark) => {
      const at = positions[mark.id];
      return at && touches({ ...at, ...COLLAPSED_SIZE }, area) ? [markMarks(mark, at, input)] : [];
    }),
    ...placed
      .filter(({ box }) => touches(box, area))
      .map(({ card, box }) => cardMarks(card, box.x, box.y, input)),
    '</g></g>',
    below.marks,
    '</svg>\n',
  ].join('\n'); // prettier-ignore
  return { svg, width, height };
}

function wholeOf(
  placed: readonly Placed[],
  groups: ReadonlyMap<string, Box>,
  marks: readonly DrawnMark[],
  positions: Positions,
): Box {
  let all: Box | undefined;
  for (const { box } of placed) all = union(all, box);
  for (const box of groups.values()) all = union(all, box);
  for (const { id } of marks) {
    const at = positions[id];
    if (at) all = union(all, { ...at, ...COLLAPSED_SIZE });
  }
  const { x, y, width, height } = all ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x - ROOM, y: y - ROOM / 4, width: width + 2 * ROOM, height: height + ROOM / 2 };
}

function edgesOf(input: PictureInput, area: Box): string {
  const { drawing, positions } = input;
  const cards = new Map<string, ShownCard>(drawing.cards.map((card) => [card.node.key, card]));
  const seen = drawing.edges.flatMap((edge) => {
    const ends = endsOf(edge, cards, positions);
    return ends && mayCross(ends, area) ? [{ edge, ends }] : [];
  });
  return [
    ...seen.map(({ edge, ends }) => edgeMarks(edge, ends)),
    ...labelRows(seen).map(({ edge, at }) => edgeLabel(edge, at, input)),
  ].join('\n');
}

function boxMarks(name: string, box: Box, placed: readonly Placed[], { drawing, measure }: PictureInput): string {
  const count = String(placed.filter(({ card }) => drawing.groupOf(card) === name).length);
  const after = measure(count, 'small') + 8;
  const shown = fitted(name, 'box', box.width - 44 - after, measure);
  const [x, y] = [box.x + 22, box.y + 24];
  return (
    `<rect x="${px(box.x + 0.5)}" y="${px(box.y + 0.5)}" width="${px(box.width - 1)}" height="${px(box.height - 1)}" rx="14" class="box"/>` +
    label(shown, { x, y, face: 'box', colour: 'text-muted' }) +
    label(count, { x: x + measure(shown, 'box') + 6, y, face: 'small', colour: 'text-muted' })
  );
} // prettier-ignore

function markMarks({ name, cards, findings, dimmed }: DrawnMark, at: Point, pen: Pen): string {
  const { width, height } = COLLAPSED_SIZE;
  const badge = findingBadge(findings, width - 14, height / 2, pen);
  const room = badge.left - 8 - 16;
  const count = pen.t('topology.namespace.cards', { count: cards });
  return (
    `<g transform="translate(${px(at.x)} ${px(at.y)})"${dimmed ? ' opacity="0.3"' : ''}>` +
    `<title>${escaped(pen.t('topology.namespace', { name }))}</title>` +
    `<rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="13" class="mark"/>` +
    label(fitted(name, 'mark', room, pen.measure), {
      x: 16,
      y: height / 2 - 9,
      face: 'mark',
      colour: 'text',
    }) +
    label(fitted(count, 'line', room, pen.measure), {
      x: 16,
      y: height / 2 + 13,
      face: 'line',
      colour: 'text-muted',
    }) +
    `${badge.marks}</g>`
  );
}
