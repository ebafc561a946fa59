import { describe, expect, it, vi } from 'vitest';
import { nodeKey, routerKey } from '@/lib/mesh/keys';
import type { CallTelemetry, EntityTelemetry } from '@/lib/mesh/telemetry/overlay';
import { measuredMesh, seen } from './telemetry-fixtures';
import { callKey, createTelemetryStore } from './telemetry-store';

const CART = nodeKey('shop', 'cart');
const STOCK = nodeKey('shop', 'stock');
const busy = (perSecond: number): EntityTelemetry => ({
  observations: [seen({ requests: perSecond * 300, perSecond })],
  health: 'good',
});
const entities = (of: Record<string, EntityTelemetry>) => measuredMesh({ entities: of });
const atOnce = (run: () => void) => run();

describe('the telemetry store', () => {
  it('tells those whose figures changed, and nobody else', () => {
    const store = createTelemetryStore(atOnce);
    const [cart, stock, all] = [vi.fn(), vi.fn(), vi.fn()];
    store.subscribe(CART, cart);
    store.subscribe(STOCK, stock);
    store.subscribe(undefined, all);
    store.put(entities({ [CART]: busy(1), [STOCK]: busy(1) }));
    const before = store.told(STOCK);
    store.put(entities({ [CART]: busy(2), [STOCK]: busy(1) }));
    expect([cart, stock, all].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 2]);
    expect(store.told(STOCK)).toBe(before);
    expect(store.told(CART)?.entity).toEqual(busy(2));
  });

  it('tells many a few in each frame', () => {
    const frames: (() => void)[] = [];
    const store = createTelemetryStore((run) => frames.push(run));
    const heard = vi.fn();
    const keys = Array.from({ length: 60 }, (_, n) => nodeKey('shop', `n${n}`));
    for (const key of keys) store.subscribe(key, heard);
    store.put(entities(Object.fromEntries(keys.map((key) => [key, busy(1)]))));
    expect(heard).not.toHaveBeenCalled();
    for (let frame = frames.shift(); frame; frame = frames.shift()) {
      const before = heard.mock.calls.length;
      frame();
      expect(heard.mock.calls.length - before).toBeLessThanOrEqual(24);
    }
    expect(heard).toHaveBeenCalledTimes(60);
  });

  it('knows nothing of a key that nobody measured, and nothing at all once it is switched off', () => {
    const store = createTelemetryStore(atOnce);
    store.put(entities({ [CART]: busy(1) }));
    expect(store.told(STOCK)).toBeUndefined();
    store.put(undefined);
    expect(store.told(CART)).toBeUndefined();
    expect(store.answer()).toBeUndefined();
  });

  it('finds calls by their ends, and those that nobody declared at either end', () => {
    const call = (target: typeof CART, declared: boolean): CallTelemetry => ({
      ...{ source: CART, target, services: [], declared },
      observations: [seen({ requests: 3 })],
      health: 'good',
    });
    const store = createTelemetryStore(atOnce);
    store.put(measuredMesh({ calls: [call(STOCK, false)] }));
    expect(store.told(callKey(CART, STOCK))?.edge?.observed).toBe('yes');
    expect(store.told(STOCK)?.undeclared).toHaveLength(1);
    expect(store.told(CART)?.undeclared).toHaveLength(1);
    store.put(measuredMesh({ calls: [call(STOCK, true)] }));
    expect(store.told(STOCK)).toBeUndefined();
  });

  it('has splits and findings with the router they are about', () => {
    const router = routerKey('shop', 'cart');
    const store = createTelemetryStore(atOnce);
    store.put(
      measuredMesh({
        splits: [
          { router, route: 'all', evidence: 'xray', count: 0, shares: [], verdict: 'tooFew', sinceMs: 0 },
        ],
      }),
    );
    expect(store.told(router)?.splits.map(({ route }) => route)).toEqual(['all']);
  });
});
