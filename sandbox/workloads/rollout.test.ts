import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../kube/types';
import { planRollout } from './rollout';

function deployment(
  replicas: number,
  strategy: object = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  extra: object = {},
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart' },
    spec: { replicas, strategy, ...extra },
  };
}
function set(name: string, replicas: number, available = replicas): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name },
    spec: { replicas },
    status: { availableReplicas: available },
  };
}
const plan = (of: KubeObject, next: KubeObject, ...old: KubeObject[]) =>
  Object.fromEntries(
    planRollout(of, next, [next, ...old]).map(({ set: { metadata }, replicas }) => [metadata.name, replicas]),
  );

describe('a rollout', () => {
  it('starts with the surge allowed, and with as many old pods less as may be missing', () => {
    expect(plan(deployment(4), set('new', 0), set('old', 4))).toEqual({ new: 1, old: 3 });
  });

  it('waits while nothing has become available', () => {
    expect(plan(deployment(4), set('new', 2, 0), set('old', 3))).toEqual({});
  });

  it('scales down old pods that are not available at once', () => {
    expect(plan(deployment(4), set('new', 1, 0), set('old', 4, 0))).toMatchObject({ old: 0 });
  });

  it('is a matter of scaling when there is only one set', () => {
    expect(plan(deployment(7), set('new', 4))).toEqual({ new: 7 });
  });

  it('removes the old pods first with Recreate', () => {
    const recreate = deployment(3, { type: 'Recreate' });
    expect(plan(recreate, set('new', 0), set('old', 3))).toEqual({ old: 0 });
    expect(plan(recreate, set('new', 0), set('old', 0))).toEqual({ new: 3 });
  });

  it('stands still while paused', () => {
    expect(plan(deployment(4, undefined, { paused: true }), set('new', 0), set('old', 4))).toEqual({});
  });

  it('always arrives, and never has too many or too few pods on the way', () => {
    const amount = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('0%', '25%', '50%', '100%'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), amount, amount, (replicas, maxSurge, maxUnavailable) => {
        const of = deployment(replicas, {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge, maxUnavailable },
        });
        const up = (n: number | string, round: (x: number) => number) =>
          typeof n === 'string' ? round((parseFloat(n) / 100) * replicas) : n;
        const surge = up(maxSurge, Math.ceil);
        const missing = Math.max(surge === 0 ? 1 : 0, up(maxUnavailable, Math.floor));
        let next = 0;
        let old = replicas;
        for (let round = 0; next < replicas || old > 0; round++) {
          expect(round).toBeLessThan(60);
          const changes = plan(of, set('new', next), set('old', old));
          next = changes['new'] ?? next;
          old = changes['old'] ?? old;
          expect(next + old).toBeLessThanOrEqual(replicas + surge);
          expect(next + old).toBeGreaterThanOrEqual(replicas - missing);
        }
      }),
    );
  });
});
