/** What the API server fills in for workloads and Services: defaults, and an address for each Service. */
import type { AdmissionHook, KubeObject } from '../kube/types';

/** The n-th address of a /16; skips .0 and .255. */
export function address(prefix: string, n: number): string {
  return `${prefix}.${Math.floor(n / 254) % 256}.${(n % 254) + 1}`;
}

function deploymentDefaults({ spec }: KubeObject): void {
  if (!spec) return;
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  spec.strategy ??= { type: 'RollingUpdate' };
  if (spec.strategy.type === 'RollingUpdate')
    spec.strategy.rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%', ...spec.strategy.rollingUpdate };
}

function podDefaults({ spec }: KubeObject): void {
  if (!spec) return;
  spec.restartPolicy ??= 'Always';
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.serviceAccountName ??= 'default';
  spec.terminationGracePeriodSeconds ??= 30;
}

function serviceDefaults({ spec }: KubeObject, allocate: () => string): void {
  if (!spec) return;
  spec.type ??= 'ClusterIP';
  spec.sessionAffinity ??= 'None';
  if (spec.type === 'ExternalName') return;
  spec.clusterIP ??= allocate();
  spec.clusterIPs ??= [spec.clusterIP];
  spec.ipFamilies ??= ['IPv4'];
  spec.ipFamilyPolicy ??= 'SingleStack';
}

/** The hook to give to `cluster.addAdmission`. A Service keeps its address through updates that leave it out. */
export function workloadDefaults(): AdmissionHook {
  let allocated = 0;
  const kinds = new Set(['Deployment', 'ReplicaSet', 'Pod', 'Service']);
  return {
    name: 'workload-defaults',
    handles: ({ group, kind }) => (group === '' || group === 'apps') && kinds.has(kind),
    mutate({ operation, object, oldObject }) {
      if (object.kind === 'Deployment') deploymentDefaults(object);
      else if (object.kind === 'Service')
        serviceDefaults(object, () => oldObject?.['spec']?.clusterIP ?? address('10.100', ++allocated));
      else if (object.kind === 'ReplicaSet') object['spec'].replicas ??= 1;
      else if (operation === 'CREATE') podDefaults(object);
    },
  };
}
