import type { Translate } from '@/lib/i18n/translate';
import { nameOf, namespaceOf } from './card-size';
import type { ShownCard } from './shown-graph';

/** What a screen reader says of a card: kind, name, namespace, then what the card shows. */
export function spokenLabel({ node, findings, goneAt }: ShownCard, t: Translate, locale: string): string {
  const parts: string[] = [];
  if (node.kind === 'gateway' || node.kind === 'node') {
    const { ready, total } = node.workload;
    parts.push(total === 0 ? t('topology.spoken.noPods') : t('topology.spoken.ready', { ready, total }));
  }
  if (node.kind === 'workload') {
    const { ready, total } = node;
    parts.push(t('topology.spoken.ready', { ready, total }));
  }
  if (node.kind === 'host') parts.push(t(`topology.card.${node.cause}`));
  if (node.kind === 'router') parts.push(t('topology.spoken.routes', { count: node.routes.length }));
  if (node.kind === 'gateway') parts.push(t('topology.spoken.routes', { count: node.rows.length }));
  if (goneAt !== undefined) parts.push(t('topology.spoken.gone'));
  parts.push(t('topology.spoken.findings', { count: findings.length }));
  return t('topology.spoken', {
    kind: t(`topology.kind.${node.kind}`),
    name: nameOf(node),
    namespace: namespaceOf(node) || 'none',
    parts: new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(parts),
  });
}
