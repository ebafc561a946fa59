import { describe, expect, it } from 'vitest';
import type { Ownership } from './model';
import { ownerCommand, ownerLevel } from './ownership';

const command = (owner: Ownership) => ownerCommand(owner, 'shop');

describe('what an owner means for weights', () => {
  it.each([
    ['none', 'free'],
    ['helm', 'note'],
    ['argocd', 'acknowledge'],
    ['flux', 'acknowledge'],
    ['flagger', 'blocked'],
    ['rollouts', 'blocked'],
    ['shift', 'blocked'],
  ] as const)('is for %s: %s', (manager, level) => {
    expect(ownerLevel({ manager })).toBe(level);
  });
});

describe('the command that shows an owner', () => {
  it.each<[Ownership, string | undefined]>([
    [{ manager: 'none' }, undefined],
    [{ manager: 'flagger', name: 'cart' }, 'kubectl -n shop get canaries.flagger.app cart'],
    [{ manager: 'rollouts', name: 'cart' }, 'kubectl -n shop get rollouts.argoproj.io cart'],
    [{ manager: 'rollouts' }, 'kubectl -n shop get rollouts.argoproj.io'],
    [{ manager: 'shift', name: 'pay/cart-v2' }, 'kubectl -n pay get trafficshifts.meshdeck.dev cart-v2'],
    [
      { manager: 'argocd', name: 'store' },
      'kubectl get applications.argoproj.io -A --field-selector=metadata.name=store',
    ],
    [
      { manager: 'flux', name: 'apps', kind: 'Kustomization', namespace: 'ops' },
      'kubectl -n ops get kustomizations.kustomize.toolkit.fluxcd.io apps',
    ],
    [
      { manager: 'flux', name: 'apps', kind: 'HelmRelease' },
      'kubectl -n flux-system get helmreleases.helm.toolkit.fluxcd.io apps',
    ],
    [{ manager: 'helm', name: 'search' }, 'helm -n shop history search'],
    [{ manager: 'helm' }, undefined],
  ])('is for %j: %s', (owner, expected) => {
    expect(command(owner)).toBe(expected);
  });

  it('is not made of a name that a shell would read as something else', () => {
    expect(command({ manager: 'flagger', name: 'cart; rm -rf /' })).toBeUndefined();
    expect(command({ manager: 'helm', name: '--all' })).toBeUndefined();
    expect(command({ manager: 'flux', name: 'apps', namespace: '$(id)' })).toBeUndefined();
  });
});
