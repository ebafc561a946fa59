import { describe, expect, it } from 'vitest';
import { createTranslate } from '@/lib/i18n/translate';
import type { Listener, MatchCondition, Route } from '@/lib/mesh/model';
import { plainRequest } from '@/lib/mesh/routing/fit';
import { readPasted } from './pasted';
import { reasonText } from './reason-text';
import { adapted, draftOf, problemsOf, requestOf } from './request-draft';
import { suggestionsOf } from './suggestions';

const listener = (port: number, protocol: Listener['protocol'] = 'http'): Listener => ({
  port,
  protocol,
  healthCheck: false,
  outlierDetection: false,
});
const draft = draftOf({ ...plainRequest('http'), path: '/a?b=c', headers: [['x', '1']] });

describe('a typed request', () => {
  it('is the request it was made of', () => {
    for (const request of [
      requestOf(draft),
      { ...plainRequest('grpc', 90), path: '/shop.Cart/Add', headers: [['x', '1']] as const },
      plainRequest('tcp'),
    ])
      expect(requestOf(draftOf(request))).toEqual(request);
  });

  it.each([
    ['path', { path: 'cart' }, 'path'],
    ['path', { path: '/a b' }, 'space'],
    ['host', { host: 'http://x' }, 'host'],
    ['service', { protocol: 'grpc', service: 'a/b', call: 'Add' }, 'service'],
    ['call', { protocol: 'grpc', service: 'Cart', call: '' }, 'call'],
    ['header 1', { headers: [{ name: 'x', content: '' }, { name: 'x y', content: '' }] }, 'header'],
    ['header 0', { headers: [{ name: '', content: 'lost' }] }, 'header'],
  ] as const)('says at its field what is wrong: %s %j', (field, part, problem) => {
    const typed = { ...draft, ...part, headers: [...('headers' in part ? part.headers : [])] };
    expect([...problemsOf(typed)]).toEqual([[field, problem]]);
  }); // prettier-ignore

  it('leaves out a header that is not typed yet', () => {
    const typed = { ...draft, headers: [{ name: '', content: '' }] };
    expect(problemsOf(typed).size).toBe(0);
    expect(requestOf(typed).headers).toEqual([]);
  });
});

describe('a request from elsewhere', () => {
  it('comes in where the object listens for it, or has nothing to do with it', () => {
    const request = { ...plainRequest('http', 8080), path: '/a' };
    expect(adapted(request, [listener(80)])).toEqual({ ...request, port: undefined });
    expect(adapted(request, [listener(80), listener(8080)])).toEqual(request);
    expect(adapted(request, [listener(80), listener(81, 'grpc')])).toEqual({ ...request, port: 80 });
    expect(adapted(request, [listener(81, 'grpc')])).toBeUndefined();
    expect(adapted(request, [])).toEqual(request);
  });
});

describe('what is pasted', () => {
  it.each([
    ['https://api.shop.example:8443/v1?x=1#top', { scheme: 'https', host: 'api.shop.example', port: 8443, path: '/v1?x=1' }],
    ['http://shop.example', { scheme: 'http', host: 'shop.example', path: '/' }],
    ['http://shop.example?x=1', { host: 'shop.example', path: '/?x=1' }],
    [
      `curl -sS -X PUT 'http://web.shop:8080/cart/7' \\\n  -H 'X-Beta: yes, please' -H "accept: a\\"b" -o /dev/null`,
      {
        method: 'PUT',
        host: 'web.shop',
        port: 8080,
        path: '/cart/7',
        headers: [{ name: 'X-Beta', content: 'yes, please' }, { name: 'accept', content: 'a"b' }],
      },
    ],
    ['curl --data-raw "{}" --header=x:1 web.shop/a', { method: 'POST', host: 'web.shop', path: '/a', headers: [{ name: 'x', content: '1' }] }],
    ['curl -H "Host: api.shop.example:80" http://10.0.0.1/', { method: 'GET', host: 'api.shop.example', headers: [] }],
    ['curl -I http://x/', { method: 'HEAD' }],
  ])('is read: %s', (text, request) => {
    expect(readPasted(text)).toMatchObject(request);
  }); // prettier-ignore

  it.each(['/cart', 'curl', 'curl -v', 'wget http://x/', 'ftp://x/', 'http:/x'])(
    'is typed text: %s',
    (text) => {
      expect(readPasted(text)).toBeUndefined();
    },
  );
});

describe('suggestions', () => {
  it('are what the routes ask for', () => {
    const match: MatchCondition[] = [
      { on: 'hostname', operator: 'exact', operand: 'api.example' },
      { on: 'prefix', operator: 'prefix', operand: '/b' },
      { on: 'header', name: 'x-beta', operator: 'exact', operand: 'yes' },
      { on: 'header', name: 'x-any', operator: 'regex', operand: '.*' },
    ];
    const route = (more: MatchCondition[]): Route => ({ name: 'r', index: 0, protocol: 'http', match: more, targets: [] });
    const call: MatchCondition = { on: 'service', operator: 'exact', operand: 'Cart/Add' };
    expect(suggestionsOf([route(match), route([call])])).toEqual({
      paths: ['/b'],
      hosts: ['api.example'],
      services: ['Cart'],
      calls: ['Add'],
      headers: new Map([['x-beta', ['yes']], ['x-any', []]]),
      looksAt: { host: true, scheme: false },
    });
  }); // prettier-ignore
});

describe('a reason', () => {
  const t = createTranslate('en');
  const condition: MatchCondition = { on: 'header', name: 'x', operator: 'exact', operand: '1' };

  it('tells what the request has, or that it has nothing', () => {
    expect(reasonText({ key: 'differs', met: false, condition, given: '' }, t)).toBe('its value is ""');
    expect(reasonText({ key: 'absent', met: false, condition, given: undefined }, t)).toBe(
      'the request has no such header',
    );
    expect(reasonText({ key: 'fits', met: true, condition, given: '1' }, t)).toBeUndefined();
  });

  it('of a negated value that is not there says that it would have to be', () => {
    const negated = { ...condition, negated: true };
    expect(reasonText({ key: 'absent', met: false, condition: negated, given: undefined }, t)).toContain(
      'that the header is there',
    );
  });
});
