import type { Marks } from '../workload-objects';

/** What Argo CD leaves on a VirtualRouter it keeps in step with Git. */
export const argoCd = (application: string, router: string): Marks => ({
  annotations: { 'argocd.argoproj.io/tracking-id': `${application}:appmesh.k8s.aws/VirtualRouter:${router}` },
});

/** What Helm leaves on the objects of a release. */
export const helm = (release: string, namespace: string): Marks => ({
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': namespace },
});

/** What Flux leaves on the objects of a Kustomization. */
export const flux = (kustomization: string): Marks => ({
  labels: {
    'kustomize.toolkit.fluxcd.io/name': kustomization,
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  },
});

/** Flagger owns a router through its Canary object, and rewrites the weights by itself. */
export const flagger = (canary: string): Marks => ({
  ownerReferences: [
    {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'Canary',
      name: canary,
      uid: '6f0d4c1e-8f55-4b0e-9a1c-2d1f7c3b9e10',
      controller: true,
      blockOwnerDeletion: true,
    },
  ],
});
