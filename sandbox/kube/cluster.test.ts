import { beforeEach, describe, expect, it } from 'vitest';
import { ownCrds } from '../crds';
import type { InProcessCluster } from './cluster';
import { createCluster } from './cluster';
import type { KubeObject, ResourceType, WatchEvent } from './types';

let cluster: InProcessCluster;
let routers: ResourceType;

const router = (weight: number): KubeObject => ({
  apiVersion: 'appmesh.k8s.aws/v1beta2',
  kind: 'VirtualRouter',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: {
    routes: [
      {
        name: 'all',
        tcpRoute: { action: { weightedTargets: [{ virtualNodeRef: { name: 'v1' }, weight }] } },
      },
    ],
  },
});

beforeEach(() => {
  cluster = createCluster({ crds: ownCrds(), now: () => new Date('2026-01-02T03:04:05Z') });
  routers = cluster.resourceType('appmesh.k8s.aws', 'virtualrouters');
  const namespaces = cluster.resourceType('', 'namespaces');
  cluster.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
});

describe('create', () => {
  it('fills in what the server owns and ignores a given status', () => {
    const made = cluster.create(routers, { ...router(1), status: { conditions: [] } });
    expect(made.metadata).toMatchObject({ generation: 1, creationTimestamp: '2026-01-02T03:04:05Z' });
    expect(made.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(made['status']).toBeUndefined();
  });

  it('refuses a namespace that is not there, a name that is taken and a bad object', () => {
    const elsewhere = router(1);
    elsewhere.metadata.namespace = 'nowhere';
    expect(() => cluster.create(routers, elsewhere)).toThrow('namespaces "nowhere" not found');
    expect(() => cluster.create(routers, router(101))).toThrow(
      /^VirtualRouter.appmesh.k8s.aws "cart" is invalid: spec.routes\[0\].tcpRoute.*less than or equal to 100$/,
    );
    cluster.create(routers, router(1));
    expect(() => cluster.create(routers, router(1))).toThrow(
      'virtualrouters.appmesh.k8s.aws "cart" already exists',
    );
  });

  it('stores nothing on a dry run', () => {
    cluster.create(routers, router(1), { dryRun: true });
    expect(cluster.list(routers)).toEqual([]);
  });
});

describe('replace', () => {
  it('raises the generation for a change of spec and for nothing else', () => {
    cluster.create(routers, router(1));
    const labelled = cluster.mutate(
      routers,
      'shop',
      'cart',
      (draft) => void (draft.metadata.labels = { a: 'b' }),
    );
    expect(labelled?.metadata.generation).toBe(1);
    const status = { observedGeneration: 1 };
    const reported = cluster.mutate(routers, 'shop', 'cart', (draft) => void (draft['status'] = status), {
      subresource: 'status',
    });
    expect(reported).toMatchObject({ metadata: { generation: 1 }, status });
    const changed = cluster.mutate(
      routers,
      'shop',
      'cart',
      (draft) => void (draft['spec'] = router(2)['spec']),
    );
    expect(changed).toMatchObject({ metadata: { generation: 2 }, status });
  });

  it('keeps the version when nothing changed', () => {
    const made = cluster.create(routers, router(1));
    expect(cluster.replace(routers, made).metadata.resourceVersion).toBe(made.metadata.resourceVersion);
  });

  it('refuses a stale version and another uid', () => {
    const made = cluster.create(routers, router(1));
    cluster.mutate(routers, 'shop', 'cart', (draft) => void (draft['spec'] = router(2)['spec']));
    expect(() => cluster.replace(routers, { ...made, ...{ spec: router(3)['spec'] } })).toThrow(
      'the object has been modified',
    );
    const other = { ...router(3), metadata: { ...router(3).metadata, uid: 'another' } };
    expect(() => cluster.replace(routers, other)).toThrow(
      'Precondition failed: UID in precondition: another',
    );
  });

  it('ignores the spec on the status subresource', () => {
    cluster.create(routers, router(1));
    cluster.replace(routers, { ...router(9), status: { observedGeneration: 1 } }, { subresource: 'status' });
    expect(cluster.get(routers, 'shop', 'cart')).toMatchObject({ spec: router(1)['spec'] });
  });
});

describe('what is stored', () => {
  it('is not changed by what a caller does to its own objects', () => {
    const mine = router(1);
    const made = cluster.create(routers, mine);
    const spec: object = router(2)['spec'];
    cluster.mutate(routers, 'shop', 'cart', (draft) => void (draft['spec'] = spec));
    const [listed] = cluster.list(routers);
    for (const object of [mine, made, listed]) if (object) object['spec'].routes.length = 0;
    Object.assign(spec, { routes: [] });
    expect(cluster.get(routers, 'shop', 'cart')?.['spec']).toEqual(router(2)['spec']);
  });
});

describe('delete', () => {
  it('waits for finalizers and ends with the last one', () => {
    const held = router(1);
    held.metadata.finalizers = ['example.com/hold'];
    cluster.create(routers, held);
    const seen: WatchEvent['type'][] = [];
    cluster.subscribe((type, event) => void (type.kind === 'VirtualRouter' && seen.push(event.type)));
    cluster.delete(routers, 'shop', 'cart');
    expect(cluster.get(routers, 'shop', 'cart')?.metadata.deletionTimestamp).toBe('2026-01-02T03:04:05Z');
    cluster.mutate(routers, 'shop', 'cart', (draft) => void delete draft.metadata.finalizers);
    expect(cluster.get(routers, 'shop', 'cart')).toBeUndefined();
    expect(seen).toEqual(['MODIFIED', 'DELETED']);
  });

  it('of a namespace takes what is in it along, and waits for the last of it', () => {
    const namespaces = cluster.resourceType('', 'namespaces');
    const held = router(1);
    held.metadata.finalizers = ['example.com/hold'];
    cluster.create(routers, held);
    const free = router(1);
    free.metadata.name = 'free';
    cluster.create(routers, free);
    cluster.delete(namespaces, undefined, 'shop');
    expect(cluster.list(routers).map(({ metadata }) => metadata.name)).toEqual(['cart']);
    expect(cluster.get(namespaces, undefined, 'shop')).toMatchObject({ status: { phase: 'Terminating' } });
    expect(() => cluster.create(routers, free)).toThrow('because it is being terminated');
    cluster.mutate(routers, 'shop', 'cart', (draft) => void delete draft.metadata.finalizers);
    expect(cluster.get(namespaces, undefined, 'shop')).toBeUndefined();
  });
});

describe('admission', () => {
  it('mutates before the schema and validates after it', () => {
    const order: string[] = [];
    cluster.addAdmission({
      name: 'test',
      handles: (type) => type.kind === 'VirtualRouter',
      mutate: ({ object }) => {
        order.push('mutate');
        object['spec'].awsName = 'cart_shop';
      },
      validate: ({ object }) => {
        order.push(`validate ${String(object['spec'].awsName)}`);
      },
    });
    expect(() => cluster.create(routers, router(101))).toThrow('is invalid');
    cluster.create(routers, router(1));
    expect(order).toEqual(['mutate', 'mutate', 'validate cart_shop']);
  });
});

describe('custom resource definitions', () => {
  it('make their kind known when they are created', () => {
    const crds = cluster.resourceType('apiextensions.k8s.io', 'customresourcedefinitions');
    cluster.create(crds, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Cluster',
        names: { kind: 'Widget', plural: 'widgets' },
        versions: [{ name: 'v1', served: true, storage: true }],
      },
    });
    expect(cluster.typeOf({ apiVersion: 'example.com/v1', kind: 'Widget' })).toMatchObject({
      plural: 'widgets',
      namespaced: false,
    });
  });
});
