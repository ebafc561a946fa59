/** What must hold before weights are written, beyond the object being what the caller saw. */
import 'server-only';
import type { WeightsAnswer, WeightsRequest } from '@/lib/api/weights';
import { OWNER_NAMES, ownerCommand, ownerLevel } from '@/lib/mesh/ownership';
import { cannotAnswer } from '@/lib/mesh/readiness';
import { seenTargets } from '@/lib/mesh/weights';
import { keepWeightsSnippet } from '@/lib/providers/app-mesh';
import { fail, type Failure } from '../problem';
import type { LiveRoute } from './live';

/** A route in its mesh, as it is now. */
type GuardedRoute = Pick<LiveRoute, 'model' | 'router' | 'route'>;

type Warnings = WeightsAnswer['warnings'];

/** Controllers that write weights themselves refuse (E203); those that restore objects must be acknowledged (E204). */
export function checkOwner(
  { router, route }: GuardedRoute,
  body: Pick<WeightsRequest, 'acknowledgeOwner' | 'dryRun'>,
): { ok: true; warnings: Warnings } | Failure {
  const { ownership, ref } = router;
  const { manager, name = '' } = ownership;
  if (manager === 'none') return { ok: true, warnings: [] };
  const values = { owner: OWNER_NAMES[manager], name };
  switch (ownerLevel(ownership)) {
    case 'free':
      return { ok: true, warnings: [] };
    case 'blocked':
      return fail('E203', { values: { ...values, look: ownerCommand(ownership, ref.namespace) ?? 'none' } });
    case 'acknowledge': {
      // A dry run shows what would happen, the warning included, before anybody has to acknowledge it.
      if (body.acknowledgeOwner !== true && body.dryRun !== true) return fail('E204', { values });
      const snippet = keepWeightsSnippet(ownership, router, [route]);
      return {
        ok: true,
        warnings: [
          { code: 'owner-gitops', details: { ...values, ...(snippet === undefined ? {} : { snippet }) } },
        ],
      };
    }
    case 'note':
      return { ok: true, warnings: [{ code: 'owner-helm', details: values }] };
  }
}

/** Refuses (E403) to raise the weight of a target that is missing or has no ready pod; lowering is always allowed. */
function checkTargets(live: GuardedRoute, body: WeightsRequest): Failure | undefined {
  const seen = seenTargets(live.route);
  for (const [i, target] of live.route.targets.entries()) {
    const before = seen[i];
    const wanted = body.targets.find(
      ({ node, port }) => node === before?.node && (port === undefined || port === target.port),
    );
    if (before === undefined || wanted === undefined || wanted.weight <= before.weight) continue;
    if (target.resolution === 'missing' || target.resolution === 'otherMesh')
      return fail('E403', { values: { reason: 'missing', node: before.node } });
    if (target.resolution === 'unread')
      return fail('E403', { values: { reason: 'unread', node: before.node } });
    const node = live.model.entities.get(target.key);
    if (node?.kind === 'node' && cannotAnswer(node))
      return fail('E403', { values: { reason: 'notReady', node: before.node } });
  }
  return undefined;
}

/** Runs every guard. Failures: E401, E203, E204, E403; `warnings` do not stop the write. */
export function checkGuards(
  live: GuardedRoute,
  body: WeightsRequest,
): { ok: true; warnings: Warnings } | Failure {
  const { weightMin, weightMax, weightSumMax } = live.model.mesh.capabilities;
  if (body.targets.some(({ weight }) => weight < weightMin || weight > weightMax))
    return fail('E401', { values: { reason: 'number', total: 0, max: weightMax } });
  const total = body.targets.reduce((sum, { weight }) => sum + weight, 0);
  if (total < 1 || total > weightSumMax)
    return fail('E401', { values: { reason: 'sum', total, max: weightSumMax } });
  return checkTargets(live, body) ?? checkOwner(live, body);
}
