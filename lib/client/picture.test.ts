import { describe, expect, it } from 'vitest';
import type { StreamEvent, TopologyAnswer } from '@/lib/api/topology';
import { serviceKey } from '@/lib/mesh/keys';
import type { TopologyNode } from '@/lib/mesh/topology';
import { GHOST_MS, NOTHING, take, withoutOldGhosts } from './picture';
import type { Held } from './picture';

const node = (name: string): TopologyNode => ({
  key: serviceKey('shop', name),
  kind: 'malformed',
  ref: {
    apiVersion: 'v1',
    kind: 'VirtualService',
    namespace: 'shop',
    name,
    uid: name,
    resourceVersion: '1',
    generation: 1,
  },
  problems: [],
});

const source = { phase: 'live', since: '2026-11-01T00:00:00Z' } as const;
// The reducer hands the mesh through; its content plays no part here.
const mesh = {} as TopologyAnswer['mesh'];

const snapshot = (names: string[], seq = 1, epoch = 'a'): StreamEvent => ({
  type: 'snapshot',
  source,
  topology: { revision: { epoch, seq }, mesh, nodes: names.map(node), edges: [], findings: [], groups: [] },
});

const delta = (seq: number, upserts: string[], removed: string[] = [], epoch = 'a'): StreamEvent => ({
  type: 'delta',
  revision: { epoch, seq },
  nodes: { upserts: upserts.map(node), removed: removed.map((name) => serviceKey('shop', name)) },
  edges: { upserts: [], removed: [] },
  findings: { upserts: [], removed: [] },
  groups: { upserts: [], removed: [] },
});

function after(...events: StreamEvent[]): Held {
  return events.reduce<Held>((held, event) => {
    const next = take(held, event, 1000);
    if (next === 'resync') throw new Error('out of step');
    return next;
  }, NOTHING);
}

describe('the picture in the browser', () => {
  it('follows deltas in order', () => {
    const held = after(snapshot(['cart']), delta(2, ['orders']), delta(3, [], ['cart']));
    expect([...(held.picture?.nodes.keys() ?? [])]).toEqual([serviceKey('shop', 'orders')]);
  });

  it('asks for a snapshot when a delta was missed, and keeps what it has', () => {
    const held = after(snapshot(['cart']));
    expect(take(held, delta(3, ['orders']), 1000)).toBe('resync');
    expect(held.picture?.nodes.size).toBe(1);
  });

  it('asks for a snapshot when the server began a new life', () => {
    expect(take(after(snapshot(['cart'])), delta(2, [], [], 'b'), 1000)).toBe('resync');
  });

  it('keeps the objects of nodes that a delta leaves alone', () => {
    const before = after(snapshot(['cart', 'orders']));
    const now = take(before, delta(2, ['orders']), 1000);
    const key = serviceKey('shop', 'cart');
    expect(now === 'resync' ? undefined : now.picture?.nodes.get(key)).toBe(before.picture?.nodes.get(key));
  });

  it('keeps a deleted node as a ghost for ten seconds', () => {
    const held = after(snapshot(['cart', 'orders']), delta(2, [], ['cart']));
    expect([...held.ghosts.keys()]).toEqual([serviceKey('shop', 'cart')]);
    expect(withoutOldGhosts(held.ghosts, 1000 + GHOST_MS - 1)).toBe(held.ghosts);
    expect(withoutOldGhosts(held.ghosts, 1000 + GHOST_MS).size).toBe(0);
  });

  it('forgets the ghost when the object comes back', () => {
    const held = after(snapshot(['cart']), delta(2, [], ['cart']), delta(3, ['cart']));
    expect(held.ghosts.size).toBe(0);
  });

  it('keeps the picture while the source is in trouble', () => {
    const held = after(snapshot(['cart']), {
      type: 'status',
      source: { phase: 'reconnecting', since: '2026-11-01T00:00:00Z' },
      meshPresent: true,
      parts: [{ source: 's', name: 's', kind: 'kubernetes', phase: 'reconnecting' }],
    });
    expect(held.parts).toHaveLength(1);
    expect(held.picture?.nodes.size).toBe(1);
    expect(held.source?.phase).toBe('reconnecting');
  });
});
