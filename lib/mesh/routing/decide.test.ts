import { describe, expect, it } from 'vitest';
import { gateway, gatewayRoute, prefix, route, router, to } from '../fixtures';
import type { GatewayRoute, Listener, MatchCondition, Protocol } from '../model';
import type { GatewayCard } from '../topology';
import { decide } from './decide';
import type { RouteRequest } from './decide';
import { plainRequest } from './fit';

const listener = (port: number, protocol: Protocol = 'http'): Listener => ({
  port,
  protocol,
  healthCheck: false,
  outlierDetection: false,
});
const header = (name: string, operand?: string, more: Partial<MatchCondition> = {}): MatchCondition => ({
  on: 'header',
  name,
  operator: operand === undefined ? 'present' : 'exact',
  operand,
  ...more,
});
const ask = (more: Partial<RouteRequest> = {}): RouteRequest => ({ ...plainRequest('http'), ...more });
const door = (rows: GatewayRoute[], listeners = [listener(80)]): GatewayCard => ({
  ...gateway('edge', { listeners }),
  rows,
});
const leads = (name: string, more: Partial<GatewayRoute> = {}) =>
  gatewayRoute(name, to('gateway', 'edge'), to('service', name), more);
const keysOf = (shop: Parameters<typeof decide>[0], request: RouteRequest) =>
  decide(shop, request).considered.map(({ outcome, fits, reasons }) => [
    outcome,
    fits,
    ...reasons.map(({ key }) => key),
  ]);

const canary = router(
  'web',
  [
    route('everyone', { priority: 100, match: [prefix('/')] }),
    route('testers', { priority: 10, match: [prefix('/'), header('x-beta', 'true')] }),
    route('shop', { match: [prefix('/shop')] }),
  ],
  { listeners: [listener(8080)] },
);

describe('a request', () => {
  it('takes the first route that fits, and every candidate says why it did or did not', () => {
    const decision = decide(canary, ask({ headers: [['X-Beta', 'no']] }));
    expect(decision).toMatchObject({ route: { name: 'everyone' }, why: { key: 'taken', position: 2 } });
    expect(decision.considered).toMatchObject([
      {
        route: { name: 'testers' },
        outcome: 'passedOver',
        reasons: [
          { key: 'fits', given: '/' },
          { key: 'differs', given: 'no' },
        ],
      },
      { route: { name: 'everyone' }, outcome: 'taken', reasons: [{ key: 'fits' }] },
      { route: { name: 'shop' }, outcome: 'notReached', fits: false, reasons: [{ key: 'differs' }] },
    ]);
    expect(decide(canary, ask({ headers: [['x-beta', 'true']] })).route?.name).toBe('testers');
  });

  it('comes closest to the route that misses least, where none fits', () => {
    const strict = router('web', [
      route('both', { priority: 1, match: [prefix('/a'), header('x-a')] }),
      route('one', { priority: 2, match: [prefix('/'), header('x-a')] }),
      route('other', { protocol: 'tcp' }),
    ]);
    expect(decide(strict, ask())).toMatchObject({
      route: undefined,
      why: { key: 'noneFits', tried: 2 },
      closest: { route: { name: 'one' } },
    });
    expect(decide(router('web', []), ask())).toMatchObject({ why: { key: 'noRoutes' }, considered: [] });
    expect(decide(router('web', [route('db', { protocol: 'tcp' })]), ask())).toMatchObject({
      why: { key: 'noneSpeaks', protocol: 'http' },
      considered: [{ outcome: 'aside' }],
      closest: undefined,
    });
  });

  it('comes in by a listener of its protocol, or not at all', () => {
    const two = router(
      'web',
      [
        route('plain', { match: [{ on: 'port', operator: 'exact', operand: '80' }] }),
        route('calls', { protocol: 'grpc' }),
      ],
      { listeners: [listener(80), listener(90, 'grpc')] },
    );
    expect(decide(two, ask()).route?.name).toBe('plain');
    expect(decide(two, plainRequest('grpc', 90)).route?.name).toBe('calls');
    expect(decide(two, ask({ port: 90 })).why).toEqual({
      key: 'noListener',
      port: 90,
      protocol: 'http',
      other: 'grpc',
    });
    expect(decide(two, ask({ port: 91 })).why).toMatchObject({ key: 'noListener', other: undefined });
    expect(keysOf(two, plainRequest('grpc'))).toEqual([
      ['taken', true],
      ['aside', false, 'protocol'],
    ]);
  });

  it('of tcp takes the first route of tcp', () => {
    const db = router('db', [route('db', { protocol: 'tcp' })], { listeners: [listener(5432, 'tcp')] });
    expect(decide(db, plainRequest('tcp')).route?.name).toBe('db');
  });

  it('passes over a route that nobody can read', () => {
    const odd = router('web', [
      route('odd', { protocol: 'unknown' }),
      route('plain', { match: [prefix('/')] }),
    ]);
    expect(keysOf(odd, ask())).toEqual([
      ['taken', true, 'fits'],
      ['aside', false, 'body'],
    ]);
  });
});

