import { describe, expect, it } from 'vitest';
import { isUnfinished } from './typing';

describe('a text on its way', () => {
  it.each([
    'k',
    'kin',
    'kind',
    'kind ',
    'cart and na',
    'lab',
    'label.',
    'label.team',
    'heal',
    'not i',
    'port n',
  ])('is waited for: %s', (text) => {
    expect(isUnfinished(text)).toBe(true);
  });
  it.each([
    '',
    'cart',
    'kind = n',
    'kind = na',
    'healthy',
    'idle ',
    'ca ',
    'VirtualNode shop',
    '"na"',
    'port cart',
  ])('stands for itself: %s', (text) => {
    expect(isUnfinished(text)).toBe(false);
  });
});
