import { describe, expect, it } from 'vitest';
import { forgetPositions, readPositions, recallPositions, writePositions } from './memory';
import type { LayoutNode } from './types';

function memoryStore(): Storage {
  const slots = new Map<string, string>();
  return {
    length: 0,
    clear: () => slots.clear(),
    key: () => null,
    getItem: (key) => slots.get(key) ?? null,
    setItem: (key, text) => void slots.set(key, text),
    removeItem: (key) => void slots.delete(key),
  };
}

const closed = {
  getItem: () => {
    throw new Error('closed');
  },
  setItem: () => {
    throw new Error('closed');
  },
  removeItem: () => {
    throw new Error('closed');
  },
};

const card = (id: string, group = 'shop'): LayoutNode => ({
  id,
  group,
  role: 'node',
  width: 100,
  height: 50,
});

describe('remembered positions', () => {
  it('come back per source and mesh', () => {
    const store = memoryStore();
    writePositions(store, 'prod', 'shop', { a: { x: 1, y: 2 } });
    expect(readPositions(store, 'prod', 'shop')).toEqual({ a: { x: 1, y: 2 } });
    expect(readPositions(store, 'test', 'shop')).toEqual({});
    forgetPositions(store, 'prod', 'shop');
    expect(readPositions(store, 'prod', 'shop')).toEqual({});
  });

  it('ignore what is no position', () => {
    const store = memoryStore();
    store.setItem('meshdeck.positions.prod.shop', '{"a":{"x":1,"y":2},"b":{"x":"1"},"c":null,"d":7}');
    expect(readPositions(store, 'prod', 'shop')).toEqual({ a: { x: 1, y: 2 } });
    store.setItem('meshdeck.positions.prod.shop', 'no json');
    expect(readPositions(store, 'prod', 'shop')).toEqual({});
  });

  it('do without a store that refuses', () => {
    expect(readPositions(closed, 'prod', 'shop')).toEqual({});
    expect(writePositions(closed, 'prod', 'shop', {})).toBe(false);
    expect(() => forgetPositions(closed, 'prod', 'shop')).not.toThrow();
  });

  it('do without any store', () => {
    expect(readPositions(undefined, 'prod', 'shop')).toEqual({});
    expect(writePositions(undefined, 'prod', 'shop', {})).toBe(false);
    expect(() => forgetPositions(undefined, 'prod', 'shop')).not.toThrow();
  });

  it('give a returning node its old place, unless something stands there now', () => {
    const standing = { a: { x: 0, y: 0 } };
    const memory = { a: { x: 9, y: 9 }, b: { x: 50, y: 20 }, c: { x: 500, y: 0 }, gone: { x: 900, y: 0 } };
    expect(recallPositions([card('a'), card('b'), card('c')], standing, memory)).toEqual({
      a: { x: 0, y: 0 },
      c: { x: 500, y: 0 },
    });
  });

  it('give a namespace its places back together or not at all', () => {
    const nodes = [card('a'), card('b', 'pay'), card('c', 'pay'), card('d', 'web'), card('e', 'web')];
    const memory = { b: { x: 50, y: 20 }, c: { x: 500, y: 0 }, d: { x: 0, y: 300 }, e: { x: 200, y: 300 } };
    expect(recallPositions(nodes, { a: { x: 0, y: 0 } }, memory)).toEqual({
      a: { x: 0, y: 0 },
      d: { x: 0, y: 300 },
      e: { x: 200, y: 300 },
    });
  });
});
