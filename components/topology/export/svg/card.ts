/** A card as the canvas draws it, with its own top left corner as origin. */
import { countFindings } from '@/components/findings/finding-text';
import { targetMarks } from '@/components/traffic/target-swatch';
import { matchText } from '@/components/ui/match-text';
import type { Locale } from '@/lib/i18n/locale';
import type { Translate } from '@/lib/i18n/translate';
import type { Finding } from '@/lib/mesh/finding';
import type { Listener, Protocol, Route, Workload } from '@/lib/mesh/model';
import type { TopologyNode } from '@/lib/mesh/topology';
import { cardSize, HEAD, nameOf, PROBLEMS_SHOWN, ROW } from '../../card-size';
import { healthOf, podsHealth } from '../../health';
import type { Health } from '../../health';
import type { ShownCard } from '../../shown-graph';
import { spokenLabel } from '../../spoken-label';
import { escaped, fitted, label, px, sign } from './ink';
import type { Colour, FaceName, Measure } from './ink';

export interface Pen {
  measure: Measure;
  t: Translate;
  locale: Locale;
}

/** Borders of 4 left and 1 elsewhere, then 10 to the text. */
const LEFT = 14;
const RIGHT = 11;
const TONE: Record<Health['tone'], Colour> = {
  ok: 'ok',
  warning: 'warning',
  error: 'error',
  muted: 'text-muted',
};
const SEVERITY: Record<Finding['severity'], Colour> = { error: 'error', warning: 'warning', info: 'info' };
/** Bars shorter than this have no room for a number. Parts of a bar, as on the canvas. */
const NUMBER_FROM = 0.14;
const BAR = { top: 29, height: 24 } as const;

/** Shapes that the marks of a card are cut at: the card, and the bars on it. */
export function cardCuts(
  node: TopologyNode,
): { id: string; width: number; height: number; radius: number }[] {
  const { width, height } = cardSize(node);
  const card = { id: `c${width}x${height}`, width, height, radius: 8 };
  const bar = width - LEFT - RIGHT;
  return node.kind === 'router'
    ? [card, { id: `b${bar}`, width: bar, height: BAR.height, radius: 5 }]
    : [card];
}

export const kindColour = (kind: TopologyNode['kind']): Colour =>
  kind === 'malformed' ? 'kind-unresolved' : `kind-${kind}`;

