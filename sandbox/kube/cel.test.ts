import { describe, expect, it } from 'vitest';
import { consoleCrds } from '../crds';
import { createCluster } from './cluster';
import type { KubeObject } from './types';

const spec = {
  routes: [{ router: 'cart', route: 'all', from: 'cart-v1', to: 'cart-v2' }],
  strategy: { canary: { steps: [{ weight: 5 }, { weight: 100 }] } },
  analysis: { metrics: [{ name: 'faults', figure: 'faultRatio', max: 0.01 }] },
};

function cluster() {
  const made = createCluster({ crds: consoleCrds() });
  made.create(made.resourceType('', 'namespaces'), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
  return made;
}

const shift = (more: object = {}): KubeObject => ({
  apiVersion: 'meshdeck.dev/v1alpha1',
  kind: 'TrafficShift',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: { ...spec, ...more },
});

function written(change: (spec: KubeObject['spec']) => void, subresource?: 'status'): string {
  const { create, mutate, typeOf } = bound();
  create(typeOf(shift()), shift());
  try {
    mutate(typeOf(shift()), 'shop', 'cart', (draft) => change(subresource ? draft : draft['spec']), subresource ? { subresource } : {}); // prettier-ignore
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function bound() {
  const made = cluster();
  return {
    create: made.create.bind(made),
    mutate: made.mutate.bind(made),
    typeOf: made.typeOf.bind(made),
  };
}

function created(more: object): string {
  const made = cluster();
  try {
    made.create(made.typeOf(shift()), shift(more));
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a TrafficShift', () => {
  it('takes what its rules allow', () => {
    expect(created({})).toBe('taken');
    expect(created({ strategy: { blueGreen: { bakeSeconds: 60 } }, analysis: undefined })).toBe('taken');
  });

  it.each<[string, object, string]>([
    ['both strategies', { strategy: { ...spec.strategy, blueGreen: {} } }, 'spec.strategy: Invalid value: "object": has either canary or blueGreen'],
    ['no way to all', { strategy: { canary: { steps: [{ weight: 50 }] } } }, 'spec.strategy.canary: Invalid value: "object": the last step has weight 100'],
    ['a metric without a limit', { analysis: { metrics: [{ name: 'p99', figure: 'p99Ms' }] } }, 'spec.analysis.metrics[0]: Invalid value: "object": needs max, min or compare'],
  ])('is refused with %s', (_, more, why) => {
    expect(created(more)).toContain(why);
  }); // prettier-ignore

  it.each<[string, (spec: KubeObject['spec']) => void]>([
    ['routes', (draft) => (draft.routes[0].to = 'cart-v3')],
    ['strategy', (draft) => draft.strategy.canary.steps.push({ weight: 100 })],
    ['analysis', (draft) => delete draft.analysis],
    ['analysis', (draft) => (draft.analysis.metrics[0].max = 0.5)],
    ['onFailure', (draft) => (draft.onFailure = 'hold')],
  ])('keeps its %s', (field, change) => {
    expect(written(change)).toContain(`${field} is fixed once it is created`);
  });

  it('takes control, and a status', () => {
    const control = { action: 'pause', requestId: '1', by: 'jo' };
    expect(written((draft) => (draft.control = control))).toBe('taken');
    expect(written((draft) => (draft.status = undefined), 'status')).toBe('taken');
  });
});
