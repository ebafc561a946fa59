/** What a change of weights did, or would do, in the words of the contract. */
import 'server-only';
import type { WeightsAnswer } from '@/lib/api/weights';
import { buildTopology } from '@/lib/mesh/build-topology';
import { upstreamOf } from '@/lib/mesh/callers';
import { findFindings } from '@/lib/mesh/findings';
import { seenTargets } from '@/lib/mesh/weights';
import { HISTORY_ANNOTATION, kubectlWeightsCommand, type RawObject } from '@/lib/providers/app-mesh';
import { objectYaml } from '../object-yaml';
import type { GuardedChange, WeightsChange } from './apply';
import { modelWith, ROUTER } from '../writing/objects';

/** Builds the answer about one of the routes from the router before and after, as the cluster returned both. */
export function describeChange(
  { now, source, routes }: WeightsChange,
  { live, body, warnings }: GuardedChange,
  after: RawObject,
  outcome: WeightsAnswer['outcome'],
): WeightsAnswer {
  const nextModel = modelWith(source, ROUTER, after) ?? live.model;
  const before = findFindings(live.model, now).map(({ id }) => id);
  const then = findFindings(nextModel, now).map(({ id }) => id);
  const nextRouter = nextModel.entities.get(live.router.key);
  const nextRoute =
    nextRouter?.kind === 'router'
      ? nextRouter.routes.find(({ name }) => name === live.route.name)
      : undefined;
  const plain = (targets: readonly { node: string; weight: number }[]) =>
    targets.map(({ node, weight }) => ({ node, weight }));
  const { uid, resourceVersion, generation } = after.metadata;
  return {
    outcome,
    router: { uid, resourceVersion, generation: generation ?? 0 },
    before: plain(seenTargets(live.route)),
    after: plain(nextRoute === undefined ? body.targets : seenTargets(nextRoute)),
    yaml: {
      before: objectYaml(live.raw, [HISTORY_ANNOTATION]),
      after: objectYaml(after, [HISTORY_ANNOTATION]),
    },
    kubectl:
      kubectlWeightsCommand(
        live.raw,
        routes.map((each) => ({ route: each.route, next: each.body.targets })),
      ) ?? '',
    findings: {
      created: then.filter((id) => !before.includes(id)),
      cleared: before.filter((id) => !then.includes(id)),
    },
    warnings,
    callers: upstreamOf(buildTopology(live.model), live.router.key),
  };
}
