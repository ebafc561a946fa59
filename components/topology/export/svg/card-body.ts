/** What a card shows below its head. */
import type { Listener, Workload } from '@/lib/mesh/model';
import type { TopologyNode } from '@/lib/mesh/topology';
import { gatewayRowTop, HEAD, PROBLEMS_SHOWN, ROW } from '../../card-size';
import { matchLines } from '../../gateway-rows';
import { podsHealth } from '../../health';
import type { Health } from '../../health';
import { fitted, INSET, label, sign } from './ink';
import type { Colour, FaceName, Pen } from './ink';
import { routeHead, routeRow, rule } from './route-row';

type Pods = Pick<Workload, 'ready' | 'total'>;

export const TONE: Record<Health['tone'], Colour> = {
  ok: 'ok',
  warning: 'warning',
  error: 'error',
  muted: 'text-muted',
};

export function cardBody(node: TopologyNode, width: number, pen: Pen): string {
  const { t, measure } = pen;
  const top = 1 + HEAD;
  const middle = top + ROW.line / 2;
  const room = width - INSET.left - INSET.right;
  const line = (text: string, y: number, colour: Colour, face: FaceName = 'line') =>
    label(fitted(text, face, room, measure), { x: INSET.left, y, face, colour });
  switch (node.kind) {
    case 'gateway':
      return (
        listeners(node.listeners, node.workload, width, middle, pen) +
        (node.rows.length === 0
          ? line(t('topology.card.noRoutes'), top + ROW.line + 14, 'text-muted')
          : node.rows
              .map(({ protocol, match }, n) => {
                const y = top + ROW.line + gatewayRowTop(node, n);
                return rule(y, width) + routeHead(protocol, '', matchLines(match), width, y + 15.5, pen);
              })
              .join(''))
      );
    case 'service':
      return node.provider.kind === 'none'
        ? line(t('topology.card.noProvider'), middle, 'warning')
        : line(node.hostname, middle, 'text-muted', 'code');
    case 'router':
      if (node.routes.length === 0) return line(t('topology.card.noRoutes'), top + 14, 'text-muted');
      return node.routes.map((route, n) => routeRow(route, top + n * ROW.router, width, pen)).join('');
    case 'node': {
      const y = top + ROW.line * 1.5;
      return (
        listeners(node.listeners, undefined, width, middle, pen) +
        pods(node.workload, INSET.left, y, 'start', pen).marks +
        proxies(node.workload, width - INSET.right, y, pen)
      );
    }
    case 'backendGroup':
      return line(t('topology.card.unusedGroup', { count: node.members.length }), middle, 'text-muted');
    case 'host':
      return line(t(`topology.card.${node.cause}`), middle, 'text-muted');
    case 'kubeService':
      return line(node.namespace, middle, 'text-muted');
    case 'workload':
      return beside(node.ownerKind, node, width, middle, pen);
    case 'unresolved':
      return line(t(`topology.card.${node.cause}`), middle, 'text-muted');
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

/** Listeners as `http 8080`, with the pods where they are given. */
function listeners(
  all: readonly Listener[],
  workload: Workload | undefined,
  width: number,
  y: number,
  pen: Pen,
): string {
  const said = all.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');
  return beside(said === '' ? pen.t('topology.card.noListeners') : said, workload, width, y, pen);
}

/** A text on the left, pods on the right. */
function beside(text: string, workload: Pods | undefined, width: number, y: number, pen: Pen): string {
  const right = workload ? pods(workload, width - INSET.right, y, 'end', pen) : { marks: '', width: -8 };
  const room = width - INSET.left - INSET.right - right.width - 8;
  const shown = fitted(text, 'line', room, pen.measure);
  return label(shown, { x: INSET.left, y, face: 'line', colour: 'text-muted' }) + right.marks;
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

function pods(workload: Pods, x: number, y: number, anchor: 'start' | 'end', pen: Pen) {
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
