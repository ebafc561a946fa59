import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, route, router } from '../fixtures';
import type { MatchCondition } from '../model';
import { decide } from './decide';
import { fitted, plainRequest } from './fit';
import { readRequest, writeRequest } from './request-text';

const named = fc.record({
  on: fc.constantFrom('header' as const, 'query' as const),
  name: fc.constantFrom('x-a', 'x-b', 'x-c'),
  negated: fc.boolean(),
  how: fc.oneof(
    fc.constantFrom('exact', 'prefix', 'suffix').map((operator) => ({ operator, operand: 'yes' })),
    fc.constant({ operator: 'present', operand: undefined }),
    fc.constant({ operator: 'range', operand: '-1..4' }),
  ),
});
const conditions = fc
  .tuple(
    fc.constantFrom('/', '/cart', '/a/b/').map((operand): MatchCondition => prefix(operand)),
    fc.option(
      fc
        .constantFrom('GET', 'POST')
        .map((operand): MatchCondition => ({ on: 'method', operator: 'exact', operand })),
    ),
    fc.option(
      fc
        .constantFrom('.shop', 'shop')
        .map((operand): MatchCondition => ({ on: 'hostname', operator: 'suffix', operand })),
    ),
    fc
      .uniqueArray(named, { selector: ({ name }) => name, maxLength: 3 })
      .map((all) =>
        all.map(
          ({ how, negated, ...rest }) =>
            ({ ...rest, ...how, ...(negated && rest.on === 'header' && { negated }) }) as MatchCondition,
        ),
      ),
  )
  .map(([path, method, host, rest]) => [path, method, host, ...rest].filter((each) => each !== null));

describe('a request made to fit', () => {
  it('is taken by the route, and is left alone where it fits already', () => {
    fc.assert(
      fc.property(conditions, (match) => {
        const one = route('one', { match });
        const request = fitted(
          one,
          { ...plainRequest('http'), path: '/else?x-a=no', headers: [['X-A', 'no']] },
          [],
        );
        if (!request) throw new Error('was not made');
        expect(decide(router('web', [one]), request).route?.name).toBe('one');
        expect(fitted(one, request, [])).toEqual(request);
      }),
    );
  });

  it('comes in at a listener of the protocol of the route', () => {
    const plain = { healthCheck: false, outlierDetection: false };
    const listeners = [
      { ...plain, port: 80, protocol: 'http' as const },
      { ...plain, port: 90, protocol: 'grpc' as const },
    ];
    const call = route('call', {
      protocol: 'grpc',
      match: [{ on: 'service', operator: 'exact', operand: 'Cart' }],
    });
    expect(fitted(call, plainRequest('http', 80), listeners)).toMatchObject({
      protocol: 'grpc',
      port: 90,
      path: '/Cart/Method',
    });
    expect(fitted(route('raw', { protocol: 'tcp' }), plainRequest('http'), listeners)).toBeUndefined();
  });

  it('is none where a regular expression would have to be met, or two things contradict each other', () => {
    const regex = route('r', { match: [{ on: 'path', operator: 'regex', operand: '/a+' }] });
    expect(fitted(regex, plainRequest('http'), [])).toBeUndefined();
    expect(fitted(regex, { ...plainRequest('http'), path: '/aa' }, [])).toMatchObject({ path: '/aa' });
    const both = ['1', '2'].map((operand): MatchCondition => ({
      on: 'header',
      name: 'x',
      operator: 'exact',
      operand,
    }));
    expect(fitted(route('r', { match: both }), plainRequest('http'), [])).toBeUndefined();
  });
});

describe('the text of a request', () => {
  const request = fc.record({
    protocol: fc.constantFrom('http' as const, 'http2' as const, 'grpc' as const),
    port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
    method: fc.constantFrom('GET', 'POST'),
    scheme: fc.constantFrom('http' as const, 'https' as const),
    host: fc.constantFrom('', 'api.shop.example', '[::1]'),
    path: fc.constantFrom('/', '/a/b?c=d:e&f', '/a:80'),
    headers: fc.array(fc.tuple(fc.constantFrom('x-a', 'Host'), fc.constantFrom('', 'a: b', 'GET http://x/'))),
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const method = asked.protocol === 'grpc' ? 'POST' : asked.method;
        expect(readRequest(writeRequest({ ...asked, method }))).toEqual({ ...asked, method });
      }),
    );
  });

  it('has nothing but the port for tcp', () => {
    const text = writeRequest({ ...plainRequest('tcp', 5432), headers: [['x', '1']] });
    expect(text).toBe('tcp :5432');
    expect(readRequest(text)).toEqual(plainRequest('tcp', 5432));
    expect(readRequest('tcp')).toEqual(plainRequest('tcp'));
  });

  it.each([
    '',
    'http',
    'GET /',
    'http get /',
    'http GET cart now',
    'http GET /\nx',
    'ftp GET /',
    'http GET :123456/',
  ])('is not %j', (text) => {
    expect(readRequest(text)).toBeUndefined();
  });
});
