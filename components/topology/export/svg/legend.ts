import { CARD_KINDS } from '../../kinds';
import type { Drawing } from '../exportable';
import { kindColour } from './card';
import { edgeClass } from './edges';
import { label, px, sign } from './ink';
import type { Colour, Pen } from './ink';

interface Entry {
  /** Width of its sign. */
  lead: number;
  sign: (x: number, y: number) => string;
  text: string;
}

const LINE = 24;
const GAP = 24;
const TONES: readonly (readonly ['ok' | 'warning' | 'error' | 'muted', Colour])[] = [
  ['ok', 'ok'],
  ['warning', 'warning'],
  ['error', 'error'],
  ['muted', 'text-muted'],
];
const EDGES = [
  'gateway-route',
  'provider',
  'route-target',
  'backend',
  'member',
  'dns',
  'runs',
  'routed',
  'call',
  'bundle',
] as const;

/** What the signs of this picture mean, in lines of at most `width`: only those that are in it. */
export function legend(
  { cards, edges }: Drawing,
  x: number,
  y: number,
  width: number,
  pen: Pen,
): { marks: string; height: number } {
  const { t, measure } = pen;
  const kinds = new Set(cards.map(({ node }) => node.kind));
  const drawn = new Set(edges.map(edgeClass));
  const entries: Entry[] = [
    ...CARD_KINDS.filter((kind) => kinds.has(kind)).map((kind) => ({
      lead: 16,
      sign: (left: number, middle: number) => sign(`k-${kind}`, left, middle - 8, 16, kindColour(kind)),
      text: t(`topology.kind.${kind}`),
    })),
    ...[...EDGES, 'zero' as const]
      .filter((kind) => drawn.has(`e-${kind}`))
      .map((kind) => ({
        lead: 44,
        sign: (left: number, middle: number) =>
          `<path d="M${px(left)} ${px(middle)}h42" class="e e-${kind}" stroke-width="2"/>`,
        text: t(`export.legend.${kind}`),
      })),
    ...TONES.map(([tone, colour]) => ({
      lead: 12,
      sign: (left: number, middle: number) => sign(`t-${tone}`, left, middle - 6, 12, colour),
      text: t(`export.legend.tone.${tone}`),
    })),
  ];
  let at = x;
  let middle = y + LINE / 2;
  const marks = entries.map(({ lead, sign: draw, text }) => {
    const length = lead + 8 + measure(text, 'line');
    if (at > x && at + length > x + width) {
      at = x;
      middle += LINE;
    }
    const left = at;
    at += length + GAP;
    return draw(left, middle) + label(text, { x: left + lead + 8, y: middle, face: 'line', colour: 'text' });
  });
  return { marks: marks.join(''), height: middle + LINE / 2 - y };
}
