import { describe, expect, it } from 'vitest';
import { entity, member, readMesh } from './fixtures';
import type { RawObject } from './resources';

const ownershipOf = (metadata: Partial<RawObject['metadata']>) =>
  entity(readMesh(member('VirtualRouter', 'cart', {}, { metadata })), 'router', 'cart').ownership;
const ownedBy = (apiVersion: string, kind: string) => ({
  ownerReferences: [
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: '1' },
    { apiVersion, kind, name: 'cart', uid: '2' },
  ],
});

describe('the owner of an object', () => {
  it.each([
    ['nobody', {}, { manager: 'none' }],
    ['Flagger', ownedBy('flagger.app/v1beta1', 'Canary'), { manager: 'flagger', name: 'cart' }],
    ['Argo Rollouts', ownedBy('argoproj.io/v1alpha1', 'Rollout'), { manager: 'rollouts', name: 'cart' }],
    [
      'Argo Rollouts',
      { annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'cart' } },
      { manager: 'rollouts', name: 'cart' },
    ],
    [
      'a TrafficShift',
      { annotations: { 'meshdeck.dev/active-shift': 'shop/cart-v2/uid-1' } },
      { manager: 'shift', name: 'shop/cart-v2' },
    ],
    [
      'Argo CD',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'apps:appmesh.k8s.aws/VirtualRouter:shop/cart' } },
      { manager: 'argocd', name: 'apps' },
    ],
    ['Argo CD', { labels: { 'argocd.argoproj.io/instance': 'apps' } }, { manager: 'argocd', name: 'apps' }],
    ['Flux', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, { manager: 'flux', name: 'apps' }],
    ['Flux', { labels: { 'helm.toolkit.fluxcd.io/name': 'apps' } }, { manager: 'flux', name: 'apps' }],
    ['Helm', { annotations: { 'meta.helm.sh/release-name': 'shop' } }, { manager: 'helm', name: 'shop' }],
    ['Helm', { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }, { manager: 'helm' }],
  ])('is %s by %j', (_, metadata, expected) => {
    expect(ownershipOf(metadata)).toEqual(expected);
  });

  it.each([
    ownedBy('example.com/v1', 'Canary'),
    ownedBy('flagger.app.example.com/v1', 'Canary'),
    ownedBy('flagger.app/v1beta1', 'MetricTemplate'),
    { labels: { 'app.kubernetes.io/managed-by': 'kustomize' } },
    { labels: { 'app.kubernetes.io/instance': 'shop' } },
  ])('is nobody by %j', (metadata) => {
    expect(ownershipOf(metadata)).toEqual({ manager: 'none' });
  });

  it('is the one that writes weights before the one that only delivers the object', () => {
    const both = {
      ...ownedBy('flagger.app/v1beta1', 'Canary'),
      labels: { 'app.kubernetes.io/managed-by': 'Helm', 'argocd.argoproj.io/instance': 'apps' },
    };
    expect(ownershipOf(both)).toEqual({ manager: 'flagger', name: 'cart' });
    const { labels } = both;
    expect(ownershipOf({ labels })).toEqual({ manager: 'argocd', name: 'apps' });
  });
});
