import type { Translate } from '@/lib/i18n/translate';
import type { Diagram, DiagramNode } from '@/lib/mesh/export/diagram';
import { nameOf } from '../card-size';
import { healthOf } from '../health';
import type { ShownCard } from '../shown-graph';
import { drawingOf } from './exportable';
import type { Exportable } from './exportable';
import { noteLines, rowText, shareText } from './words';

/** What is shown as a diagram for text tools. `address` is that of the screen. */
export function diagramOf(
  exported: Exportable,
  address: string,
  at: Date,
  locale: string,
  t: Translate,
): Diagram {
  const { cards, marks, edges, groupOf } = drawingOf(exported.graph);
  const byId = new Map<string, ShownCard>(cards.map((card) => [card.node.key, card]));
  return {
    title: exported.mesh,
    notes: noteLines(exported, at, locale, t),
    url: address,
    nodes: [
      ...cards.map((card) => ({ ...cardNode(card, t), url: withSelection(address, card.node.key) })),
      ...marks.map(({ id, name, cards: count }) => ({
        id,
        kind: 'group' as const,
        name,
        lines: [t('topology.namespace.cards', { count })],
      })),
    ],
    edges: edges.map((edge) => {
      const share = shareText(edge, t);
      const parts = [rowText(edge, byId.get(edge.source)), share?.share, share?.weight];
      return { ...edge, label: parts.filter(Boolean).join(' · ') };
    }),
    groupOf: ({ id }) => {
      const card = byId.get(id);
      return card ? groupOf(card) : '';
    },
  };
}

function cardNode({ node, goneAt }: ShownCard, t: Translate): DiagramNode {
  const lines = [t(`topology.kind.${node.kind}`)];
  if (node.kind === 'service' && node.hostname !== nameOf(node)) lines.push(node.hostname);
  if (node.kind === 'host') lines.push(t(`topology.card.${node.cause}`));
  if (node.kind === 'workload') lines.push(node.ownerKind);
  if ((node.kind === 'node' || node.kind === 'gateway') && node.workload.total > 0) {
    const { ready, total } = node.workload;
    lines.push(t('topology.card.pods', { ready, total }));
  }
  const { tone, message, values } = healthOf(node, goneAt !== undefined);
  // What is well is not worth a line, and pods have told theirs.
  if (tone !== 'ok' && message !== 'partial') lines.push(t(`topology.health.${message}`, values));
  return { id: node.key, kind: node.kind, name: nameOf(node), lines };
}

function withSelection(address: string, key: string): string {
  const url = new URL(address);
  url.searchParams.set('selected', key);
  return url.href;
}
