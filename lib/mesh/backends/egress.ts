/** What the other egress filter of the mesh would change, node by node, before it is done. */
import type { EntityKey } from '../keys';
import type { Mesh } from '../model';
import { perMinute } from './impact';
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
  /** A sample of its calls was seen (`tracedNodes`); of another nobody knows what it calls without listing it. */
  traced: boolean;
}

/**
 * Only nodes for which something changes, those with calls that break first. Calls to hosts outside of the mesh are not
 * observed by service, and are not judged.
 */
export function egressEffects(
  list: Whitelist,
  calls: SeenCalls,
  tracedNodes: ReadonlySet<EntityKey>,
  egress: Mesh['egress'],
): EgressEffect[] {
  const effects: EgressEffect[] = [];
  for (const node of list.nodes.values()) {
    const from = ruleOf(node, list.egress);
    const to = ruleOf(node, egress);
    if (from === to) continue;
    const traced = tracedNodes.has(node.key);
    const effect: EgressEffect = { node: node.key, from, to, breaks: [], opens: [], traced };
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

/** Everything a change of the filter does, added up. */
export interface EgressImpact {
  breaks: AffectedCall[];
  opens: AffectedCall[];
  breaksPerMinute: number;
  opensPerMinute: number;
  /** Nodes of which nobody would have seen calls. */
  untraced: EntityKey[];
  /** type: calls would begin to fail, or nobody can know. click: nothing is taken from anybody. */
  confirmation: 'click' | 'type';
}

/** A node that is held to an empty list loses what it calls outside of the mesh, too, which nobody measures. */
export function egressImpact(effects: readonly EgressEffect[]): EgressImpact {
  const breaks = effects.flatMap((effect) => effect.breaks);
  const opens = effects.flatMap((effect) => effect.opens);
  return {
    breaks,
    opens,
    breaksPerMinute: perMinute(breaks),
    opensPerMinute: perMinute(opens),
    untraced: effects.filter(({ traced }) => !traced).map(({ node }) => node),
    confirmation: effects.some(({ to }) => to === 'list') ? 'type' : 'click',
  };
}
