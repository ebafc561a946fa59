import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBench, type Bench } from '../testing';
import { INJECT } from '../scenarios/mesh-objects';
import { deployment, namespace, service } from '../scenarios/workload-objects';

let bench: Bench;
const cart = (replicas: number) =>
  deployment('shop', 'cart', { selector: { app: 'cart' }, replicas, image: 'cart:1' });
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const pods = () => bench.list('Pod');
const names = () => pods().map(({ metadata }) => metadata.name);
const images = () => pods().map(({ spec }) => String(spec.containers[0].image));
const status = () => bench.get('Deployment', 'shop/cart')?.['status'];
const setImage = (image: string) =>
  bench.change('Deployment', 'shop/cart', (spec) => void (spec.template.spec.containers[0].image = image));
const scale = (replicas: number) =>
  bench.change('Deployment', 'shop/cart', (spec) => void (spec.replicas = replicas));

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z') });
  bench = await startBench([namespace('shop'), cart(4)]);
});
afterEach(() => {
  bench.simulation.stop();
  vi.useRealTimers();
});

describe('at the start', () => {
  it('every pod runs, below a ReplicaSet, with a name and an address of its own', () => {
    const [set] = bench.list('ReplicaSet');
    const hash = set?.metadata.labels?.['pod-template-hash'];
    expect(set?.metadata).toMatchObject({
      name: `cart-${hash}`,
      annotations: { 'deployment.kubernetes.io/revision': '1' },
    });
    expect(new Set(names()).size).toBe(4);
    expect(new Set(pods().map((pod) => String(pod['status'].podIP))).size).toBe(4);
    for (const pod of pods()) {
      expect(pod.metadata.name).toMatch(new RegExp(`^cart-${hash}-[bcdfghjklmnpqrstvwxz2456789]{5}$`));
      expect(pod.metadata.labels).toEqual({ app: 'cart', 'pod-template-hash': hash });
      expect(pod.metadata.ownerReferences).toMatchObject([{ kind: 'ReplicaSet', uid: set?.metadata.uid }]);
      expect(pod['status']).toMatchObject({ phase: 'Running', startTime: '2026-01-02T03:04:05Z' });
    }
  });

  it('the Deployment says that all is there', () => {
    expect(status()).toMatchObject({
      observedGeneration: 1,
      replicas: 4,
      updatedReplicas: 4,
      readyReplicas: 4,
      availableReplicas: 4,
      conditions: [
        { type: 'Available', status: 'True' },
        { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
      ],
    });
  });

  it('pods have the same names in every run', async () => {
    const again = await startBench([namespace('shop'), cart(4)]);
    expect(again.list('Pod').map(({ metadata }) => metadata.name)).toEqual(names());
    again.simulation.stop();
  });
});

describe('scaling', () => {
  it('up shows pods that are not ready yet, then ready ones', async () => {
    scale(6);
    await after(10);
    expect(status()).toMatchObject({ replicas: 6, readyReplicas: 4 });
    await after(2_000);
    expect(status()).toMatchObject({ replicas: 6, readyReplicas: 6, observedGeneration: 2 });
  });

  it('down takes pods away, those not ready first', async () => {
    const before = names();
    scale(6);
    await after(10);
    scale(4);
    await after(10);
    expect(names()).toEqual(before);
    scale(0);
    await after(10);
    expect(pods()).toEqual([]);
    expect(status()).toMatchObject({ replicas: 0, availableReplicas: 0 });
  });
});

it('replaces a pod that is deleted, by one of another name', async () => {
  const [gone = ''] = names();
  bench.remove('Pod', `shop/${gone}`);
  await after(2_000);
  expect(names()).toHaveLength(4);
  expect(names()).not.toContain(gone);
});

describe('a new template', () => {
  it('comes in step by step, and the old ReplicaSet stays behind, empty', async () => {
    setImage('cart:2');
    await after(10);
    expect(images().filter((image) => image === 'cart:2').length).toBeGreaterThan(0);
    expect(images().filter((image) => image === 'cart:1').length).toBeGreaterThanOrEqual(3);
    await after(20_000);
    expect(images()).toEqual(Array(4).fill('cart:2'));
    expect(
      bench
        .list('ReplicaSet')
        .map(({ spec }) => Number(spec.replicas))
        .sort(),
    ).toEqual([0, 4]);
    expect(bench.get('Deployment', 'shop/cart')?.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '2',
    });
  });

  it('that was there before brings its ReplicaSet back under a new revision', async () => {
    const [first] = bench.list('ReplicaSet');
    setImage('cart:2');
    await after(20_000);
    setImage('cart:1');
    await after(20_000);
    expect(bench.list('ReplicaSet')).toHaveLength(2);
    expect(bench.get('ReplicaSet', `shop/${first?.metadata.name}`)).toMatchObject({
      metadata: { annotations: { 'deployment.kubernetes.io/revision': '3' } },
      spec: { replicas: 4 },
    });
  });
});

