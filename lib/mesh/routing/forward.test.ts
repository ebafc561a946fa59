import { describe, expect, it } from 'vitest';
import { gatewayRoute, node, prefix, route, router, service, to } from '../fixtures';
import type { GatewayRoute, MatchCondition } from '../model';
import { rewritesOf, rewriteTexts } from '../rewrite-text';
import { plainRequest } from './fit';
import { forwarded, onward } from './forward';

const leads = (match: MatchCondition[], rewrite: string[] = [], more: Partial<GatewayRoute> = {}) =>
  gatewayRoute('cart', to('gateway', 'edge'), to('service', 'cart'), { match, rewrite, ...more });
const ask = (path: string) => ({ ...plainRequest('http'), host: 'www.example', path });

describe('a request behind a gateway', () => {
  it.each([
    ['the prefix makes room for /', [prefix('/cart')], [], '/cart/7?a=1', '/7?a=1'],
    ['a prefix with a slash at its end', [prefix('/cart/')], [], '/cart/7', '/7'],
    ['nothing is left of the path', [prefix('/cart')], [], '/cart', '/'],
    ['another prefix', [prefix('/v1/')], ['prefix → /v2/'], '/v1/x', '/v2/x'],
    ['the prefix stays', [prefix('/cart')], ['default prefix DISABLED'], '/cart/7', '/cart/7'],
    ['an exact path stays', [{ on: 'path', operator: 'exact', operand: '/a' }], [], '/a', '/a'],
    ['another path', [{ on: 'path', operator: 'exact', operand: '/a' }], ['path → /b'], '/a?x', '/b?x'],
    ['a route for a host', [{ on: 'hostname', operator: 'suffix', operand: 'example' }], [], '/a', '/a'],
  ] as [string, MatchCondition[], string[], string, string][])(
    'has its path rewritten: %s',
    (_, match, rewrite, path, sent) => {
      expect(forwarded(leads(match, rewrite), ask(path), 'cart.shop').path).toBe(sent);
    },
  );

  it('has the name of the service for its host, unless the route says otherwise', () => {
    expect(forwarded(leads([prefix('/')]), ask('/'), 'cart.shop').host).toBe('cart.shop');
    expect(forwarded(leads([prefix('/')], ['default host DISABLED']), ask('/'), 'cart.shop').host).toBe(
      'www.example',
    );
  });

  it('goes on to the route of the router, or to the node, that answers for the service', () => {
    const entities = [
      service('cart', { kind: 'router', target: to('router', 'cart') }),
      router('cart', [route('seven', { match: [prefix('/7')] })]),
      service('solo', { kind: 'node', target: to('node', 'solo') }),
      node('solo'),
    ];
    const find = (key: string) => entities.find((each) => each.key === key);
    expect(onward(leads([prefix('/cart')]), ask('/cart/7'), find)).toMatchObject({
      request: { host: 'cart.shop', path: '/7' },
      router: { decision: { route: { name: 'seven' } } },
      node: undefined,
    });
    const solo = leads([prefix('/')], [], { target: to('service', 'solo') });
    expect(onward(solo, ask('/'), find)).toMatchObject({
      router: undefined,
      node: { ref: { name: 'solo' } },
    });
    const nowhere = leads([prefix('/')], [], { target: to('service', 'gone', 'missing') });
    expect(onward(nowhere, ask('/'), find)).toMatchObject({
      service: undefined,
      router: undefined,
      node: undefined,
    });
  });

  it('comes in by the port that the gateway route names', () => {
    expect(forwarded(leads([prefix('/')], [], { targetPort: 9080 }), ask('/'), undefined).port).toBe(9080);
    expect(forwarded(leads([prefix('/')]), { ...ask('/'), port: 80 }, undefined).port).toBeUndefined();
  });
});

describe('the text of rewrites', () => {
  it('is read as it was written', () => {
    const texts = rewriteTexts({ prefix: '/v2/', path: undefined, defaultHost: 'DISABLED' });
    expect(texts).toEqual(['prefix → /v2/', 'default host DISABLED']);
    expect(rewritesOf(texts)).toEqual({ prefix: '/v2/', hostname: false });
    expect(rewritesOf(rewriteTexts({ defaultPrefix: 'DISABLED', defaultHost: 'ENABLED' }))).toEqual({
      prefix: false,
    });
    expect(rewritesOf(rewriteTexts({ defaultPrefix: 'ENABLED', path: '/x' }))).toEqual({ path: '/x' });
  });
});
