/** MD310: rules for the whitelist that are broken. */
import type { Finding } from '../finding';
import { finding, targetName } from '../findings/make';
import { parseEntityKey } from '../keys';
import type { EntityKey } from '../keys';
import type { MeshModel } from '../model';
import { violationsOf } from './policy';
import type { PolicyRule } from './policy';
import { whitelistOf } from './whitelist';

const nameOf = (key: EntityKey): string => {
  const { namespace = '', name = key } = parseEntityKey(key) ?? {};
  return targetName({ namespace, name });
};

/** One finding for each node and service that a rule keeps apart and the whitelist does not. */
export function policyFindings(model: MeshModel, rules: readonly PolicyRule[]): Finding[] {
  if (rules.length === 0) return [];
  return violationsOf(whitelistOf(model.mesh, model.entities.values()), rules).map(
    ({ rule, node, service, hops, first, path }) =>
      finding('MD310', node, {
        severity: rule.severity,
        at: `${rule.id}|${service}`,
        related: [service],
        path,
        details: {
          rule: rule.id,
          service: nameOf(service),
          hops,
          first: nameOf(first),
          because: rule.because ?? 'none',
        },
      }),
  );
}
