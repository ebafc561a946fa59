import { describe, expect, it } from 'vitest';
import { edge, meshNode, router } from '@/components/topology/fixtures';
import { entityKey, nodeKey, routerKey, serviceKey } from '@/lib/mesh/keys';
import type { TopologyEdge, TopologyNode } from '@/lib/mesh/topology';
import { evidenceOf, neighboursOf } from './neighbours';

const R = routerKey('shop', 'cart');
const V1 = nodeKey('shop', 'v1');
const V2 = nodeKey('shop', 'v2');
const RUNS = entityKey('workload', 'shop', 'Deployment/cart');

const owner = { kind: 'Deployment', namespace: 'shop', name: 'cart', total: 2, ready: 2 };
const running = (name: string) => {
  const node = meshNode('shop', name);
  return { ...node, workload: { ...node.workload, owners: [owner] } };
};

function picture(nodes: TopologyNode[], edges: TopologyEdge[]) {
  return {
    nodes: new Map(nodes.map((node) => [node.key, node])),
    edges: new Map(edges.map((each) => [each.key, each])),
  };
}

const CART = picture(
  [router('shop', 'cart', [{ name: 'all' }, { name: 'beta' }]), running('v1'), running('v2')],
  [
    edge('provider', serviceKey('shop', 'cart'), R),
    edge('route-target', R, V1, 'all'),
    edge('route-target', R, V2, 'all'),
    edge('route-target', R, V2, 'beta'),
  ],
);

describe('the neighbours of an object', () => {
  it('are told route by route, a target of two routes under both', () => {
    const { targets } = neighboursOf(CART, R);
    expect([...targets].map(([row, list]) => [row, list.map(({ target }) => target)])).toEqual([
      ['all', [V1, V2]],
      ['beta', [V2]],
    ]);
  });

  it('lead to it once an edge', () => {
    expect(neighboursOf(CART, V2).callers.map(({ row }) => row)).toEqual(['all', 'beta']);
    expect(neighboursOf(CART, R).callers).toHaveLength(1);
  });

  it('are also what it stands on, and what stands on that', () => {
    expect(neighboursOf(CART, V1).standing.map(({ target }) => target)).toEqual([RUNS]);
    expect(neighboursOf(CART, RUNS).standing.map(({ source }) => source)).toEqual([V1, V2]);
  });
});

describe('evidence', () => {
  it('is unknown only where none of the edges has any', () => {
    const silent = edge('backend', V1, V2);
    expect(evidenceOf([silent, silent])).toBe('unknown');
    expect(evidenceOf([silent, { ...silent, observed: 'no' }])).toBe('known');
  });
});
