/** What to write into a repository so that whoever restores a router leaves its weights alone. */
import type { Ownership, Route, Router } from '@/lib/mesh/model';
import { routeField } from './routes';

/**
 * A YAML snippet by which Argo CD or Flux leaves the weights of these routes as they are; `undefined` for everybody else.
 *
 * Argo CD: `ignoreDifferences`, with `RespectIgnoreDifferences` so that a sync leaves them alone as well (Argo CD, "Diff
 * Customization"). Flux: kustomize-controller ignores no single field, so it is told to create the object and not to change it
 * (`kustomize.toolkit.fluxcd.io/ssa: IfNotPresent`); helm-controller ignores paths in its drift detection alone.
 */
export function keepWeightsSnippet(
  { manager, kind, name = '' }: Ownership,
  { ref }: Pick<Router, 'ref'>,
  routes: readonly Route[],
): string | undefined {
  const fields = [...new Set(routes.flatMap(({ protocol }) => routeField(protocol) ?? []))];
  if (manager === 'argocd')
    return [
      `# Application ${JSON.stringify(name)}`,
      'spec:',
      '  ignoreDifferences:',
      '    - group: appmesh.k8s.aws',
      '      kind: VirtualRouter',
      `      namespace: ${ref.namespace}`,
      `      name: ${ref.name}`,
      '      jqPathExpressions:',
      ...fields.map((field) => `        - .spec.routes[].${field}.action.weightedTargets[]?.weight`),
      '  syncPolicy:',
      '    syncOptions:',
      '      - RespectIgnoreDifferences=true',
    ].join('\n');
  if (manager !== 'flux') return undefined;
  if (kind === 'HelmRelease')
    return [
      `# HelmRelease ${JSON.stringify(name)}: an upgrade still writes the weights of the chart`,
      'spec:',
      '  driftDetection:',
      '    mode: enabled',
      '    ignore:',
      '      - paths:',
      ...routes.flatMap(({ index, protocol }) => {
        const field = routeField(protocol);
        return field === undefined
          ? []
          : [`          - /spec/routes/${index}/${field}/action/weightedTargets`];
      }),
      '        target:',
      '          kind: VirtualRouter',
      `          namespace: ${ref.namespace}`,
      `          name: ${ref.name}`,
    ].join('\n');
  return [
    '# VirtualRouter, in the repository: Flux creates it, and changes nothing of it after that',
    'metadata:',
    '  annotations:',
    '    kustomize.toolkit.fluxcd.io/ssa: IfNotPresent',
  ].join('\n');
}
