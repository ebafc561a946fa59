/** What an object that was written, or would be, looks like to whoever reviews the change. */
import 'server-only';
import { stringify } from 'yaml';
import type { PolicyRule } from '@/lib/mesh/backends/policy';
import { policyFindings } from '@/lib/mesh/backends/policy-findings';
import { findFindings } from '@/lib/mesh/findings';
import type { MeshModel } from '@/lib/mesh/model';
import {
  HISTORY_ANNOTATION,
  kustomizePatch,
  type JsonPatchOp,
  type RawObject,
} from '@/lib/providers/app-mesh';
import type { KubernetesSource } from '../kubernetes-source';
import { objectYaml } from '../object-yaml';
import { modelWith, type WrittenKind } from './objects';

export const yamlOf = (document: unknown): string =>
  stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });

/** The patch as kustomize reads it: a text of its own inside of the entry. */
export function kustomizeYaml(raw: RawObject, changes: readonly JsonPatchOp[]): string {
  const { target, patch } = kustomizePatch(raw, changes);
  return yamlOf([{ target, patch: yamlOf(patch) }]);
}

export interface Judging {
  source: KubernetesSource;
  /** Rules for the whitelist: what a change would break of them is told. */
  rules: readonly PolicyRule[];
  now: Date;
}

/** An object before and after, as the cluster returned both: its text, and what the change makes wrong or mends. */
export function beforeAndAfter(
  judging: Judging,
  kind: WrittenKind,
  live: { raw: RawObject; model: MeshModel },
  after: RawObject,
) {
  const { uid, resourceVersion, generation } = after.metadata;
  return {
    object: { uid, resourceVersion, generation: generation ?? 0 },
    yaml: {
      before: objectYaml(live.raw, [HISTORY_ANNOTATION]),
      after: objectYaml(after, [HISTORY_ANNOTATION]),
    },
    findings: findingsBetween(judging, live.model, modelWith(judging.source, kind, after) ?? live.model),
  };
}

/** What a change makes wrong, and what it mends. */
export function findingsBetween(
  { rules, now }: Pick<Judging, 'rules' | 'now'>,
  was: MeshModel,
  is: MeshModel,
): { created: string[]; cleared: string[] } {
  const idsOf = (model: MeshModel) =>
    [...findFindings(model, now), ...policyFindings(model, rules)].map(({ id }) => id);
  const [before, then] = [idsOf(was), idsOf(is)];
  return {
    created: then.filter((id) => !before.includes(id)),
    cleared: before.filter((id) => !then.includes(id)),
  };
}
