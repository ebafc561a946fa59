/** Declared rules about the whitelist, and what breaks them. */
import type { EntityKey } from '../keys';
import { reachersOf } from './reach';
import { backendName, grantsOf, isAllowed, ownBackends, permission, ruleOf } from './whitelist';
import type { Permission, Whitelist } from './whitelist';

/**
 * A pattern of `namespace/name`, in which `*` stands for any text without `/`. A pattern without `/` is a namespace: all of
 * what is in it.
 */
export type Pattern = string;

interface RuleBase {
  id: string;
  severity: 'error' | 'warning';
  /** Why there is such a rule; shown with what breaks it. */
  because?: string | undefined;
  /** Also calls over nodes in between count. */
  transitive: boolean;
}

/** None of `from` may reach any of `to`. */
export interface DenyRule extends RuleBase {
  kind: 'deny';
  from: readonly Pattern[];
  to: readonly Pattern[];
}

/** Nobody but `from` may reach any of `to`. */
export interface OnlyRule extends RuleBase {
  kind: 'only';
  from: readonly Pattern[];
  to: readonly Pattern[];
}

export type PolicyRule = DenyRule | OnlyRule;

export interface Violation {
  rule: PolicyRule;
  node: EntityKey;
  service: EntityKey;
  /** What allows the call; of one over others, what allows its first step. */
  by: Permission;
  /** 1 for a call of the node itself. */
  hops: number;
  /** The service it calls first. */
  first: EntityKey;
  /** Where the object says so. */
  path: string;
}

/** Whether a pattern names an object. */
export function matches(pattern: Pattern, namespace: string, name: string): boolean {
  const whole = pattern.includes('/') ? pattern : `${pattern}/*`;
  const escaped = whole.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^/]*')}$`).test(`${namespace}/${name}`);
}

const matchesAny = (patterns: readonly Pattern[], ref: { namespace: string; name: string }): boolean =>
  patterns.some((pattern) => matches(pattern, ref.namespace, ref.name));

/** Where a node allows a service: its own entry, the group it uses, or that it lists nothing. */
function pathOf(list: Whitelist, node: EntityKey, service: EntityKey): string {
  const entity = list.nodes.get(node);
  const grant = entity && grantsOf(entity).get(service);
  if (entity === undefined || grant === undefined) return 'spec.backends';
  if (grant.by === 'direct') {
    const name = backendName(grant.backend);
    return `spec.backends[${ownBackends(entity).findIndex((each) => backendName(each) === name)}]`;
  }
  return `spec.backendGroups[${entity.backendGroups.findIndex(({ key }) => key === grant.group)}]`;
}

/** The services a rule is about: those of the mesh, and whatever else is listed under such a name. */
function targetsOf(
  list: Whitelist,
  to: readonly Pattern[],
): Map<EntityKey, { namespace: string; name: string }> {
  const targets = new Map<EntityKey, { namespace: string; name: string }>();
  for (const { key, ref } of list.services.values()) if (matchesAny(to, ref)) targets.set(key, ref);
  for (const node of list.nodes.values())
    for (const backend of node.backends)
      if (!targets.has(backend.key) && backend.resolution !== 'unset' && matchesAny(to, backend))
        targets.set(backend.key, backend);
  return targets;
}

/** Every call that a rule forbids and the whitelist allows, by rule, then node and service. */
export function violationsOf(list: Whitelist, rules: readonly PolicyRule[]): Violation[] {
  const found: Violation[] = [];
  for (const rule of rules)
    for (const service of targetsOf(list, rule.to).keys()) {
      const direct: [EntityKey, { hops: number; by: EntityKey }][] = [...list.nodes.values()]
        .filter((node) => isAllowed(permission(node, service, list.egress)))
        .map(({ key }) => [key, { hops: 1, by: service }]);
      for (const [node, { hops, by }] of rule.transitive ? reachersOf(list, service) : direct) {
        const entity = list.nodes.get(node);
        if (entity === undefined || matchesAny(rule.from, entity.ref) !== (rule.kind === 'deny')) continue;
        found.push({
          rule,
          node,
          service,
          by: permission(entity, by, list.egress),
          hops,
          first: by,
          path: ruleOf(entity, list.egress) === 'everything' ? 'spec.backends' : pathOf(list, node, by),
        });
      }
    }
  return found.sort(
    (a, b) =>
      rules.indexOf(a.rule) - rules.indexOf(b.rule) || (a.node + a.service < b.node + b.service ? -1 : 1),
  );
}

/** Rules that speak of nothing in this mesh: a name that was mistyped, or is gone, guards nothing. */
export function idleRules(list: Whitelist, rules: readonly PolicyRule[]): PolicyRule[] {
  return rules.filter(
    ({ kind, from, to }) =>
      targetsOf(list, to).size === 0 ||
      (kind === 'deny' && ![...list.nodes.values()].some(({ ref }) => matchesAny(from, ref))),
  );
}
