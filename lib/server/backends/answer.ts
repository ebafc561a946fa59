/** What a change of backends did, or would do, in the words of the contract. */
import 'server-only';
import { stringify } from 'yaml';
import type { BackendsAnswer } from '@/lib/api/backends';
import { policyFindings } from '@/lib/mesh/backends/policy-findings';
import { findFindings } from '@/lib/mesh/findings';
import type { MeshModel } from '@/lib/mesh/model';
import {
  backendNames,
  HISTORY_ANNOTATION,
  kubectlBackendsCommand,
  kustomizePatch,
  type RawObject,
} from '@/lib/providers/app-mesh';
import { objectYaml } from '../object-yaml';
import { modelWith, NODE } from '../writing/objects';
import type { BackendsWriting, GuardedBackends } from './apply';

const yamlOf = (document: unknown): string =>
  stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });

/** The patch as kustomize reads it: a text of its own inside of the entry. */
function kustomizeYaml(raw: RawObject, changed: GuardedBackends['changed']): string {
  const { target, patch } = kustomizePatch(raw, changed);
  return yamlOf([{ target, patch: yamlOf(patch) }]);
}

/** Builds the answer from the node before and after, as the cluster returned both. */
export function describeBackends(
  { source, now, rules }: Pick<BackendsWriting, 'source' | 'now' | 'rules'>,
  { live, changed, warnings, historyId }: GuardedBackends,
  after: RawObject,
  outcome: BackendsAnswer['outcome'],
): BackendsAnswer {
  const next = modelWith(source, NODE, after) ?? live.model;
  const idsOf = (model: MeshModel) =>
    [...findFindings(model, now), ...policyFindings(model, rules)].map(({ id }) => id);
  const [before, then] = [idsOf(live.model), idsOf(next)];
  const { uid, resourceVersion, generation } = after.metadata;
  return {
    outcome,
    node: { uid, resourceVersion, generation: generation ?? 0 },
    before: live.names,
    after: backendNames(after) ?? [],
    yaml: {
      before: objectYaml(live.raw, [HISTORY_ANNOTATION]),
      after: objectYaml(after, [HISTORY_ANNOTATION]),
    },
    kubectl: kubectlBackendsCommand(live.raw, changed),
    kustomize: kustomizeYaml(live.raw, changed),
    findings: {
      created: then.filter((id) => !before.includes(id)),
      cleared: before.filter((id) => !then.includes(id)),
    },
    warnings,
    ...(outcome === 'applied' ? { historyId } : {}),
  };
}
