import { expect, it } from 'vitest';
import { movesSame } from './route-attempts';

const moves = (namespace: string, ...routes: string[]) => ({
  namespace,
  routes: routes.map((route) => ({ router: 'cart', route, from: 'v1', to: 'v2' })),
});

it('two shifts are attempts on the same where they have a route in common', () => {
  expect(movesSame(moves('shop', 'http', 'grpc'), moves('shop', 'grpc'))).toBe(true);
  expect(movesSame(moves('shop', 'http'), moves('shop', 'grpc'))).toBe(false);
  expect(movesSame(moves('shop', 'http'), moves('pay', 'http'))).toBe(false);
});
