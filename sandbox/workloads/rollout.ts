/** How many pods each ReplicaSet of a Deployment should have next: the rolling update's arithmetic. */
import type { KubeObject } from '../kube/types';

export interface Scaling {
  set: KubeObject;
  replicas: number;
}

const wantedOf = (set: KubeObject): number => set['spec'].replicas ?? 0;
const availableOf = (set: KubeObject): number => set['status']?.availableReplicas ?? 0;
const sum = (sets: KubeObject[], of: (set: KubeObject) => number) =>
  sets.reduce((total, set) => total + of(set), 0);

/** `25%` or `2` as pods. */
function pods(amount: number | string | undefined, of: number, round: (n: number) => number): number {
  if (typeof amount === 'string' && amount.endsWith('%')) return round((parseFloat(amount) / 100) * of);
  return Number(amount ?? 0);
}

/** The changes to make now; the next ones follow when pods have become ready. Empty when all is as it should be. */
export function planRollout(deployment: KubeObject, newSet: KubeObject, sets: KubeObject[]): Scaling[] {
  const old = sets.filter((set) => set !== newSet && wantedOf(set) > 0);
  const { replicas, strategy, paused } = deployment['spec'];
  const wanted: number = replicas ?? 1;
  if (old.length === 0 || wanted === 0)
    return changes([...old.map((set) => ({ set, replicas: 0 })), { set: newSet, replicas: wanted }]);
  if (paused === true) return [];
  if (strategy?.type === 'Recreate') {
    if (old.length > 0) return changes(old.map((set) => ({ set, replicas: 0 })));
    return changes([{ set: newSet, replicas: wanted }]);
  }
  const maxSurge = pods(strategy?.rollingUpdate?.maxSurge, wanted, Math.ceil);
  const ceded = pods(strategy?.rollingUpdate?.maxUnavailable, wanted, Math.floor);
  // Neither more nor fewer pods than asked for would never get anywhere.
  const maxUnavailable = maxSurge === 0 ? Math.max(1, ceded) : ceded;
  return changes([grow(newSet, sets, wanted, maxSurge), ...shrink(newSet, old, wanted - maxUnavailable)]);
}

function grow(newSet: KubeObject, sets: KubeObject[], wanted: number, maxSurge: number): Scaling {
  const room = wanted + maxSurge - sum(sets, wantedOf);
  const now = wantedOf(newSet);
  if (now >= wanted) return { set: newSet, replicas: wanted };
  return { set: newSet, replicas: Math.min(wanted, now + Math.max(0, room)) };
}

/** Takes from the old sets: first what is not available anyway, then as far as enough pods are left. */
function shrink(newSet: KubeObject, old: KubeObject[], minAvailable: number): Scaling[] {
  let spare = availableOf(newSet) + sum(old, availableOf) - minAvailable;
  return old.map((set) => {
    const idle = Math.max(0, wantedOf(set) - availableOf(set));
    const taken = Math.min(Math.max(0, spare), wantedOf(set) - idle);
    spare -= taken;
    return { set, replicas: wantedOf(set) - idle - taken };
  });
}

const changes = (scalings: Scaling[]) => scalings.filter(({ set, replicas }) => wantedOf(set) !== replicas);
