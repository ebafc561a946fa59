import { describe, expect, it } from 'vitest';
import { createTranslate } from '@/lib/i18n/translate';
import { gatewayRouteKey, nodeKey, serviceKey } from '@/lib/mesh/keys';
import { edgeKey } from '@/lib/mesh/topology';
import { edgeEnds, keyText } from './key-text';

const t = createTranslate('en');
const edge = edgeKey('gateway-route', nodeKey('a', 'b'), gatewayRouteKey('a', 'x|y'), serviceKey('c', 'd'));

describe('what traces are asked of', () => {
  it('is told by kind and name, an edge by both of its ends', () => {
    expect(keyText(nodeKey('shop', 'cart-v1'), t)).toBe('VirtualNode shop/cart-v1');
    expect(edgeEnds(edge)).toEqual({ source: 'node:a/b', target: 'service:c/d' });
    expect(keyText(edge, t)).toBe('a/b → c/d');
  });

  it('keeps a text that is no key', () => {
    expect(keyText('a|b', t)).toBe('a|b');
    expect(keyText('nothing', t)).toBe('nothing');
  });
});
