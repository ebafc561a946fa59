import { describe, expect, it } from 'vitest';
import type { Connection } from '@/lib/client/connection';
import type { Ownership, Router } from '@/lib/mesh/model';
import { router as makeRouter, weighted } from '../topology/fixtures';
import { routeWritability, writability } from './writability';

const live: Connection = { phase: 'live', since: '2026-11-23T12:00:00Z', retryNow: () => undefined };
const cart = makeRouter('shop', 'cart', [
  { name: 'all', targets: [weighted('shop', 'v1', 90, 0.9), weighted('shop', 'v2', 10, 0.1)] },
]);

const owned = (manager: Ownership['manager']): Router => ({ ...cart, ownership: { manager, name: 'cart' } });
const answerOf = (router: Router, connection = live, readOnly = false) =>
  writability({ connection, paused: false, controlPlane: 'live' }, router, false, readOnly, undefined);

describe('whether weights may be changed', () => {
  it('is yes on a live mesh that nobody else owns', () => {
    expect(answerOf(cart)).toBe(true);
  });

  it('names the read-only console before anything else', () => {
    expect(answerOf(cart, { ...live, phase: 'stale' }, true)).toEqual({ code: 'readOnly' });
  });

  it('says since when a stale picture is stale', () => {
    const stale = { ...live, phase: 'stale' as const, currentAsOf: '2026-11-23T12:04:31Z' };
    expect(answerOf(cart, stale)).toEqual({
      code: 'stale',
      values: { since: new Date('2026-11-23T12:04:31Z') },
    });
  });

  it('is no until the mesh was read', () => {
    const unread = { connection: live, paused: false, controlPlane: undefined };
    expect(writability(unread, cart, false, false, undefined)).toEqual({ code: 'connecting' });
  });

  it('is no while the control plane is frozen', () => {
    const frozen = writability(
      { connection: live, paused: false, controlPlane: 'frozen' },
      cart,
      false,
      false,
      undefined,
    );
    expect(frozen).toEqual({ code: 'frozen' });
  });

  it('is no while the picture is paused, also on a live connection', () => {
    const standing = { connection: live, paused: true, controlPlane: 'live' } as const;
    expect(writability(standing, cart, false, false, undefined)).toEqual({ code: 'paused' });
  });

  it('leaves routers of controllers that set weights alone, and lets the others warn in the review', () => {
    for (const manager of ['flagger', 'rollouts', 'shift'] as const)
      expect(answerOf(owned(manager))).toMatchObject({ code: 'owned' });
    for (const manager of ['helm', 'argocd', 'flux'] as const) expect(answerOf(owned(manager))).toBe(true);
  });

  it('names verb, resource and namespace that are not granted', () => {
    const access = {
      access: [{ verb: 'patch', resource: 'virtualrouters', namespace: 'shop', allowed: false }],
    };
    expect(
      writability({ connection: live, paused: false, controlPlane: 'live' }, cart, false, false, access),
    ).toEqual({
      code: 'forbidden',
      values: { verb: 'patch', resource: 'virtualrouters', namespace: 'shop', words: 'none' },
    });
  });

  it('is no for a deleted router and for one being deleted', () => {
    expect(answerOf({ ...cart, deletingSince: '2026-11-23T12:00:00Z' })).toEqual({ code: 'deleting' });
    const standing = { connection: live, paused: false, controlPlane: 'live' } as const;
    expect(writability(standing, cart, true, false, undefined)).toEqual({ code: 'gone' });
  });
});

describe('whether a route may be edited', () => {
  const [route] = cart.routes;
  it('asks for a known type and for two targets at least', () => {
    if (!route) throw new Error('the fixture has a route');
    expect(routeWritability(true, route)).toBe(true);
    expect(routeWritability(true, { ...route, protocol: 'unknown' })).toEqual({ code: 'unknownRoute' });
    expect(routeWritability(true, { ...route, targets: [] })).toEqual({ code: 'noTargets' });
    expect(routeWritability(true, { ...route, targets: route.targets.slice(0, 1) })).toEqual({
      code: 'oneTarget',
    });
  });
});
