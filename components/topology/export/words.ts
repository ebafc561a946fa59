/** The texts that more than one format shows. */
import type { Translate } from '@/lib/i18n/translate';
import { matchText } from '@/components/ui/match-text';
import type { ShownCard } from '../shown-graph';
import type { DrawnEdge, Exportable } from './exportable';

/** What an edge says: how many it stands for, or its share and, where it differs, the raw weight. */
export function shareText(edge: DrawnEdge, t: Translate): { share: string; weight?: string } | undefined {
  if (edge.count > 1) return { share: t('topology.edge.count', { count: edge.count }) };
  if (edge.share === undefined) return undefined;
  const share = t('topology.edge.share', { share: edge.share });
  const differs = edge.weight !== undefined && Math.abs(edge.share * 100 - edge.weight) > 0.05;
  return differs ? { share, weight: t('topology.edge.weight', { weight: edge.weight ?? 0 }) } : { share };
}

/** The row an edge leaves from, in words: the match of a gateway route, the name of a route where there are several. */
export function rowText(edge: DrawnEdge, source: ShownCard | undefined): string | undefined {
  if (edge.row === undefined || !source) return undefined;
  const { node } = source;
  if (node.kind === 'gateway') {
    const row = node.rows.find(({ key }) => key === edge.row);
    return row && matchText(row.match);
  }
  return node.kind === 'router' && node.routes.length > 1 ? edge.row : undefined;
}

/** Where a picture comes from, when it was taken, and what it does not show: a line each. */
export function noteLines(
  { source, picture, graph }: Exportable,
  at: Date,
  locale: string,
  t: Translate,
): string[] {
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' });
  const { shown, filtered, folded, hidden } = graph.counts;
  const { epoch, seq } = picture.revision;
  return [
    t('export.note.source', { source, time: time.format(at), revision: `${epoch}:${seq}` }),
    t('topology.counts', { shown }),
    ...(filtered > 0 ? [t('topology.countsFiltered', { count: filtered })] : []),
    ...(folded > 0 ? [t('topology.countsFolded', { count: folded })] : []),
    ...(hidden > 0 ? [t('export.note.hidden', { count: hidden })] : []),
  ];
}
