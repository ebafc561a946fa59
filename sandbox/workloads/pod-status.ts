/** Status of a pod as a kubelet reports it. */
import type { KubeObject } from '../kube/types';

interface Container {
  name: string;
  image: string;
}

const condition = (type: string, status: 'True' | 'False', at: string) => ({
  type,
  status,
  lastProbeTime: null,
  lastTransitionTime: at,
});

export function pendingStatus(at: string): object {
  return { phase: 'Pending', conditions: [condition('PodScheduled', 'True', at)], qosClass: 'Burstable' };
}

/** All containers up and ready. */
export function runningStatus({ spec }: KubeObject, podIP: string, at: string): object {
  const containers: Container[] = spec?.containers ?? [];
  const initContainers: Container[] = spec?.initContainers ?? [];
  return {
    phase: 'Running',
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) =>
      condition(type, 'True', at),
    ),
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: at,
    qosClass: 'Burstable',
    containerStatuses: containers.map(({ name, image }) => ({
      name,
      image,
      imageID: image,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: at } },
    })),
    ...(initContainers.length > 0 && {
      initContainerStatuses: initContainers.map(({ name, image }) => ({
        name,
        image,
        imageID: image,
        ready: true,
        restartCount: 0,
        state: { terminated: { exitCode: 0, reason: 'Completed', startedAt: at, finishedAt: at } },
      })),
    }),
  };
}

export function isReady({ status }: KubeObject): boolean {
  const conditions: { type: string; status: string }[] = status?.conditions ?? [];
  return conditions.some((each) => each.type === 'Ready' && each.status === 'True');
}
