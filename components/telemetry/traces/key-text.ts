/** The key of an entity or edge, in words. Pure. */
import type { Translate } from '@/lib/i18n/translate';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import { shortName } from '../metrics/subjects';

const KINDS = ['gateway', 'service', 'router', 'node'] as const;

/** Ends of an edge by its key (`kind|source|row|target|n`); undefined for what is no edge's key. */
export function edgeEnds(key: string): { source: EntityKey; target: EntityKey } | undefined {
  const parts = key.split('|');
  const [source, target] = [parts[1] ?? '', parts.at(-2) ?? ''];
  return parts.length >= 5 && parseEntityKey(source) && parseEntityKey(target)
    ? { source: source as EntityKey, target: target as EntityKey } // both were just parsed
    : undefined;
}

/** `VirtualNode shop/cart-v1`, or both ends of an edge. */
export function keyText(key: string, t: Translate): string {
  const ends = edgeEnds(key);
  if (ends) return t('traces.edge', { source: shortName(ends.source), target: shortName(ends.target) });
  const parsed = parseEntityKey(key);
  const kind = KINDS.find((each) => each === parsed?.kind);
  return kind && parsed
    ? t('traces.entity', { kind: t(`topology.kind.${kind}`), name: shortName(key as EntityKey) }) // it was just parsed
    : key;
}
