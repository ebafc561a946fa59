import { describe, expect, it } from 'vitest';
import { sameSpec } from './same-spec';

const listener = (port?: number) => ({
  listeners: [
    {
      portMapping: { port: 80, protocol: 'http' },
      healthCheck: { protocol: 'http', ...(port !== undefined && { port }) },
    },
  ],
});

describe('a spec is the same', () => {
  it.each([
    ['with an empty list in place of none', { backends: [] }, {}],
    ['with the fields in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['with a health check port nobody asked for', listener(), listener(80)],
  ])('%s', (_, wanted, actual) => expect(sameSpec(wanted, actual)).toBe(true));
});

describe('a spec is another one', () => {
  it.each([
    ['with other targets', { weightedTargets: [1] }, { weightedTargets: [2] }],
    ['with targets in another order', { weightedTargets: [1, 2] }, { weightedTargets: [2, 1] }],
    ['with another health check port than the one asked for', listener(80), listener(81)],
    ['without the health check port asked for', listener(80), listener()],
    ['with more listeners', { listeners: [] }, listener()],
  ])('%s', (_, wanted, actual) => expect(sameSpec(wanted, actual)).toBe(false));
});
