import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Ownership } from '@/lib/mesh/model';
import { entity, member, readMesh, toNode } from './fixtures';
import { keepWeightsSnippet } from './keep-weights';

const body = { match: { prefix: '/' }, action: { weightedTargets: [toNode('v1', 1), toNode('v2', 1)] } };
const router = entity(
  readMesh(
    member('VirtualRouter', 'cart', {
      routes: [
        { name: 'pages', httpRoute: body },
        { name: 'calls', grpcRoute: { ...body, match: {} } },
      ],
    }),
  ),
  'router',
  'cart',
);
const snippet = (owner: Ownership, routes = router.routes) => {
  const text = keepWeightsSnippet(owner, router, routes);
  return text === undefined ? undefined : (parse(text) as unknown);
};

describe('what to write so that the weights are left alone', () => {
  it('is for Argo CD a rule for this router and the kinds of these routes, in force for syncs as well', () => {
    expect(snippet({ manager: 'argocd', name: 'store' })).toEqual({
      spec: {
        ignoreDifferences: [
          {
            group: 'appmesh.k8s.aws',
            kind: 'VirtualRouter',
            namespace: 'shop',
            name: 'cart',
            jqPathExpressions: [
              '.spec.routes[].httpRoute.action.weightedTargets[]?.weight',
              '.spec.routes[].grpcRoute.action.weightedTargets[]?.weight',
            ],
          },
        ],
        syncPolicy: { syncOptions: ['RespectIgnoreDifferences=true'] },
      },
    });
  });

  it('is for a HelmRelease the path of each route', () => {
    expect(
      snippet({ manager: 'flux', kind: 'HelmRelease', name: 'x' }, router.routes.slice(1)),
    ).toMatchObject({
      spec: { driftDetection: { ignore: [{ paths: ['/spec/routes/1/grpcRoute/action/weightedTargets'] }] } },
    });
  });

  it('is for a Kustomization a mark on the object', () => {
    expect(snippet({ manager: 'flux', kind: 'Kustomization', name: 'x' })).toMatchObject({
      metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' } },
    });
  });

  it.each(['none', 'helm', 'flagger', 'rollouts', 'shift'] as const)('is nothing for %s', (manager) => {
    expect(snippet({ manager })).toBeUndefined();
  });
});
