import { describe, expect, it } from 'vitest';
import { turnedAway } from './guard';

const ask = (headers: Record<string, string>, listensOn = '127.0.0.1', admin = false) =>
  turnedAway({ headers }, { listensOn, admin });

describe('a sandbox on the loopback interface', () => {
  it.each(['127.0.0.1:7443', 'localhost:7443', '[::1]:7443'])('answers for %s', (host) => {
    expect(ask({ host })).toBeUndefined();
  });
  it.each(['evil.example', 'localhost.evil.example:7443', '10.0.0.1'])('turns %s away', (host) => {
    expect(ask({ host })).toContain(host);
  });
  it('turns a request without a host away', () => expect(ask({})).toBeDefined());
  it('answers for the address it was told to listen on', () => {
    expect(ask({ host: '127.0.0.2:7443' }, '127.0.0.2')).toBeUndefined();
    expect(ask({ host: '[::1]:7443' }, '::1')).toBeUndefined();
  });
});

it('answers for any name once it listens beyond this machine', () => {
  expect(ask({ host: 'sandbox.team.example' }, '0.0.0.0')).toBeUndefined();
});

describe('/_sandbox', () => {
  const host = '127.0.0.1:7443';
  it('is for programs and for pages of its own', () => {
    expect(ask({ host }, '127.0.0.1', true)).toBeUndefined();
    expect(ask({ host, origin: `http://${host}` }, '127.0.0.1', true)).toBeUndefined();
  });
  it.each(['http://evil.example', 'http://127.0.0.1:3000', 'null'])('is not for pages of %s', (origin) => {
    expect(ask({ host, origin }, '127.0.0.1', true)).toContain('another origin');
    expect(ask({ host, origin }, '0.0.0.0', true)).toContain('another origin');
  });
});
