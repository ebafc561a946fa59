/** Who else writes an object, and what that means for somebody who wants to change its weights. */
import type { Ownership } from './model';

type Owner = Exclude<Ownership['manager'], 'none'>;

/** Names of owners as their makers write them. */
export const OWNER_NAMES: Record<Owner, string> = {
  helm: 'Helm',
  argocd: 'Argo CD',
  flux: 'Flux',
  flagger: 'Flagger',
  rollouts: 'Argo Rollouts',
  shift: 'TrafficShift',
};

/**
 * free: nobody else. note: the next upgrade may set the weights back. acknowledge: whatever is changed is put back within
 * minutes, unless the source says otherwise. blocked: somebody else sets the weights, and would take a change for its own.
 */
export type OwnerLevel = 'free' | 'note' | 'acknowledge' | 'blocked';

const LEVELS: Record<Ownership['manager'], OwnerLevel> = {
  none: 'free',
  helm: 'note',
  argocd: 'acknowledge',
  flux: 'acknowledge',
  flagger: 'blocked',
  rollouts: 'blocked',
  shift: 'blocked',
};

/** What an owner means for a change of weights. */
export const ownerLevel = ({ manager }: Pick<Ownership, 'manager'>): OwnerLevel => LEVELS[manager];

/**
 * What an owner means for a change of backends. Flagger makes the nodes of a canary anew from the canary's own spec; Argo
 * Rollouts and TrafficShifts set weights and selectors alone, and leave the list as it is.
 */
export function backendsOwnerLevel({ manager }: Pick<Ownership, 'manager'>): OwnerLevel {
  return manager === 'rollouts' || manager === 'shift' ? 'free' : LEVELS[manager];
}

/** What needs no quotes in a shell. Marks are written by anybody; another name is put into no command. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * The command that shows the owner of an object in `namespace`. `undefined` where nobody owns it, or the owner has a name that no
 * object of Kubernetes can have.
 */
export function ownerCommand(owner: Ownership, namespace: string): string | undefined {
  const { manager, name = '' } = owner;
  const [own, shift = ''] = manager === 'shift' ? name.split('/') : [];
  const home = own ?? owner.namespace ?? (manager === 'flux' ? 'flux-system' : namespace);
  const named = manager === 'shift' ? shift : name;
  if (!PLAIN.test(home) || !(named === '' || PLAIN.test(named))) return undefined;
  const get = (resource: string) => `kubectl -n ${home} get ${resource} ${named}`.trimEnd();
  switch (manager) {
    case 'none':
      return undefined;
    case 'flagger':
      return get('canaries.flagger.app');
    case 'rollouts':
      return get('rollouts.argoproj.io');
    case 'shift':
      return get('trafficshifts.meshdeck.dev');
    case 'argocd':
      // Which namespace Argo CD runs in is written on no object.
      return `kubectl get applications.argoproj.io -A --field-selector=metadata.name=${named}`;
    case 'flux':
      return get(
        owner.kind === 'HelmRelease'
          ? 'helmreleases.helm.toolkit.fluxcd.io'
          : 'kustomizations.kustomize.toolkit.fluxcd.io',
      );
    case 'helm':
      return named === '' ? undefined : `helm -n ${home} history ${named}`;
  }
}