describe('the order', () => {
  const order = (shop: Parameters<typeof decide>[0]) =>
    decide(shop, ask()).considered.map(({ route: each }) => ('kind' in each ? each.ref.name : each.name));

  it('is that of the priorities, 0 first; routes without one are last', () => {
    const shop = router('web', [
      route('none'),
      route('last', { priority: 1000 }),
      route('first', { priority: 0 }),
    ]);
    expect(order(shop)).toEqual(['first', 'last', 'none']);
  });

  it('takes a gateway route without a priority for the last priority there is', () => {
    expect(order(door([leads('a', { priority: 1000 }), leads('b', { match: [prefix('/b')] })]))).toEqual([
      'b',
      'a',
    ]);
  });

  it('prefers the longer path among equals, and then the name', () => {
    const shop = router('web', [
      route('b', { match: [prefix('/')] }),
      route('a', { match: [prefix('/')] }),
      route('long', { match: [prefix('/long')] }),
      route('exact', { match: [{ on: 'path', operator: 'exact', operand: '/longest' }] }),
    ]);
    expect(order(shop)).toEqual(['exact', 'long', 'a', 'b']);
  });
});

describe('a doubt', () => {
  it('is told where another route fits as well and nothing says which is first', () => {
    const even = router('web', [route('a', { match: [prefix('/')] }), route('b', { match: [prefix('/')] })]);
    expect(decide(even, ask()).doubts).toMatchObject([{ key: 'order', other: { name: 'b' } }]);
  });

  it('is none where the priority or the longer prefix says so', () => {
    const known = router('web', [
      route('a', { match: [prefix('/a')] }),
      route('all', { match: [prefix('/')] }),
      route('late', { priority: 5, match: [prefix('/a'), header('x')] }),
    ]);
    expect(decide(known, ask({ path: '/a/1' }))).toMatchObject({ route: { name: 'a' }, doubts: [] });
  });

  it('is told where a regular expression cannot be read and everything else fits', () => {
    const look = { on: 'path', operator: 'regex', operand: '(?=/a).*' } as const;
    const odd = router('web', [
      route('odd', { priority: 1, match: [look] }),
      route('all', { priority: 2, match: [prefix('/')] }),
    ]);
    expect(decide(odd, ask())).toMatchObject({
      route: { name: 'all' },
      doubts: [{ key: 'regex', other: { name: 'odd' } }],
    });
  });
});

