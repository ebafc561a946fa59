/** Who else writes an object, read from labels, annotations and owners. Flagger and Argo Rollouts own weights; the others put back what their source says. */
import type { Ownership } from '@/lib/mesh/model';
import type { RawObject } from './resources';
import { LOCK_ANNOTATION } from './shifts';

export function ownershipOf({ metadata }: RawObject): Ownership {
  const { labels = {}, annotations = {}, ownerReferences = [] } = metadata;
  const owner = (group: string, kind: string) =>
    ownerReferences.find((each) => each.kind === kind && each.apiVersion.split('/')[0] === group);
  const canary = owner('flagger.app', 'Canary');
  if (canary) return { manager: 'flagger', name: canary.name };
  const rollout = owner('argoproj.io', 'Rollout');
  if (rollout) return { manager: 'rollouts', name: rollout.name };
  // Rollouts means to write this annotation; where it is there, it is believed.
  const rollouts = annotations['argo-rollouts.argoproj.io/managed-by-rollouts'];
  if (rollouts !== undefined) return { manager: 'rollouts', name: rollouts };
  // Taken off when the shift ends; a shift under way cannot be deleted.
  const [namespace = '', shift] = annotations[LOCK_ANNOTATION]?.split('/') ?? [];
  if (shift !== undefined) return { manager: 'shift', name: `${namespace}/${shift}` };
  const tracking = annotations['argocd.argoproj.io/tracking-id'];
  if (tracking !== undefined) return { manager: 'argocd', name: tracking.split(':')[0] };
  if (labels['argocd.argoproj.io/instance'] !== undefined)
    return { manager: 'argocd', name: labels['argocd.argoproj.io/instance'] };
  const flux = labels['kustomize.toolkit.fluxcd.io/name'] ?? labels['helm.toolkit.fluxcd.io/name'];
  if (flux !== undefined) return { manager: 'flux', name: flux };
  const release = annotations['meta.helm.sh/release-name'];
  if (release !== undefined || labels['app.kubernetes.io/managed-by'] === 'Helm')
    return { manager: 'helm', name: release };
  return { manager: 'none' };
}
