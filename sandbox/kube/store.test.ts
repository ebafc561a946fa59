import { describe, expect, it } from 'vitest';
import { Store } from './store';
import type { KubeObject } from './types';

const pod = (name: string, namespace = 'shop'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace },
});

describe('Store', () => {
  it('gives every change a new version and replays them in order', () => {
    const store = new Store();
    const before = store.current;
    store.put('pods.', pod('a'));
    store.put('services.', pod('x'));
    store.put('pods.', { ...pod('a'), spec: 1 });
    store.remove('pods.', 'shop', 'a');
    const events = store.since('pods.', before) ?? [];
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    expect(events.map((event) => event.object.metadata.resourceVersion)).toEqual(
      events.map((event) => String(event.version)),
    );
    expect(store.get('pods.', 'shop', 'a')).toBeUndefined();
  });

  it('lists by namespace and name, and a namespace by its whole name', () => {
    const store = new Store();
    for (const [name, namespace] of [
      ['b', 'shop'],
      ['a', 'shop'],
      ['a', 'shop-2'],
      ['z', 'pay'],
    ] as const)
      // prettier-ignore
      store.put('pods.', pod(name, namespace));
    expect(store.list('pods.').map((p) => `${p.metadata.namespace}/${p.metadata.name}`)).toEqual([
      'pay/z',
      'shop-2/a',
      'shop/a',
      'shop/b',
    ]);
    expect(store.list('pods.', 'shop').map((p) => p.metadata.name)).toEqual(['a', 'b']);
  });

  it('cannot replay across a compaction, and can from it', () => {
    const store = new Store();
    const before = store.current;
    store.put('pods.', pod('a'));
    store.compact();
    expect(store.since('pods.', before)).toBeUndefined();
    expect(store.since('pods.', store.current)).toEqual([]);
  });
});
