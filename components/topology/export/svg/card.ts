/** A card as the canvas draws it, with its own top left corner as origin. */
import { countFindings } from '@/components/findings/finding-text';
import type { Finding } from '@/lib/mesh/finding';
import type { TopologyNode } from '@/lib/mesh/topology';
import { cardSize, HEAD, nameOf } from '../../card-size';
import { healthOf } from '../../health';
import type { ShownCard } from '../../shown-graph';
import { spokenLabel } from '../../spoken-label';
import { cardBody, TONE } from './card-body';
import { escaped, fitted, INSET, label, px, sign } from './ink';
import type { Colour, Pen } from './ink';
import { BAR } from './route-row';

const SEVERITY: Record<Finding['severity'], Colour> = { error: 'error', warning: 'warning', info: 'info' };

/** Shapes that the marks of a card are cut at: the card, and the bars on it. */
export function cardCuts(
  node: TopologyNode,
): { id: string; width: number; height: number; radius: number }[] {
  const { width, height } = cardSize(node);
  const card = { id: `c${width}x${height}`, width, height, radius: 8 };
  const bar = width - INSET.left - INSET.right;
  return node.kind === 'router'
    ? [card, { id: `b${bar}`, width: bar, height: BAR.height, radius: 5 }]
    : [card];
}

const KIND: Record<TopologyNode['kind'], Colour> = {
  gateway: 'kind-gateway',
  service: 'kind-service',
  router: 'kind-router',
  node: 'kind-node',
  backendGroup: 'kind-service',
  host: 'text-muted',
  kubeService: 'text-muted',
  workload: 'text-muted',
  unresolved: 'kind-unresolved',
  malformed: 'kind-unresolved',
};
export const kindColour = (kind: TopologyNode['kind']): Colour => KIND[kind];

export function cardMarks(card: ShownCard, x: number, y: number, pen: Pen): string {
  const { node, goneAt, dimmed } = card;
  const { width, height } = cardSize(node);
  const gone = goneAt !== undefined;
  const faint = gone ? ' opacity="0.6"' : dimmed === true ? ' opacity="0.3"' : '';
  return (
    `<g transform="translate(${px(x)} ${px(y)})"${faint}>` +
    `<title>${escaped(spokenLabel(card, pen.t, pen.locale))}</title>` +
    frame(node, width, height, gone) +
    `<g clip-path="url(#c${width}x${height})">${head(card, width, pen)}${cardBody(node, width, pen)}</g></g>`
  );
}

function frame(node: TopologyNode, w: number, h: number, gone: boolean): string {
  const kind = kindColour(node.kind);
  const broken = gone || node.kind === 'unresolved' || node.kind === 'malformed';
  const dash = broken ? ` stroke-dasharray="${gone ? '1 2' : '4 3'}"` : '';
  const side = broken
    ? `<path d="M2 6V${h - 6}" class="s-${kind}" stroke-width="4" stroke-dasharray="${gone ? '4 3' : '8 5'}"/>`
    : `<path d="M8 0A8 8 0 0 0 0 8V${h - 8}A8 8 0 0 0 8 ${h}V${h - 1}A4 7 0 0 1 4 ${h - 8}V8A4 7 0 0 1 8 1Z" class="f-${kind}"/>`;
  return `<rect x=".5" y=".5" width="${w - 1}" height="${h - 1}" rx="7.5" class="card"${dash}/>${side}`;
}

function head({ node, findings, goneAt }: ShownCard, width: number, pen: Pen): string {
  const middle = 1 + HEAD / 2;
  const gone = goneAt !== undefined;
  let right = width - INSET.right;
  let signs: string;
  if (gone) {
    const text = pen.t('topology.card.gone');
    signs = label(text, { x: right, y: middle, face: 'small', colour: 'text-muted', anchor: 'end' });
    right -= pen.measure(text, 'small') + 6;
  } else {
    const { tone } = healthOf(node, gone);
    signs = sign(`t-${tone}`, right - 12, middle - 6, 12, TONE[tone]);
    right -= 18;
  }
  const badge = findingBadge(findings, right, middle, pen);
  const room = badge.left - 8 - 40;
  const name = fitted(nameOf(node), 'name', room, pen.measure);
  const kind = fitted(pen.t(`topology.kind.${node.kind}`), 'small', room, pen.measure);
  return (
    sign(`k-${node.kind}`, INSET.left, middle - 9, 18, kindColour(node.kind)) +
    label(name, { x: 40, y: middle - 7.2, face: 'name', colour: 'text', struck: gone }) +
    label(kind, { x: 40, y: middle + 9, face: 'small', colour: 'text-muted' }) +
    badge.marks +
    signs
  );
}

/** How many findings, by the worst, ending at `right`. */
export function findingBadge(
  findings: readonly Finding[],
  right: number,
  middle: number,
  { measure }: Pen,
): { marks: string; left: number } {
  const { worst } = countFindings(findings);
  if (worst === undefined) return { marks: '', left: right };
  const text = String(findings.length);
  const width = measure(text, 'count') + 27;
  const left = right - width;
  const colour = SEVERITY[worst];
  return {
    left: left - 6,
    marks:
      `<rect x="${px(left + 0.5)}" y="${middle - 8.5}" width="${px(width - 1)}" height="17" rx="8.5" class="s-${colour}"/>` +
      sign(`s-${worst}`, left + 6, middle - 6, 12, colour) +
      label(text, { x: left + 21, y: middle, face: 'count', colour }),
  };
}
