import { describe, expect, it } from 'vitest';
import { buildModels } from './build-models';
import { entity, member, meshObject, NOW, readMesh, routerTo, toNode, worldOf } from './fixtures';
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
      { manager: 'argocd', kind: 'Application', name: 'apps' },
    ],
    [
      'Argo CD',
      { labels: { 'argocd.argoproj.io/instance': 'apps' } },
      { manager: 'argocd', kind: 'Application', name: 'apps' },
    ],
    [
      'Flux',
      {
        labels: {
          'kustomize.toolkit.fluxcd.io/name': 'apps',
          'kustomize.toolkit.fluxcd.io/namespace': 'ops',
        },
      },
      { manager: 'flux', kind: 'Kustomization', name: 'apps', namespace: 'ops' },
    ],
    [
      'Flux',
      { labels: { 'helm.toolkit.fluxcd.io/name': 'apps' } },
      { manager: 'flux', kind: 'HelmRelease', name: 'apps' },
    ],
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
    // Came along with a copy of another object; Argo CD does not count it either.
    { annotations: { 'argocd.argoproj.io/tracking-id': 'apps:appmesh.k8s.aws/VirtualRouter:shop/other' } },
    { annotations: { 'argocd.argoproj.io/tracking-id': 'apps:appmesh.k8s.aws/VirtualNode:shop/cart' } },
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
    expect(ownershipOf({ labels })).toEqual({ manager: 'argocd', kind: 'Application', name: 'apps' });
  });
});

describe('Argo Rollouts, which marks the nodes alone', () => {
  const selecting = (name: string, labels: Record<string, string>) =>
    member('VirtualNode', name, { podSelector: { matchLabels: labels } });
  const cart = routerTo('cart', toNode('stable', 90), toNode('canary', 10));
  const still = routerTo('still', toNode('other', 1));
  const plain = selecting('canary', { app: 'cart' });
  const rolled = selecting('canary', { app: 'cart', 'rollouts-pod-template-hash': '5d8f' });

  it('owns the routers that lead to its nodes, and no others', () => {
    const model = readMesh(cart, still, rolled, selecting('other', { app: 'other' }));
    expect(entity(model, 'router', 'cart').ownership).toEqual({ manager: 'rollouts' });
    expect(entity(model, 'router', 'still').ownership).toEqual({ manager: 'none' });
  });

  it('is noticed when it begins and when it ends, though the router stays as it is', () => {
    const world = (node: RawObject) => ({
      ...worldOf(meshObject(), cart, still),
      virtualnodes: [node],
    });
    const owners = (models: ReturnType<typeof buildModels>) =>
      models.flatMap((model) => entity(model, 'router', 'cart').ownership.manager);
    const before = buildModels(world(plain), NOW);
    const during = buildModels(world(rolled), NOW, before);
    const after = buildModels(world(plain), NOW, during);
    expect([before, during, after].map(owners)).toEqual([['none'], ['rollouts'], ['none']]);
  });
});
