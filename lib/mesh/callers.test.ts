import { describe, expect, it } from 'vitest';
import { upstreamOf } from './callers';
import { nodeKey } from './keys';
import type { EntityKey } from './keys';
import { edgeKey } from './topology';

const [a, b, c, d] = [nodeKey('s', 'a'), nodeKey('s', 'b'), nodeKey('s', 'c'), nodeKey('s', 'd')];
const edges = (...pairs: [EntityKey, EntityKey][]) => ({
  edges: pairs.map(([source, target]) => ({
    key: edgeKey('backend', source, undefined, target),
    kind: 'backend' as const,
    source,
    target,
    declared: true,
    observed: 'unknown' as const,
  })),
});

describe('the callers of an entity', () => {
  it('are all that lead to it, at any distance, and nobody else', () => {
    expect(upstreamOf(edges([a, b], [b, c], [c, d]), c)).toEqual([a, b]);
    expect(upstreamOf(edges([a, b], [b, c], [c, d]), a)).toEqual([]);
  });
  it('stand once where several ways lead', () => {
    expect(upstreamOf(edges([a, b], [a, c], [b, d], [c, d], [c, d]), d)).toEqual([a, b, c]);
  });
  it('end where calls go round, and never hold the entity itself', () => {
    expect(upstreamOf(edges([a, b], [b, a], [a, a]), a)).toEqual([b]);
  });
});
