/** What the other egress filter of the mesh would change, node by node, before it is done. */
import type { EntityKey } from '../keys';
import type { Mesh } from '../model';
import type { AffectedCall } from './impact';
import type { SeenCalls } from './observed';
import { isAllowed, permission, ruleOf } from './whitelist';
import type { Rule, Whitelist } from './whitelist';

export interface EgressEffect {
  node: EntityKey;
  from: Rule;
  to: Rule;
  /** Observed calls to services of the mesh that would begin to fail, or to be allowed. */
  breaks: AffectedCall[];
  opens: AffectedCall[];
}

/**
 * Only nodes for which something changes, those with calls that break first. Calls to hosts outside of the mesh are not
 * observed by service, and are not judged.
 */
export function egressEffects(list: Whitelist, calls: SeenCalls, egress: Mesh['egress']): EgressEffect[] {
  const effects: EgressEffect[] = [];
  for (const node of list.nodes.values()) {
    const from = ruleOf(node, list.egress);
    const to = ruleOf(node, egress);
    if (from === to) continue;
    const effect: EgressEffect = { node: node.key, from, to, breaks: [], opens: [] };
    for (const [service, call] of calls.get(node.key) ?? []) {
      if (call.seen !== 'yes') continue;
      const was = isAllowed(permission(node, service, list.egress));
      const is = isAllowed(permission(node, service, egress));
      if (was !== is) (is ? effect.opens : effect.breaks).push({ node: node.key, service, call });
    }
    effects.push(effect);
  }
  return effects.sort((a, b) => b.breaks.length - a.breaks.length || (a.node < b.node ? -1 : 1));
}
