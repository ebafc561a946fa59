import { describe, expect, it } from 'vitest';
import type { ShiftableRoute } from '../use-routes';
import { routesAlike, shiftRoute } from './routes';

const of = (router: string, ...targets: [string, number][]): ShiftableRoute => ({
  ...{ namespace: 'shop', router, route: router },
  targets: targets.map(([node, weight]) => ({ node, weight })),
});
const cart = of('cart', ['shop/cart-v1', 90], ['pay/cart-v2', 10]);

describe('a route of a new shift', () => {
  it('leads from where most goes to the first of the others, named as people name them', () => {
    expect(shiftRoute(cart)).toEqual({ router: 'cart', route: 'cart', from: 'cart-v1', to: 'pay/cart-v2' });
    const back = of('cart', ['shop/cart-v1', 0], ['shop/cart-v2', 100]);
    expect(shiftRoute(back)).toMatchObject({ from: 'cart-v2', to: 'cart-v1' });
  });

  it('is moved along where it leads to both nodes of the first, whatever its weights', () => {
    const grpc = of('cart-grpc', ['pay/cart-v2', 50], ['shop/cart-v1', 50]);
    const other = of('web', ['shop/cart-v1', 50], ['shop/web-v2', 50]);
    expect(routesAlike([shiftRoute(cart)], [grpc, other], 'shop')).toEqual([
      { router: 'cart-grpc', route: 'cart-grpc', from: 'cart-v1', to: 'pay/cart-v2' },
    ]);
    expect(routesAlike([], [grpc], 'shop')).toEqual([]);
  });
});
