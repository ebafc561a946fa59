import { describe, expect, it } from 'vitest';
import { node } from './fixtures';
import { cannotAnswer } from './readiness';

const withPods = (total: number, ready: number, kubernetesService?: string) =>
  node('a', [], {
    workload: { owners: [], total, ready, withProxy: total, withoutProxy: 0 },
    kubernetesService,
  });

describe('a node', () => {
  it('whose pods are all not ready cannot answer', () => {
    expect(cannotAnswer(withPods(2, 0))).toBe(true);
    expect(cannotAnswer(withPods(2, 0, 'shop/a'))).toBe(true);
  });
  it('without pods cannot answer where a Service of the cluster should lead to some', () => {
    expect(cannotAnswer(withPods(0, 0, 'shop/a'))).toBe(true);
  });
  it('without pods may stand for something outside the cluster', () => {
    expect(cannotAnswer(withPods(0, 0))).toBe(false);
  });
  it('with one ready pod can answer', () => {
    expect(cannotAnswer(withPods(2, 1, 'shop/a'))).toBe(false);
  });
});
