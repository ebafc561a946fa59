import { describe, expect, it } from 'vitest';
import { gatewayRoute, modelOf, node, NOW, prefix, route, router, to, weighted } from '../fixtures';
import type { MatchCondition, Route } from '../model';
import { findFindings } from './index';

const found = (...routes: Route[]) =>
  findFindings(modelOf([router('cart', routes), node('a'), node('b')]), NOW);
const codes = (...routes: Route[]) => found(...routes).map(({ code }) => code);

const [a, b] = [to('node', 'a'), to('node', 'b')];
const weighing = (...weights: number[]) =>
  route('all', { targets: weights.map((weight, i) => weighted(i === 0 ? a : b, weight)) });

describe('MD201, a total over 100', () => {
  it('is told with the total and the targets', () => {
    expect(found(weighing(60, 50))).toMatchObject([
      {
        code: 'MD201',
        severity: 'warning',
        details: { route: 'all', total: 110 },
        related: [a.key, b.key],
        path: 'spec.routes[0]',
      },
    ]);
  });
  it('is not 100, nor less', () => {
    expect([codes(weighing(60, 40)), codes(weighing(3, 1))]).toEqual([[], []]);
  });
});

describe('MD202, all weights zero', () => {
  it('is told of the route', () => {
    expect(found(weighing(0, 0))).toMatchObject([
      { code: 'MD202', severity: 'error', details: { route: 'all' } },
    ]);
  });
  it('is not one parked target beside another', () => {
    expect(codes(weighing(0, 1))).toEqual([]);
  });
});

describe('MD203, a route without one type', () => {
  it('is told of the route, and nothing else is', () => {
    expect(found(route('all', { protocol: 'unknown', targets: [] }))).toMatchObject([
      { code: 'MD203', severity: 'error', details: { route: 'all' } },
    ]);
  });
  it('is told of a gateway route as well', () => {
    const lost = gatewayRoute('web', to('gateway', 'g'), to('service', '', 'unset'), { protocol: 'unknown' });
    expect(findFindings(modelOf([lost]), NOW)).toMatchObject([
      { code: 'MD203', subject: 'gatewayRoute:shop/web', details: { route: 'web' } },
    ]);
  });
  it('is not a route of a known type', () => {
    expect(codes(route('all', { protocol: 'tcp' }))).toEqual([]);
  });
});

describe('MD204, a router without routes', () => {
  it('is told of the router', () => {
    expect(found()).toMatchObject([{ code: 'MD204', severity: 'warning', subject: 'router:shop/cart' }]);
  });
  it('is not one with a route', () => {
    expect(codes(route('all'))).toEqual([]);
  });
});

describe('MD205, a target named twice', () => {
  const naming = (...ports: (number | undefined)[]) =>
    route('all', { targets: ports.map((port) => weighted(a, 1, port)) });
  it('is told once, however often it is named', () => {
    expect(found(naming(undefined, undefined, undefined))).toMatchObject([
      { code: 'MD205', details: { route: 'all', target: 'shop/a' }, related: [a.key] },
    ]);
    expect(codes(naming(80, 81, 80))).toEqual(['MD205']);
  });
  it('is not one node on two ports, nor in two routes', () => {
    expect(codes(naming(80, 81))).toEqual([]);
    expect(
      codes(naming(80), route('other', { targets: [weighted(a, 1, 80)], match: [prefix('/x')] })),
    ).toEqual([]);
  });
  it('is not two targets that name nothing', () => {
    const unset = weighted(to('node', '', 'unset'));
    expect(codes(route('all', { targets: [unset, unset] }))).toEqual(['MD104', 'MD104']);
  });
});

