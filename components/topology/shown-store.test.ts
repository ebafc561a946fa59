import { describe, expect, it, vi } from 'vitest';
import { meshNode } from './fixtures';
import type { ShownCard } from './shown-graph';
import { createShownStore } from './shown-store';

const card = (name: string, ready = 2): ShownCard => ({
  node: meshNode('shop', name, ready),
  group: 'shop',
  findings: [],
});

describe('the store of the canvas', () => {
  it('tells those whose card changed, and nobody else', () => {
    const store = createShownStore();
    const [one, two] = [card('one'), card('two')];
    store.put({ cards: [one, two], edges: [] });
    const [ofOne, ofTwo] = [vi.fn(), vi.fn()];
    store.subscribe(one.node.key, ofOne);
    store.subscribe(two.node.key, ofTwo);
    const changed = card('two', 1);
    store.put({ cards: [{ ...one }, changed], edges: [] });
    expect(ofOne).not.toHaveBeenCalled();
    expect(ofTwo).toHaveBeenCalledTimes(1);
    expect(store.card(one.node.key)).toBe(one);
    expect(store.card(two.node.key)).toBe(changed);
  });

  it('forgets what is gone, and who stopped listening', () => {
    const store = createShownStore();
    const one = card('one');
    store.put({ cards: [one], edges: [] });
    const heard = vi.fn();
    store.subscribe(one.node.key, heard)();
    store.put({ cards: [], edges: [] });
    store.put({ cards: [card('one', 0)], edges: [] });
    expect(heard).not.toHaveBeenCalled();
  });

  it('takes in a picture for the cards that are shown, and for no others', () => {
    const store = createShownStore();
    const [one, two, other] = [card('one'), card('two'), card('other')];
    store.put({ cards: [one, two], edges: [] });
    const [ofOne, ofTwo] = [vi.fn(), vi.fn()];
    store.subscribe(one.node.key, ofOne);
    store.subscribe(two.node.key, ofTwo);
    const changed = card('two', 0);
    const nodes = new Map([one, changed, other].map(({ node }) => [node.key, node]));
    store.update({ nodes, edges: new Map(), findings: [] });
    expect(ofOne).not.toHaveBeenCalled();
    expect(ofTwo).toHaveBeenCalledTimes(1);
    expect(store.card(two.node.key)?.node).toBe(changed.node);
    expect(store.card(other.node.key)).toBeUndefined();
  });

  it('leaves a deleted object as it was last seen', () => {
    const store = createShownStore();
    const gone = { ...card('one'), goneAt: 1 };
    store.put({ cards: [gone], edges: [] });
    store.update({ nodes: new Map(), edges: new Map(), findings: [] });
    expect(store.card(gone.node.key)).toBe(gone);
  });

  it('does not fall back to what an older graph says', () => {
    const store = createShownStore();
    const [old, fresh] = [card('one', 2), card('one', 0)];
    store.put({ cards: [old], edges: [] });
    store.update({ nodes: new Map([[fresh.node.key, fresh.node]]), edges: new Map(), findings: [] });
    store.put({ cards: [{ ...old }, card('two')], edges: [] });
    expect(store.card(old.node.key)?.node).toBe(fresh.node);
    expect(store.card(card('two').node.key)).toBeDefined();
  });
});