describe('a condition', () => {
  const outcome = (condition: MatchCondition, request: Partial<RouteRequest>) => {
    const [only] = decide(router('web', [route('one', { match: [condition] })]), ask(request)).considered;
    return only?.reasons[0]?.key;
  };

  it.each<[string, MatchCondition, Partial<RouteRequest>, string]>([
    ['a prefix of the path, by letters', prefix('/car'), { path: '/cart' }, 'fits'],
    ['a path in capitals', prefix('/cart'), { path: '/Cart' }, 'differs'],
    ['an exact path, whatever the query', { on: 'path', operator: 'exact', operand: '/a' }, { path: '/a?b=c#d' }, 'fits'],
    ['a regular expression for the whole path', { on: 'path', operator: 'regex', operand: '/a' }, { path: '/ab' }, 'differs'],
    ['alternatives of one', { on: 'path', operator: 'regex', operand: '/a|/b' }, { path: '/b' }, 'fits'],
    ['capitals in one', { on: 'path', operator: 'regex', operand: '/[A-Z]+' }, { path: '/abc' }, 'differs'],
    ['one for any case', { on: 'path', operator: 'regex', operand: '(?i)/abc' }, { path: '/ABC' }, 'fits'],
    ['a method', { on: 'method', operator: 'exact', operand: 'POST' }, {}, 'differs'],
    ['a scheme', { on: 'scheme', operator: 'exact', operand: 'https' }, { scheme: 'https' }, 'fits'],
    ['a host in any case', { on: 'hostname', operator: 'exact', operand: 'API.shop' }, { host: 'api.SHOP' }, 'fits'],
    ['the end of a host', { on: 'hostname', operator: 'suffix', operand: '.shop' }, { host: 'api.shop' }, 'fits'],
    ['a host where none is sent', { on: 'hostname', operator: 'suffix', operand: '.shop' }, {}, 'absent'],
    ['a header by its name in any case', header('X-A', '1'), { headers: [['x-a', '1']] }, 'fits'],
    ['a header sent twice, joined', header('x', '1,2'), { headers: [['x', '1'], ['X', '2']] }, 'fits'],
    ['a header that is there', header('x'), { headers: [['x', '']] }, 'fits'],
    ['a header that must not be there', header('x', undefined, { negated: true }), {}, 'fits'],
    ['a header that must not be there and is', header('x', undefined, { negated: true }), { headers: [['x', '1']] }, 'excluded'],
    ['a value that must be another', header('x', '1', { negated: true }), { headers: [['x', '1']] }, 'excluded'],
    ['a value that must be another of no header', header('x', '1', { negated: true }), {}, 'absent'],
    ['the start of a range', header('x', '1..5', { operator: 'range' }), { headers: [['x', '1']] }, 'fits'],
    ['the end of a range', header('x', '1..5', { operator: 'range' }), { headers: [['x', '5']] }, 'differs'],
    ['a range of less than nothing', header('x', '-5..-2', { operator: 'range' }), { headers: [['x', '-3']] }, 'fits'],
    ['a range and a fraction', header('x', '1..5', { operator: 'range' }), { headers: [['x', '1.5']] }, 'notNumber'],
    ['a range and nothing', header('x', '0..5', { operator: 'range' }), { headers: [['x', '']] }, 'notNumber'],
    ['a query parameter', { on: 'query', name: 'q', operator: 'exact', operand: '1' }, { path: '/?q=1&q=2' }, 'fits'],
    ['a query parameter as it is written', { on: 'query', name: 'q', operator: 'exact', operand: 'a b' }, { path: '/?q=a%20b' }, 'differs'],
    ['a query parameter without a value', { on: 'query', name: 'q', operator: 'present' }, { path: '/?q' }, 'fits'],
    ['a query parameter in capitals', { on: 'query', name: 'q', operator: 'present' }, { path: '/?Q' }, 'absent'],
  ])('looks at %s', (_, condition, request, key) => {
    expect(outcome(condition, request)).toBe(key);
  }); // prettier-ignore

  it.each<[string, string, boolean]>([
    ['Cart', '/Cart/Add', true],
    ['Cart/Add', '/Cart/Add', true],
    ['Cart/Get', '/Cart/Add', false],
    ['Car', '/Cart/Add', false],
    ['/Add', '/Cart/Add', true],
  ])('of gRPC for %s takes %s: %s', (operand, path, fits) => {
    const calls = router('web', [
      route('one', { protocol: 'grpc', match: [{ on: 'service', operator: 'exact', operand }] }),
    ]);
    expect(decide(calls, { ...plainRequest('grpc'), path }).route !== undefined).toBe(fits);
  });

  it('of a gateway looks at the path without dots and double slashes, that of a router at the path as it is', () => {
    const request = ask({ path: '//a/./b/../c' });
    expect(decide(door([leads('c', { match: [prefix('/a/c')] })]), request)).toMatchObject({
      route: { ref: { name: 'c' } },
      request: { plainPath: '/a/c' },
    });
    expect(decide(router('web', [route('c', { match: [prefix('/a/c')] })]), request).route).toBeUndefined();
  });
});
