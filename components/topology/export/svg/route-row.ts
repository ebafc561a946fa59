/** A route on a card: its protocol, name and match, and the bar of its weights. */
import { targetMarks } from '@/components/traffic/target-swatch';
import { matchText } from '@/components/ui/match-text';
import type { Protocol, Route } from '@/lib/mesh/model';
import { MATCH_LINE } from '../../card-size';
import { fitted, INSET, label, px } from './ink';
import type { Measure, Pen } from './ink';

/** Bars shorter than this have no room for a number. Parts of a bar, as on the canvas. */
const NUMBER_FROM = 0.14;
export const BAR = { top: 29, height: 24 } as const;

/** The line between the rows of a card. */
export const rule = (y: number, width: number) => `<path d="M4 ${y + 0.5}H${width - 1}" class="s-border"/>`;

/** Protocol, name where there is one, and match, in lines. */
export function routeHead(
  protocol: Protocol | 'unknown',
  name: string,
  lines: readonly string[],
  width: number,
  y: number,
  { measure }: Pen,
): string {
  const text = protocol === 'unknown' ? '?' : protocol.toUpperCase();
  const badge = measure(text, 'protocol') + 12;
  const room = width - INSET.left - INSET.right - badge - 6;
  const shown = fitted(name, 'route', room / 2, measure);
  const taken = shown === '' ? 0 : measure(shown, 'route') + 6;
  const at = INSET.left + badge + 6;
  return (
    `<rect x="${INSET.left + 0.5}" y="${px(y - 8)}" width="${px(badge - 1)}" height="16" rx="3.5" class="badge"/>` +
    label(text, { x: INSET.left + badge / 2, y, face: 'protocol', colour: 'text', anchor: 'middle' }) +
    label(shown, { x: at, y, face: 'route', colour: 'text' }) +
    lines
      .map((line, n) =>
        label(fitted(line, 'code', room - taken, measure), {
          x: at + taken,
          y: y + n * MATCH_LINE,
          face: 'code',
          colour: shown === '' ? 'text' : 'text-muted',
        }),
      )
      .join('')
  );
}

export function routeRow(route: Route, top: number, width: number, pen: Pen): string {
  const match = route.protocol === 'unknown' ? pen.t('topology.card.unknownRoute') : matchText(route.match);
  return (
    rule(top, width) +
    routeHead(route.protocol, route.name, [match], width, top + 16.5, pen) +
    `<g transform="translate(${INSET.left} ${top + BAR.top})">${weightBar(route, width - INSET.left - INSET.right, pen)}</g>`
  );
}

/** Shares as one stacked bar. What is drafted in the console is not in it: a picture shows what is live. */
function weightBar({ targets }: Route, width: number, { t, measure }: Pen): string {
  const { height } = BAR;
  const track = `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="4.5" class="badge"/>`;
  if (targets.every(({ share }) => share === 0)) {
    const text = t(targets.length === 0 ? 'traffic.bar.empty' : 'traffic.bar.none');
    const shown = fitted(text, 'small', width - 16, measure);
    const y = height / 2;
    return track + label(shown, { x: width / 2, y, face: 'small', colour: 'text-muted', anchor: 'middle' });
  }
  let at = 0;
  const parts = targets.map(({ share }, n) => {
    const [left, length] = [at, share * width];
    at += length;
    return length <= 0 ? '' : segment(n, left, length, share >= NUMBER_FROM ? t('traffic.share', { share }) : '', measure);
  }); // prettier-ignore
  return `${track}<g clip-path="url(#b${width})">${parts.join('')}</g>`;
}

function segment(n: number, left: number, length: number, text: string, measure: Measure): string {
  const { colour, pattern } = targetMarks(n);
  const box = `x="${px(left)}" width="${px(length)}" height="${BAR.height}"`;
  const middle = left + length / 2;
  const width = measure(text, 'count') + 8;
  return (
    `<rect ${box} class="f-target-${colour}"/>` +
    (pattern === 0 ? '' : `<rect ${box} fill="url(#p${pattern})"/>`) +
    (left > 0 ? `<path d="M${px(left)} 0V${BAR.height}" class="s-surface-raised"/>` : '') +
    (text === '' || width > length
      ? ''
      : `<rect x="${px(middle - width / 2)}" y="5" width="${px(width)}" height="14" rx="3" class="f-surface-raised"/>` +
        label(text, { x: middle, y: 12, face: 'count', colour: 'text', anchor: 'middle' }))
  );
}