export function cardMarks(card: ShownCard, x: number, y: number, pen: Pen): string {
  const { node, goneAt, dimmed } = card;
  const { width, height } = cardSize(node);
  const gone = goneAt !== undefined;
  const faint = gone ? ' opacity="0.6"' : dimmed === true ? ' opacity="0.3"' : '';
  return (
    `<g transform="translate(${px(x)} ${px(y)})"${faint}>` +
    `<title>${escaped(spokenLabel(card, pen.t, pen.locale))}</title>` +
    frame(node, width, height, gone) +
    `<g clip-path="url(#c${width}x${height})">${head(card, width, pen)}${body(node, width, pen)}</g></g>`
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
  let right = width - RIGHT;
  let signs = '';
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
    sign(`k-${node.kind}`, LEFT, middle - 9, 18, kindColour(node.kind)) +
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

function body(node: TopologyNode, width: number, pen: Pen): string {
  const { t, measure } = pen;
  const top = 1 + HEAD;
  const room = width - LEFT - RIGHT;
  const line = (text: string, y: number, colour: Colour, face: FaceName = 'line') =>
    label(fitted(text, face, room, measure), { x: LEFT, y, face, colour });
  switch (node.kind) {
    case 'gateway':
      return (
        listeners(node.listeners, node.workload, width, top + ROW.line / 2, pen) +
        (node.rows.length === 0
          ? line(t('topology.card.noRoutes'), top + ROW.line + 14, 'text-muted')
          : node.rows
              .map(({ protocol, match }, n) => {
                const y = top + ROW.line + n * ROW.gateway;
                return rule(y, width) + routeHead(protocol, '', matchText(match), width, y + 15.5, pen);
              })
              .join(''))
      );
    case 'service':
      return node.provider.kind === 'none'
        ? line(t('topology.card.noProvider'), top + ROW.line / 2, 'warning')
        : line(node.hostname, top + ROW.line / 2, 'text-muted', 'code');
    case 'router':
      if (node.routes.length === 0) return line(t('topology.card.noRoutes'), top + 14, 'text-muted');
      return node.routes.map((route, n) => routeRow(route, top + n * ROW.router, width, pen)).join('');
    case 'node': {
      const y = top + ROW.line * 1.5;
      return (
        listeners(node.listeners, undefined, width, top + ROW.line / 2, pen) +
        pods(node.workload, LEFT, y, 'start', pen).marks +
        proxies(node.workload, width - RIGHT, y, pen)
      );
    }
    case 'unresolved':
      return line(t(`topology.card.${node.cause}`), top + ROW.line / 2, 'text-muted');
    case 'malformed':
      return node.problems
        .slice(0, PROBLEMS_SHOWN)
        .map(({ path, message }, n) => {
          const y = top + n * ROW.problem;
          return rule(y, width) + line(`${path} ${message}`, y + ROW.problem / 2, 'text');
        })
        .join('');
  }
}

const rule = (y: number, width: number) => `<path d="M4 ${y + 0.5}H${width - 1}" class="s-border"/>`;

function listeners(
  all: readonly Listener[],
  workload: Workload | undefined,
  width: number,
  y: number,
  pen: Pen,
): string {
  const said = all.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');
  const right = workload ? pods(workload, width - RIGHT, y, 'end', pen) : { marks: '', width: -8 };
  const room = width - LEFT - RIGHT - right.width - 8;
  const text = fitted(said === '' ? pen.t('topology.card.noListeners') : said, 'line', room, pen.measure);
  return label(text, { x: LEFT, y, face: 'line', colour: 'text-muted' }) + right.marks;
}

/** A sign of health and a text, from or up to `x`. */
function tone(
  health: Health['tone'],
  text: string,
  x: number,
  y: number,
  anchor: 'start' | 'end',
  { measure }: Pen,
): { marks: string; width: number } {
  const width = measure(text, 'line') + 16;
  const left = anchor === 'start' ? x : x - width;
  return {
    width,
    marks:
      sign(`t-${health}`, left, y - 6, 12, TONE[health]) +
      label(text, { x: left + 16, y, face: 'line', colour: TONE[health] }),
  };
}

function pods(workload: Workload, x: number, y: number, anchor: 'start' | 'end', pen: Pen) {
  const { ready, total } = workload;
  const text = total === 0 ? pen.t('topology.card.noPods') : pen.t('topology.card.pods', { ready, total });
  return tone(podsHealth(workload).tone, text, x, y, anchor, pen);
}

function proxies({ total, withoutProxy }: Workload, x: number, y: number, pen: Pen): string {
  if (total === 0) return '';
  const [health, text] =
    withoutProxy === 0
      ? (['ok', pen.t('topology.card.proxyAll')] as const)
      : (['warning', pen.t('topology.card.proxySome', { count: withoutProxy })] as const);
  return tone(health, text, x, y, 'end', pen).marks;
}

/** Protocol, name where there is one, and match. */
function routeHead(
  protocol: Protocol | 'unknown',
  name: string,
  match: string,
  width: number,
  y: number,
  { measure }: Pen,
): string {
  const text = protocol === 'unknown' ? '?' : protocol.toUpperCase();
  const badge = measure(text, 'protocol') + 12;
  const room = width - LEFT - RIGHT - badge - 6;
  const shown = fitted(name, 'route', room / 2, measure);
  const taken = shown === '' ? 0 : measure(shown, 'route') + 6;
  const at = LEFT + badge + 6;
  return (
    `<rect x="${LEFT + 0.5}" y="${px(y - 8)}" width="${px(badge - 1)}" height="16" rx="3.5" class="badge"/>` +
    label(text, { x: LEFT + badge / 2, y, face: 'protocol', colour: 'text', anchor: 'middle' }) +
    label(shown, { x: at, y, face: 'route', colour: 'text' }) +
    label(fitted(match, 'code', room - taken, measure), {
      x: at + taken,
      y,
      face: 'code',
      colour: shown === '' ? 'text' : 'text-muted',
    })
  );
}

function routeRow(route: Route, top: number, width: number, pen: Pen): string {
  const match = route.protocol === 'unknown' ? pen.t('topology.card.unknownRoute') : matchText(route.match);
  return (
    rule(top, width) +
    routeHead(route.protocol, route.name, match, width, top + 16.5, pen) +
    `<g transform="translate(${LEFT} ${top + BAR.top})">${weightBar(route, width - LEFT - RIGHT, pen)}</g>`
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