describe('deleting a Deployment', () => {
  it('takes its ReplicaSets and pods along', async () => {
    bench.remove('Deployment', 'shop/cart');
    await after(10);
    expect([bench.list('ReplicaSet'), bench.list('Pod')]).toEqual([[], []]);
  });

  const deleteWith = (finalizer: string) => {
    const { cluster } = bench.simulation;
    const type = cluster.resourceType('apps', 'deployments');
    cluster.mutate(type, 'shop', 'cart', (draft) => void (draft.metadata.finalizers = [finalizer]));
    cluster.delete(type, 'shop', 'cart');
  };

  it('sets them free with orphan, and a Deployment of the same name takes them over', async () => {
    const before = names();
    deleteWith('orphan');
    await after(10);
    expect(bench.get('Deployment', 'shop/cart')).toBeUndefined();
    expect(bench.list('ReplicaSet')[0]?.metadata.ownerReferences).toBeUndefined();
    expect(names()).toEqual(before);
    bench.create(cart(4));
    await after(2_000);
    expect(bench.list('ReplicaSet')).toHaveLength(1);
    expect(names()).toEqual(before);
    expect(status()).toMatchObject({ readyReplicas: 4 });
  });

  it('waits for them with foregroundDeletion', async () => {
    deleteWith('foregroundDeletion');
    await after(10);
    expect([bench.list('Deployment'), bench.list('ReplicaSet'), bench.list('Pod')]).toEqual([[], [], []]);
  });
});

it('tells of pods that are refused, in an Event and in conditions, and makes up for them afterwards', async () => {
  bench.create(namespace('reports', INJECT));
  bench.create(deployment('reports', 'sales', { selector: { app: 'sales' }, replicas: 2, image: 'sales:1' }));
  await after(10);
  const [set] = bench.list('ReplicaSet').filter(({ metadata }) => metadata.namespace === 'reports');
  expect(bench.eventsOf('ReplicaSet', `reports/${set?.metadata.name}`)).toMatchObject([
    {
      reason: 'FailedCreate',
      component: 'replicaset-controller',
      message: expect.stringMatching(/^Error creating: admission webhook "mpod.appmesh.k8s.aws" denied/),
    },
  ]);
  const failure = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' };
  expect(set?.['status'].conditions).toMatchObject([failure]);
  expect(bench.get('Deployment', 'reports/sales')?.['status'].conditions).toMatchObject([
    { type: 'Available', status: 'False' },
    { type: 'Progressing' },
    failure,
  ]);
  const { cluster } = bench.simulation;
  cluster.mutate(cluster.resourceType('', 'namespaces'), undefined, 'reports', (draft) => {
    delete draft.metadata.labels;
  });
  await after(10_000);
  expect(bench.get('Deployment', 'reports/sales')?.['status']).toMatchObject({ readyReplicas: 2 });
  expect(bench.get('ReplicaSet', `reports/${set?.metadata.name}`)?.['status'].conditions).toBeUndefined();
});

describe('a Service', () => {
  it('gets an address and keeps it; a headless one gets none', () => {
    const options = { selector: { app: 'cart' }, ports: [{ name: 'http', port: 80 }] };
    const made = bench.create(service('shop', 'cart', options));
    expect(made['spec'].clusterIP).toMatch(/^10\.100\.\d+\.\d+$/);
    bench.change('Service', 'shop/cart', (spec) => {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    });
    expect(bench.get('Service', 'shop/cart')?.['spec'].clusterIP).toBe(made['spec'].clusterIP);
    expect(bench.create(service('shop', 'bare', { ...options, headless: true }))['spec'].clusterIP).toBe(
      'None',
    );
  });
});
