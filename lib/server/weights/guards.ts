/** What must hold before weights are written, beyond the object being what the caller saw. */
import 'server-only';
import type { WeightsAnswer, WeightsRequest } from '@/lib/api/weights';
import type { Ownership } from '@/lib/mesh/model';
import { cannotAnswer } from '@/lib/mesh/readiness';
import { seenTargets } from '@/lib/mesh/weights';
import { fail, type Failure } from '../problem';
import type { LiveRoute } from './live';

/** A route in its mesh, as it is now. */
type GuardedRoute = Pick<LiveRoute, 'model' | 'router' | 'route'>;

type Warnings = WeightsAnswer['warnings'];

const OWNER_NAMES: Record<Exclude<Ownership['manager'], 'none'>, string> = {
  helm: 'Helm',
  argocd: 'Argo CD',
  flux: 'Flux',
  flagger: 'Flagger',
  rollouts: 'Argo Rollouts',
  shift: 'TrafficShift',
};

/** Controllers that write weights themselves refuse (E203); those that restore objects must be acknowledged (E204). */
function checkOwner(live: GuardedRoute, body: WeightsRequest): { ok: true; warnings: Warnings } | Failure {
  const { manager, name = '' } = live.router.ownership;
  if (manager === 'none') return { ok: true, warnings: [] };
  const values = { owner: OWNER_NAMES[manager], name };
  switch (manager) {
    case 'flagger':
    case 'rollouts':
    case 'shift':
      return fail('E203', { values });
    case 'argocd':
    case 'flux':
      // A dry run shows what would happen, the warning included, before anybody has to acknowledge it.
      if (body.acknowledgeOwner !== true && body.dryRun !== true) return fail('E204', { values });
      return { ok: true, warnings: [{ code: 'owner-gitops', details: values }] };
    case 'helm':
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
