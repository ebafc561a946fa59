/** Who else writes an object, read from labels, annotations and owners. Flagger and Argo Rollouts own weights; the others put back what their source says. */
import type { Ownership } from '@/lib/mesh/model';
import type { SelectorCr } from './cr';
import type { RawObject } from './resources';
import { LOCK_ANNOTATION } from './shifts';

export function ownershipOf(raw: RawObject): Ownership {
  const { labels = {}, annotations = {}, ownerReferences = [] } = raw.metadata;
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
  return argoCd(raw) ?? flux(labels) ?? helm(labels, annotations) ?? { manager: 'none' };
}

/**
 * The tracking id is `APP:GROUP/KIND:NAMESPACE/NAME`. One that names another object came along with a copy: Argo CD itself does
 * not count such an object for its own.
 */
function argoCd({ kind, metadata }: RawObject): Ownership | undefined {
  const tracking = metadata.annotations?.['argocd.argoproj.io/tracking-id'];
  const [app, what, path] = tracking?.split(':') ?? [];
  const { name, namespace } = metadata;
  const itself =
    (what === undefined || what.split('/').at(-1) === kind) &&
    // For what has no namespace, Argo CD writes one of its own choice.
    (path === undefined ||
      (namespace === undefined ? path.endsWith(`/${name}`) : path === `${namespace}/${name}`));
  if (app !== undefined && itself) return { manager: 'argocd', kind: 'Application', name: app };
  const instance = metadata.labels?.['argocd.argoproj.io/instance'];
  return instance === undefined ? undefined : { manager: 'argocd', kind: 'Application', name: instance };
}

/** Both controllers of Flux label what they apply with the object that asked for it. */
const FLUX = [
  ['kustomize.toolkit.fluxcd.io', 'Kustomization'],
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
] as const;

function flux(labels: Record<string, string>): Ownership | undefined {
  for (const [prefix, kind] of FLUX) {
    const [name, namespace] = [labels[`${prefix}/name`], labels[`${prefix}/namespace`]];
    if (name !== undefined)
      return { manager: 'flux', kind, name, ...(namespace === undefined ? {} : { namespace }) };
  }
  return undefined;
}

function helm(labels: Record<string, string>, annotations: Record<string, string>): Ownership | undefined {
  const name = annotations['meta.helm.sh/release-name'];
  const namespace = annotations['meta.helm.sh/release-namespace'];
  if (name === undefined)
    return labels['app.kubernetes.io/managed-by'] === 'Helm' ? { manager: 'helm' } : undefined;
  return { manager: 'helm', name, ...(namespace === undefined ? {} : { namespace }) };
}

/** Where Argo Rollouts tells its two VirtualNodes apart (argo-rollouts, `appmesh/resource_client.go`). */
const ROLLOUTS_HASH = 'rollouts-pod-template-hash';

/** Whether Argo Rollouts points this node at the pods of one of its versions. It writes no mark on the routers it sets. */
export const isRolledOut = (podSelector: SelectorCr | null | undefined): boolean =>
  Object.hasOwn(podSelector?.matchLabels ?? {}, ROLLOUTS_HASH);
