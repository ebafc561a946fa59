import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding';
import {
  gatewayRoute,
  group,
  malformed,
  modelOf,
  node,
  NOW,
  route,
  router,
  service,
  to,
  weighted,
} from '../fixtures';
import type { Entity, Target } from '../model';
import { findFindings } from './index';

const found = (...entities: Entity[]): Finding[] => findFindings(modelOf(entities), NOW);
const codes = (...entities: Entity[]) => found(...entities).map(({ code }) => code);

const routerTo = (target: Target) => router('cart', [route('all', { targets: [weighted(target)] })]);

describe('MD101, a reference to nothing', () => {
  it('is on the object that refers, with the place and the missing key', () => {
    expect(found(routerTo(to('node', 'a', 'missing')))).toEqual([
      {
        id: 'MD101|router:shop/cart|spec.routes[0].httpRoute.action.weightedTargets[0]',
        code: 'MD101',
        severity: 'error',
        subject: 'router:shop/cart',
        related: ['node:shop/a'],
        details: { target: 'shop/a' },
        path: 'spec.routes[0].httpRoute.action.weightedTargets[0]',
      },
    ]);
  });

  it.each<[string, Entity]>([
    ['spec.virtualGatewayRef', gatewayRoute('r', to('gateway', 'x', 'missing'), to('service', 's'))],
    [
      'spec.grpcRoute.action.target.virtualService',
      gatewayRoute('r', to('gateway', 'g'), to('service', 'x', 'missing'), { protocol: 'grpc' }),
    ],
    ['spec.provider.virtualRouter', service('s', { kind: 'router', target: to('router', 'x', 'missing') })],
    ['spec.provider.virtualNode', service('s', { kind: 'node', target: to('node', 'x', 'missing') })],
    ['spec.backends[1].virtualService', node('n', [to('service', 's'), to('service', 'x', 'missing')])],
    ['spec.backendGroups[0]', node('n', [], { backendGroups: [to('backendGroup', 'x', 'missing')] })],
    ['spec.virtualservices[0]', group('g', [to('service', 'x', 'missing')])],
  ])('stands at %s', (path, entity) => {
    expect(found(entity)).toMatchObject([{ code: 'MD101', subject: entity.key, path }]);
  });

  it('is on the node that a missing member of a group holds back, one for each member', () => {
    const via = to('backendGroup', 'g');
    const backends = ['x', 'y'].map((name) => ({ ...to('service', name, 'missing'), viaGroup: via.key }));
    const findings = found(node('n', backends, { backendGroups: [via] }));
    expect(findings).toMatchObject([
      { code: 'MD101', subject: 'node:shop/n', related: ['service:shop/x'], path: 'spec.backendGroups[0]' },
      { code: 'MD101', subject: 'node:shop/n', related: ['service:shop/y'], path: 'spec.backendGroups[0]' },
    ]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });

  it('is not where the reference leads somewhere', () => {
    expect(codes(routerTo(to('node', 'a')), node('a'))).toEqual([]);
  });
});

describe('MD102, a reference into another mesh', () => {
  it('is on the object that refers', () => {
    expect(found(routerTo(to('node', 'a', 'otherMesh')))).toMatchObject([
      { code: 'MD102', subject: 'router:shop/cart', related: ['node:shop/a'] },
    ]);
  });
  it('is not within the mesh', () => {
    expect(codes(routerTo(to('node', 'a')))).not.toContain('MD102');
  });
});

describe('MD103 and MD110, objects that cannot be placed or read', () => {
  const of = (...paths: string[]) =>
    findFindings(modelOf([], { malformed: [malformed(to('node', 'a').key, ...paths)] }), NOW);
  it('are MD103 where only the meshRef is wrong', () => {
    expect(of('spec.meshRef')).toMatchObject([{ code: 'MD103', severity: 'error', subject: 'node:shop/a' }]);
  });
  it('are MD110 where a field is, with the first and how many', () => {
    expect(of('spec.listeners[0].port', 'spec.meshRef')).toMatchObject([
      { code: 'MD110', details: { path: 'spec.listeners[0].port', problem: 'is odd', count: 2 } },
    ]);
  });
  it('are neither for an object that can', () => {
    expect(codes(node('a'))).toEqual([]);
  });
});

describe('MD104, an empty reference', () => {
  it('is on the object that refers', () => {
    expect(found(routerTo(to('node', '', 'unset')))).toMatchObject([
      { code: 'MD104', details: { path: 'spec.routes[0].httpRoute.action.weightedTargets[0]' } },
    ]);
  });
  it('is not where a route has no targets at all', () => {
    expect(codes(router('cart', [route('all', { targets: [] })]))).toEqual([]);
  });
});

describe('MD105, a reference beside an ARN', () => {
  it('tells which of the two counts', () => {
    const target = to('node', 'a', 'ok', { arn: 'mesh/m/virtualNode/a', ignoredRef: 'shop/b' });
    expect(found(routerTo(target))).toMatchObject([
      { code: 'MD105', severity: 'warning', details: { target: 'shop/b', arn: 'mesh/m/virtualNode/a' } },
    ]);
  });
  it('is not for an ARN alone', () => {
    expect(codes(routerTo(to('node', 'a', 'ok', { arn: 'mesh/m/virtualNode/a' })))).toEqual([]);
  });
});

describe('MD106, an ARN that does not fit', () => {
  it('is told with the ARN', () => {
    expect(found(routerTo(to('node', 'a', 'foreign', { arn: 'nonsense', arnUnfit: true })))).toMatchObject([
      { code: 'MD106', severity: 'error', details: { arn: 'nonsense' } },
    ]);
  });
  it('is not one that fits and leads out of the cluster', () => {
    expect(codes(routerTo(to('node', 'a', 'foreign')))).toEqual([]);
  });
});

describe('MD107, a service without provider', () => {
  it('is told with its host name', () => {
    expect(found(service('s', { kind: 'none' }))).toMatchObject([
      { code: 'MD107', severity: 'warning', details: { hostname: 's.shop' } },
    ]);
  });
  it('is not one whose provider is missing', () => {
    expect(codes(service('s', { kind: 'node', target: to('node', 'x', 'missing') }))).toEqual(['MD101']);
  });
});

describe('the list of findings', () => {
  it('has the worst first, then the order of their ids', () => {
    const findings = found(
      service('s', { kind: 'none' }),
      routerTo(to('node', 'a', 'missing')),
      node('n', [to('service', 'x', 'otherMesh')]),
    );
    expect(findings.map(({ code }) => code)).toEqual(['MD101', 'MD102', 'MD107']);
  });
});

describe('a reference of an App Mesh API', () => {
  it('is named without a namespace', () => {
    const target = { ...to('service', 'mail.shop', 'missing'), namespace: '' };
    const [found] = findFindings(modelOf([node('a', [target])]), NOW);
    expect(found?.details).toEqual({ target: 'mail.shop' });
  });
});
