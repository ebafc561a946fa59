import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionFor, createActionRegistry, findInPalette } from './actions';
import type { Action } from './actions';

const action = (id: string, shortcut?: string): Action => ({
  id,
  label: 'topology.fit',
  ...(shortcut === undefined ? {} : { shortcut }),
  enabled: true,
  run: () => undefined,
});
const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});

describe('the registry', () => {
  it('holds what is on offer until it is withdrawn', () => {
    const registry = createActionRegistry();
    const withdraw = registry.offer(() => ({ actions: [action('a')], destinations: [] }));
    registry.offer(() => ({ actions: [action('b')], destinations: [] }));
    expect(registry.current().actions.map(({ id }) => id)).toEqual(['a', 'b']);
    withdraw();
    expect(registry.current().actions.map(({ id }) => id)).toEqual(['b']);
  });
});

describe('a key', () => {
  const actions = [action('first', 'f'), action('back', 'Escape'), action('second', 'f')];
  it('stands for the action offered last', () => {
    expect(actionFor(actions, press('f'), true)?.id).toBe('second');
    expect(actionFor(actions, press('x'), true)).toBeUndefined();
  });
  it('stands for none with a modifier', () => {
    expect(actionFor(actions, press('f', { ctrlKey: true }), true)).toBeUndefined();
  });
  it('that is a character can be turned off, Escape cannot', () => {
    expect(actionFor(actions, press('f'), false)).toBeUndefined();
    expect(actionFor(actions, press('Escape'), false)?.id).toBe('back');
  });
});

describe('the palette', () => {
  const find = (query: string, most = 10) =>
    findInPalette(['shop/cart', 'cart-v1', 'pay/card', 'shop/orders'], (text) => text, query, most);
  it('finds every word, beginnings first', () => {
    expect(find('cart')).toEqual(['cart-v1', 'shop/cart']);
    expect(find('shop ca')).toEqual(['shop/cart']);
    expect(find('SHOP')).toEqual(['shop/cart', 'shop/orders']);
    expect(find('nothing')).toEqual([]);
  });
  it('shows everything for no words, up to a limit', () => {
    expect(find('', 2)).toEqual(['shop/cart', 'cart-v1']);
  });
});

/** Screens that are never open together with that of a mesh. */
const ALONE = [join('traffic', 'screen'), join('backends', 'editor'), 'backends'];

it('every key stands for one action only on each screen', () => {
  const keys = readdirSync('components', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join('components', file), 'utf8').matchAll(/\bshortcut: ('.'|'\w+'|"[^"]+")/g)].map(
        ([, key]) => `${ALONE.find((screen) => file.startsWith(screen)) ?? 'mesh'} ${key}`,
      ),
    );
  expect(keys).toContain("mesh 'p'");
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});
