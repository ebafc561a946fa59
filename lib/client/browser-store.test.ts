import { afterEach, describe, expect, it, vi } from 'vitest';
import { localStore, sessionStore } from './browser-store';
import { readSingleKeys, writeSingleKeys } from './preferences';

const refuse = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

describe('the browser’s store', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is none on the server', () => {
    expect(localStore()).toBeUndefined();
    expect(sessionStore()).toBeUndefined();
  });

  it('is none where the browser blocks site data, and preferences keep their defaults', () => {
    const blocked = Object.defineProperties(
      {},
      { localStorage: { get: refuse }, sessionStorage: { get: refuse } },
    );
    vi.stubGlobal('window', blocked);
    expect(localStore()).toBeUndefined();
    expect(sessionStore()).toBeUndefined();
    writeSingleKeys(false);
    expect(readSingleKeys()).toBe(true);
  });

  it('is the browser’s own where there is one', () => {
    const [local, session] = [{}, {}];
    vi.stubGlobal('window', { localStorage: local, sessionStorage: session });
    expect(localStore()).toBe(local);
    expect(sessionStore()).toBe(session);
  });
});
