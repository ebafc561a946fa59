/** What a change of backends did, or would do, in the words of the contract. */
import 'server-only';
import type { BackendsAnswer } from '@/lib/api/backends';
import {
  backendNames,
  backendsPatch,
  kubectlBackendsCommand,
  type RawObject,
} from '@/lib/providers/app-mesh';
import { beforeAndAfter, kustomizeYaml, type Judging } from '../writing/answer';
import { NODE } from '../writing/objects';
import type { GuardedBackends } from './apply';

/** Builds the answer from the node before and after, as the cluster returned both. */
export function describeBackends(
  judging: Judging,
  { live, changed, warnings, historyId }: GuardedBackends,
  after: RawObject,
  outcome: BackendsAnswer['outcome'],
): BackendsAnswer {
  const { object, yaml, findings } = beforeAndAfter(judging, NODE, live, after);
  return {
    outcome,
    node: object,
    before: live.names,
    after: backendNames(after) ?? [],
    yaml,
    kubectl: kubectlBackendsCommand(live.raw, changed),
    kustomize: kustomizeYaml(live.raw, backendsPatch(live.raw, changed)),
    findings,
    warnings,
    ...(outcome === 'applied' ? { historyId } : {}),
  };
}
