import { describe, expect, it } from 'vitest';
import { gateway, mesh, modelOf, node, NOW, route, router, to, weighted } from '../fixtures';
import type { Entity, Mesh, MeshNode } from '../model';
import { findFindings } from './index';

const found = (entities: Entity[], of: Partial<Mesh> = {}) =>
  findFindings(modelOf(entities, { mesh: mesh(of) }), NOW);
const codes = (entities: Entity[], of: Partial<Mesh> = {}) => found(entities, of).map(({ code }) => code);
const workload = (total: number, ready: number, withoutProxy = 0) => ({
  owners: [],
  total,
  ready,
  withProxy: total - withoutProxy,
  withoutProxy,
});

describe('MD401, a target without ready pods', () => {
  const sendingTo = (target: Partial<MeshNode>, weight = 1) => [
    router('cart', [
      route('all', { targets: [weighted(to('node', 'a'), weight), weighted(to('node', 'b'))] }),
    ]),
    node('a', [], target),
    node('b'),
  ];
  it('is told of the router, with the node', () => {
    expect(found(sendingTo({ workload: workload(2, 0) }))).toMatchObject([
      {
        code: 'MD401',
        severity: 'warning',
        subject: 'router:shop/cart',
        related: ['node:shop/a'],
        details: { target: 'shop/a', route: 'all', total: 2 },
      },
    ]);
  });
  it('is told where there is no pod but a Service of the cluster stands behind the name', () => {
    expect(codes(sendingTo({ workload: workload(0, 0), kubernetesService: 'shop/a' }))).toEqual(['MD401']);
  });
  it('is not a node outside the cluster, nor one with a ready pod, nor one that is parked', () => {
    expect(codes(sendingTo({ workload: workload(0, 0) }))).toEqual([]);
    expect(codes(sendingTo({ workload: workload(2, 1) }))).toEqual([]);
    expect(codes(sendingTo({ workload: workload(2, 0) }, 0))).toEqual([]);
  });
  it('is told of each target there is', () => {
    const entities = ['a', 'b'].map((name) => node(name, [], { workload: workload(1, 0) }));
    const targets = [weighted(to('node', 'a')), weighted(to('node', 'b'))];
    expect(codes([router('cart', [route('all', { targets })]), ...entities])).toEqual(['MD401', 'MD401']);
  });
  it('is told once for a node that two routes send to', () => {
    const routes = [route('x', { priority: 1 }), route('y', { priority: 1 })];
    expect(codes([router('cart', routes), node('a', [], { workload: workload(1, 0) })])).toEqual(['MD401']);
  });
});

describe('MD402, pods without the proxy', () => {
  it('is told of nodes and gateways, with how many', () => {
    expect(
      found([node('a', [], { workload: workload(3, 3, 1) }), gateway('g', { workload: workload(1, 1, 1) })]),
    ).toMatchObject([
      { code: 'MD402', subject: 'gateway:shop/g' },
      { code: 'MD402', subject: 'node:shop/a', details: { without: 1, total: 3 } },
    ]);
  });
  it('is not where every pod has one, or there is none', () => {
    expect(codes([node('a'), node('b', [], { workload: workload(0, 0) })])).toEqual([]);
  });
});

const problem = { reason: 'ReconcileError', message: 'no such node', at: NOW.toISOString(), count: 4 };

describe('MD501, a problem the controller reports', () => {
  it('is told in its own words', () => {
    expect(found([node('a', [], { acceptance: 'rejected', problem })])).toMatchObject([
      {
        code: 'MD501',
        severity: 'error',
        subject: 'node:shop/a',
        details: { message: 'no such node', count: 4 },
      },
    ]);
  });
  it('is not one the controller waits out', () => {
    expect(codes([node('a', [], { acceptance: 'pending', problem, createdAt: NOW.toISOString() })])).toEqual(
      [],
    );
  });
});

describe('MD502, a silent control plane', () => {
  it('is told once, of the mesh', () => {
    expect(found([node('a'), node('b')], { controlPlane: 'frozen' })).toMatchObject([
      { code: 'MD502', subject: 'mesh:/shop' },
    ]);
  });
  it('is not one that is live, or of which nothing is known', () => {
    expect(codes([], { controlPlane: 'live' })).toEqual([]);
    expect(codes([], { controlPlane: 'unknown' })).toEqual([]);
  });
});

describe('MD503, a generation that waits', () => {
  const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString();
  const waiting = (more: Partial<MeshNode>) => node('a', [], { acceptance: 'pending', ...more });

  it('is told after a minute', () => {
    expect(found([waiting({ createdAt: ago(61) })])).toMatchObject([
      { code: 'MD503', subject: 'node:shop/a', details: { generation: 1 } },
    ]);
    expect(codes([waiting({ createdAt: ago(59) })])).toEqual([]);
  });
  it('counts from when this generation was first seen, however old the object', () => {
    expect(codes([waiting({ createdAt: ago(9000), generationSeenAt: ago(5) })])).toEqual([]);
    expect(codes([waiting({ createdAt: ago(9000), generationSeenAt: ago(61) })])).toEqual(['MD503']);
  });
  it('else counts from the newest thing known of the object', () => {
    const turned = { type: 'VirtualNodeActive', status: 'False' as const, lastTransitionTime: ago(5) };
    expect(codes([waiting({ createdAt: ago(9000), conditions: [turned] })])).toEqual([]);
    expect(codes([waiting({ createdAt: 'odd' })])).toEqual(['MD503']);
  });
  it('is told of the mesh as well', () => {
    expect(codes([], { acceptance: 'pending', createdAt: ago(61) })).toEqual(['MD503']);
  });
  it('is not told of each object while the control plane is silent for all', () => {
    expect(codes([waiting({ createdAt: ago(61) })], { controlPlane: 'frozen' })).toEqual(['MD502']);
  });
});

describe('MD610, thresholds that cannot be read', () => {
  it('are told with what is wrong', () => {
    const odd = node('a', [], { thresholdsProblem: 'not JSON' });
    expect(findFindings(modelOf([odd]), NOW)).toMatchObject([
      { code: 'MD610', severity: 'info', subject: odd.key, details: { problem: 'not JSON' } },
    ]);
  });
  it('are not those that can', () => {
    const sound = node('a', [], { thresholds: { p99Ms: { degraded: 300 } } });
    expect(findFindings(modelOf([sound]), NOW)).toEqual([]);
  });
});
