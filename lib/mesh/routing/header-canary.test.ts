import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, route, router, to, weighted } from '../fixtures';
import type { MatchCondition, Route } from '../model';
import { plainRequest } from './fit';
import { headerCanaries, headerCanary, preview, withoutHeaderCanary, withRoute } from './header-canary';

const V2 = to('node', 'web-v2');
const header = { name: 'X-Canary', content: 'yes' };
const asks = (name: string): MatchCondition => ({ on: 'header', name, operator: 'present' });
const web = router('web', [
  route('shop', { priority: 20, match: [prefix('/shop')], targets: [weighted(to('node', 'web-v1'), 100)] }),
  route('all', { match: [prefix('/')], timeout: { perRequest: { amount: 2, unit: 's' } } }),
]);

function made(shop = web, base = 'shop', of = header): Route {
  const result = headerCanary(shop, base, V2, of);
  if (!result.ok) throw new Error(result.problem.key);
  return result.route;
}

describe('a canary by header', () => {
  it('is tried before every other route, and sends to the new version what its base takes and the header names', () => {
    expect(made()).toMatchObject({
      name: 'shop-x-canary-yes',
      protocol: 'http',
      priority: 19,
      match: [prefix('/shop'), { on: 'header', name: 'x-canary', operator: 'exact', operand: 'yes' }],
      targets: [{ key: V2.key, weight: 100, share: 1 }],
    });
    const changed = withRoute(web, made());
    const ask = (path: string, content: string) => {
      const request = { ...plainRequest('http'), path, headers: [['X-Canary', content]] as const };
      const { before, after } = preview(web, changed, request);
      return [before.route?.name, after.route?.name];
    };
    expect(ask('/shop/1', 'yes')).toEqual(['shop', 'shop-x-canary-yes']);
    expect(ask('/shop/1', 'no')).toEqual(['shop', 'shop']);
    expect(ask('/', 'yes')).toEqual(['all', 'all']);
  });

  it('keeps the retries and timeouts of its base', () => {
    expect(made(web, 'all').timeout).toEqual({ perRequest: { amount: 2, unit: 's' } });
  });

  it('has a name of its own', () => {
    const twice = withRoute(web, { ...made(), match: [prefix('/x')] });
    expect(made(twice).name).toBe('shop-x-canary-yes-2');
  });

  it('looks at metadata where the base is of gRPC, and its port stays last', () => {
    const calls = router('calls', [
      route('all', { protocol: 'grpc', match: [{ on: 'port', operator: 'exact', operand: '90' }] }),
    ]);
    expect(made(calls, 'all')).toMatchObject({ priority: 100, match: [{ on: 'metadata' }, { on: 'port' }] });
  });

  it.each([
    ['noRoute', web, 'gone', header],
    ['protocol', router('db', [route('db', { protocol: 'tcp' })]), 'db', header],
    ['header', web, 'shop', { name: 'a header', content: 'yes' }],
    ['header', web, 'shop', { name: 'x'.repeat(51), content: 'yes' }],
    ['header', web, 'shop', { name: 'x', content: ' ' }],
    ['header', web, 'shop', { name: 'x', content: 'a\nb' }],
    ['headerTaken', router('web', [route('all', { match: [asks('X-CANARY')] })]), 'all', header],
    [
      'tooManyHeaders',
      router('web', [route('all', { match: Array.from({ length: 10 }, (_, n) => asks(`x-${n}`)) })]),
      'all',
      header,
    ],
    ['noRoom', router('web', [route('all'), route('first', { priority: 0 })]), 'all', header],
  ] as const)('is refused for %s', (key, shop, base, of) => {
    expect(headerCanary(shop, base, V2, of)).toMatchObject({ ok: false, problem: { key } });
  });

  it('is found again and taken away, and never any other route', () => {
    const changed = withRoute(web, made());
    expect(headerCanaries(web)).toEqual([]);
    expect(headerCanaries(changed)).toMatchObject([
      {
        route: { name: 'shop-x-canary-yes' },
        base: { name: 'shop' },
        header: { name: 'x-canary', content: 'yes' },
      },
    ]);
    expect(withoutHeaderCanary(changed, 'shop-x-canary-yes')).toEqual(web);
    expect(withoutHeaderCanary(changed, 'shop')).toBeUndefined();
  });

  it('takes away, when it goes, no request but its own', () => {
    const paths = fc.constantFrom('/', '/shop', '/shop/1', '/x');
    const contents = fc.constantFrom('yes', 'no', undefined);
    fc.assert(
      fc.property(paths, contents, (path, content) => {
        const headers = content === undefined ? [] : ([['x-canary', content]] as const);
        const request = { ...plainRequest('http'), path, headers };
        const canary = made();
        const { before, after } = preview(web, withRoute(web, canary), request);
        if (after.route?.name === canary.name) expect([before.route?.name, content]).toEqual(['shop', 'yes']);
        else expect(after.route?.name).toBe(before.route?.name);
      }),
    );
  });
});
