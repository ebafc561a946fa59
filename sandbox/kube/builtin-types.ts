/** The kinds the sandbox's API server knows without a CRD. */
import type { PrinterColumn, ResourceType } from './types';

const AGE: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

interface Options {
  shortNames?: string[];
  categories?: string[];
  clusterScoped?: boolean;
  status?: boolean;
  singular?: string;
}

function builtin(
  group: string,
  version: string,
  kind: string,
  plural: string,
  options: Options = {},
): ResourceType {
  return {
    group,
    version,
    kind,
    plural,
    singular: options.singular ?? kind.toLowerCase(),
    listKind: `${kind}List`,
    namespaced: options.clusterScoped !== true,
    shortNames: options.shortNames ?? [],
    categories: options.categories ?? [],
    statusSubresource: options.status === true,
    printerColumns: [AGE],
  };
}

const ALL = ['all'];

/** Fresh descriptions of the built-in kinds. */
export function builtinTypes(): ResourceType[] {
  return [
    builtin('', 'v1', 'Namespace', 'namespaces', { shortNames: ['ns'], clusterScoped: true, status: true }),
    builtin('', 'v1', 'Node', 'nodes', { shortNames: ['no'], clusterScoped: true, status: true }),
    builtin('', 'v1', 'Pod', 'pods', { shortNames: ['po'], categories: ALL, status: true }),
    builtin('', 'v1', 'Service', 'services', { shortNames: ['svc'], categories: ALL, status: true }),
    builtin('', 'v1', 'Endpoints', 'endpoints', { shortNames: ['ep'] }),
    builtin('', 'v1', 'ConfigMap', 'configmaps', { shortNames: ['cm'] }),
    builtin('', 'v1', 'Secret', 'secrets'),
    builtin('', 'v1', 'ServiceAccount', 'serviceaccounts', { shortNames: ['sa'] }),
    builtin('', 'v1', 'Event', 'events', { shortNames: ['ev'] }),
    builtin('apps', 'v1', 'Deployment', 'deployments', {
      shortNames: ['deploy'],
      categories: ALL,
      status: true,
    }),
    builtin('apps', 'v1', 'ReplicaSet', 'replicasets', { shortNames: ['rs'], categories: ALL, status: true }),
    builtin('apps', 'v1', 'DaemonSet', 'daemonsets', { shortNames: ['ds'], categories: ALL, status: true }),
    builtin('coordination.k8s.io', 'v1', 'Lease', 'leases'),
    builtin('networking.k8s.io', 'v1', 'Ingress', 'ingresses', { shortNames: ['ing'], status: true }),
    builtin('rbac.authorization.k8s.io', 'v1', 'ClusterRole', 'clusterroles', { clusterScoped: true }),
    builtin('rbac.authorization.k8s.io', 'v1', 'ClusterRoleBinding', 'clusterrolebindings', {
      clusterScoped: true,
    }),
    builtin('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', {
      shortNames: ['crd', 'crds'],
      clusterScoped: true,
      status: true,
    }),
    ...(['Mutating', 'Validating'] as const).map((sort) =>
      builtin(
        'admissionregistration.k8s.io',
        'v1',
        `${sort}WebhookConfiguration`,
        `${sort.toLowerCase()}webhookconfigurations`,
        { clusterScoped: true },
      ),
    ),
  ];
}