describe('MD206, a route that is never reached', () => {
  const at = (name: string, priority: number | undefined, ...match: MatchCondition[]) =>
    route(name, { priority, match });
  const header = (name: string, more: Partial<MatchCondition> = {}): MatchCondition => ({
    on: 'header',
    name,
    operator: 'exact',
    operand: 'x',
    ...more,
  });
  const on = (on: MatchCondition['on'], operand: string, operator: MatchCondition['operator'] = 'exact') => ({
    on,
    operator,
    operand,
  });
  const shadowed = (first: Route, second: Route) =>
    found(first, second)
      .filter(({ code }) => code === 'MD206')
      .map(({ details }) => details);

  it('is told with the route that takes everything before it', () => {
    expect(shadowed(at('wide', 1, prefix('/')), at('narrow', 2, prefix('/cart')))).toEqual([
      { route: 'narrow', by: 'wide' },
    ]);
  });

  it.each<[string, MatchCondition[], MatchCondition[]]>([
    ['the same prefix', [prefix('/a')], [prefix('/a')]],
    ['a longer prefix', [prefix('/a')], [prefix('/a/b')]],
    ['a path below the prefix', [prefix('/a')], [on('path', '/a/b')]],
    ['the same path', [on('path', '/a')], [on('path', '/a')]],
    ['the same regex', [on('path', '/a.*', 'regex')], [on('path', '/a.*', 'regex')]],
    ['any regex, by the prefix of all paths', [prefix('/')], [on('path', '/a.*', 'regex')]],
    ['no path, by the prefix of all paths', [prefix('/')], [on('method', 'GET')]],
    ['more headers', [prefix('/'), header('h')], [prefix('/'), header('h'), header('i')]],
    [
      'a header of some content, by its presence',
      [header('h', { operator: 'present', operand: undefined })],
      [header('h')],
    ],
    ['a method beside', [prefix('/')], [prefix('/'), on('method', 'GET')]],
    ['a method of the service', [on('service', 'Cart')], [on('service', 'Cart/Add')]],
    ['a port, by a route for all ports', [prefix('/')], [prefix('/'), on('port', '80')]],
    ['the same port', [prefix('/'), on('port', '80')], [prefix('/a'), on('port', '80')]],
  ])('is one with %s', (_, wide, narrow) => {
    expect(shadowed(at('wide', 1, ...wide), at('narrow', 2, ...narrow))).toHaveLength(1);
  });

  it.each<[string, MatchCondition[], MatchCondition[]]>([
    ['a shorter prefix', [prefix('/a/b')], [prefix('/a')]],
    ['another prefix', [prefix('/a')], [prefix('/b')]],
    ['a path outside the prefix', [prefix('/a')], [on('path', '/b')]],
    ['a regex under a prefix', [prefix('/a')], [on('path', '/a.*', 'regex')]],
    ['a prefix under a path', [on('path', '/a')], [prefix('/a')]],
    ['all paths, by some', [prefix('/a')], []],
    ['another port', [prefix('/'), on('port', '80')], [prefix('/'), on('port', '81')]],
    ['all ports, by one', [prefix('/'), on('port', '80')], [prefix('/')]],
    ['fewer headers', [prefix('/'), header('h')], [prefix('/')]],
    ['another header', [header('h')], [header('i')]],
    ['another content of the header', [header('h')], [header('h', { operand: 'y' })]],
    ['the header turned round', [header('h')], [header('h', { negated: true })]],
    [
      'the header, by its absence',
      [header('h', { operator: 'present', operand: undefined, negated: true })],
      [header('h')],
    ],
    ['another method', [on('method', 'GET')], [on('method', 'PUT')]],
    ['the whole service, by a method', [on('service', 'Cart/Add')], [on('service', 'Cart')]],
    ['a service whose name only begins so', [on('service', 'Cart')], [on('service', 'CartV2/Add')]],
  ])('is not one with %s', (_, first, second) => {
    expect(shadowed(at('first', 1, ...first), at('second', 2, ...second))).toEqual([]);
  });

  it('goes by priority and not by place, routes without priority last', () => {
    const narrow = [prefix('/cart')];
    expect(shadowed(at('narrow', 1, ...narrow), at('wide', 2, prefix('/')))).toEqual([]);
    expect(shadowed(at('narrow', 2, ...narrow), at('wide', 1, prefix('/')))).toHaveLength(1);
    expect(shadowed(at('narrow', undefined, ...narrow), at('wide', 1000, prefix('/')))).toHaveLength(1);
    expect(shadowed(at('narrow', 0, ...narrow), at('wide', undefined, prefix('/')))).toEqual([]);
  });

  it('says nothing where App Mesh documents no order', () => {
    expect(shadowed(at('wide', 1, prefix('/')), at('narrow', 1, prefix('/cart')))).toEqual([]);
    expect(shadowed(at('wide', undefined, prefix('/')), at('narrow', undefined, prefix('/cart')))).toEqual(
      [],
    );
  });

  it('is not one of another protocol', () => {
    const wide = route('wide', { priority: 1, protocol: 'http2' });
    expect(shadowed(wide, at('narrow', 2, prefix('/cart')))).toEqual([]);
    const unknown: Partial<Route> = { protocol: 'unknown', targets: [] };
    expect(shadowed(route('x', { priority: 1, ...unknown }), route('y', unknown))).toEqual([]);
  });
});

describe('two routes of one name', () => {
  it('have findings of their own', () => {
    const findings = found(weighing(0, 0), weighing(0, 0));
    expect(findings.map(({ id, path }) => [id, path])).toEqual([
      ['MD202|router:shop/cart|all', 'spec.routes[0]'],
      ['MD202|router:shop/cart|all#1', 'spec.routes[1]'],
    ]);
  });
});
