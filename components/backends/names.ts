/** How nodes, services and groups are named in a sentence. */
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';

export function nameOf(key: EntityKey): string {
  const { namespace = '', name = key } = parseEntityKey(key) ?? {};
  return namespace === '' ? name : `${namespace}/${name}`;
}
