import { describe, expect, it } from 'vitest';
import { refusal } from './answer';
import { backoffMs } from './backoff';
import { linesOf } from './lines';
import { resourcePath } from './paths';

const status = (message: string) => JSON.stringify({ kind: 'Status', message });

describe('a refusal', () => {
  it.each([
    [400, 'invalid'],
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [409, 'conflict'],
    [410, 'refused'],
    [422, 'invalid'],
    [429, 'throttled'],
    [500, 'refused'],
    [503, 'refused'],
  ])('of %i is %s, in the cluster’s words', (code, kind) => {
    expect(refusal(code, status('because'))).toEqual({ ok: false, kind, status: code, message: 'because' });
  });

  it.each([403, 400, 500])(
    'of an admission webhook is about the object, whatever its status (%i)',
    (code) => {
      const message = 'admission webhook "mvirtualrouter.appmesh.k8s.aws" denied the request: no';
      expect(refusal(code, status(message)).kind).toBe('invalid');
    },
  );

  it('in no JSON has the beginning of the text, and without text the status', () => {
    expect(refusal(502, `  <html>${'x'.repeat(400)}`).message).toHaveLength(300);
    expect(refusal(502, '').message).toBe('HTTP 502');
    expect(refusal(502, '{"message":7}').message).toBe('{"message":7}');
    expect(refusal(502, 'null').message).toBe('null');
  });

  it.each([
    ['5', 5],
    ['0', 0],
    [undefined, undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ])('asks for patience in seconds: %s', (header, seconds) => {
    expect(refusal(429, '', header).retryAfterS).toBe(seconds);
  });
});

describe('the wait between attempts', () => {
  it('doubles from half a second to half a minute', () => {
    expect([1, 2, 3, 6, 7, 8, 50].map((attempt) => backoffMs(attempt, 0))).toEqual([
      ...[500, 1000, 2000, 16_000, 30_000, 30_000, 30_000],
    ]);
  });
  it('is shortened by up to half at random', () => {
    expect([0, 0.5, 1].map((random) => backoffMs(3, random))).toEqual([2000, 1500, 1000]);
  });
});

describe('lines of a stream', () => {
  const bytes = new TextEncoder().encode('{"a":"한국"}\n\n{"b":1}\n{"half');
  const linesIn = async (size: number) => {
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.slice(at, at + size));
    }
    const lines: string[] = [];
    for await (const line of linesOf(chunks())) lines.push(line);
    return lines;
  };
  it.each([1, 2, 3, 7, 1000])(
    'are whole however the bytes are cut (%i at a time), and half a line is none',
    async (size) => {
      expect(await linesIn(size)).toEqual(['{"a":"한국"}', '{"b":1}']);
    },
  );
});

describe('a path', () => {
  const routers = {
    group: 'appmesh.k8s.aws',
    version: 'v1beta2',
    plural: 'virtualrouters',
    namespaced: true,
  };
  const meshes = { ...routers, plural: 'meshes', namespaced: false };
  const pods = { group: '', version: 'v1', plural: 'pods', namespaced: true };
  it.each([
    [routers, {}, '/apis/appmesh.k8s.aws/v1beta2/virtualrouters'],
    [routers, { namespace: 'shop' }, '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters'],
    [
      routers,
      { namespace: 'shop', name: 'a' },
      '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters/a',
    ],
    [meshes, { namespace: 'shop', name: 'm' }, '/apis/appmesh.k8s.aws/v1beta2/meshes/m'],
    [pods, { namespace: 'shop' }, '/api/v1/namespaces/shop/pods'],
    [pods, { namespace: '../x', name: 'a/b?c' }, '/api/v1/namespaces/..%2Fx/pods/a%2Fb%3Fc'],
  ])('of %j in %j is %s', (resource, where, path) => {
    expect(resourcePath(resource, where)).toBe(path);
  });
});
