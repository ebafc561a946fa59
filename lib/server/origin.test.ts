import { describe, expect, it } from 'vitest';
import { checkOrigin, isOwnHost } from './origin';

const request = (method: string, headers: Record<string, string>) =>
  new Request('http://localhost:7520/api/v1/sources', {
    method,
    headers: { host: 'localhost:7520', ...headers },
  });

describe('the host of a request', () => {
  it.each(['localhost', 'localhost:7520', '127.0.0.1:1', '[::1]:7520', 'LOCALHOST:80'])(
    'may be %s',
    (host) => {
      expect(isOwnHost(host, undefined)).toBe(true);
    },
  );
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1@evil.example', '', '10.0.0.1:7520'])(
    'may not be "%s"',
    (host) => expect(isOwnHost(host, undefined)).toBe(false),
  );
  it('may be the configured one', () => {
    expect(isOwnHost('mesh.corp.example:7520', 'mesh.corp.example')).toBe(true);
    expect(isOwnHost('other.corp.example', 'mesh.corp.example')).toBe(false);
  });
  it('may be any literal address, and no other name, where the console listens on all of them', () => {
    expect(isOwnHost('10.0.0.1:7520', '0.0.0.0')).toBe(true);
    expect(isOwnHost('evil.example', '0.0.0.0')).toBe(false);
  });
});

describe('the origin of a change', () => {
  it('may be absent, as with curl', () => {
    expect(checkOrigin(request('PATCH', {}), undefined)).toBeUndefined();
  });
  it("may be one of the console's own pages", () => {
    const own = { origin: 'http://localhost:7520', 'sec-fetch-site': 'same-origin' };
    expect(checkOrigin(request('PATCH', own), undefined)).toBeUndefined();
  });
  it.each([
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:9999' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('may not be another: %o', (headers) => {
    expect(checkOrigin(request('PATCH', headers), undefined)?.problem.code).toBe('E104');
  });
  it('does not matter to a read', () => {
    expect(checkOrigin(request('GET', { 'sec-fetch-site': 'cross-site' }), undefined)).toBeUndefined();
  });
});
