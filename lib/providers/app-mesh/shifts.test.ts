import jsonPatch from 'fast-json-patch';
import type { Operation } from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { transition } from '@/lib/shifts';
import type { ShiftStatus } from '@/lib/shifts';
import { buildModels } from './build-models';
import { member, meshObject, NOW, problemEvent, rawObject, routerTo, toNode, worldOf } from './fixtures';
import { HISTORY_ANNOTATION, readHistory } from './history';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';
import { finalizerPatch, shiftWritePatch, unlockPatch } from './shift-patch';
import { nodeStates, routerFacts } from './shift-world';
import {
  LOCK_ANNOTATION,
  readShift,
  SHIFT_API_VERSION,
  SHIFT_FINALIZER,
  SHIFT_RESOURCE,
  shiftSpecCr,
} from './shifts';

const SPEC = {
  routes: [{ router: 'cart', route: 'all', from: 'cart-v1', to: 'cart-v2' }],
  strategy: { canary: { steps: [{ weight: 10, holdSeconds: 5 }, { weight: 100 }] } },
};
const shiftObject = (fields: object = {}, metadata: object = {}) =>
  rawObject(SHIFT_API_VERSION, SHIFT_RESOURCE.kind, 'cart-1', { spec: SPEC, ...fields }, { metadata });

const LOCK = 'shop/cart-1/uid-1';
const applied = (object: RawObject, patch: JsonPatchOp[]): RawObject => {
  const sent = JSON.parse(JSON.stringify(patch)) as Operation[]; // what the wire carries
  return jsonPatch.applyPatch(structuredClone(object), sent, true).newDocument;
};

describe('a TrafficShift', () => {
  it('is read as it stands', () => {
    const read = readShift(shiftObject({}, { finalizers: [SHIFT_FINALIZER] }));
    expect(read).toMatchObject({ ok: true, shift: { namespace: 'shop', name: 'cart-1', spec: SPEC, kept: true, deleting: false } }); // prettier-ignore
  });

  it('is told by its first flaw where it cannot be read', () => {
    expect(readShift(shiftObject({ spec: { ...SPEC, routes: 'all' } }))).toMatchObject({ ok: false, message: expect.stringContaining('spec.routes') }); // prettier-ignore
    expect(readShift(shiftObject({ status: { phase: 'Flying' } }))).toMatchObject({ ok: false, message: expect.stringContaining('status') }); // prettier-ignore
  });

  it('has a status that survives the wire, whatever the machine wrote', () => {
    const raw = routerTo('cart', toNode('cart-v1', 100), toNode('cart-v2', 0));
    const world = {
      self: { namespace: 'shop', name: 'cart-1', uid: 'u', generation: 1, deleting: false, kept: true },
      routers: { cart: routerFacts(raw, models(raw)) },
      nodes: {},
      controlPlane: 'live' as const,
      measurable: true,
      samples: [],
    };
    const spec = shiftSpecCr.parse(SPEC);
    let status: ShiftStatus | undefined;
    for (let turn = 0; turn < 4; turn += 1) {
      ({ status } = transition(spec, status, world, NOW.getTime()));
      const read = readShift(shiftObject({ status: JSON.parse(JSON.stringify(status)) as unknown }));
      expect(read).toMatchObject({ ok: true, shift: { status } });
    }
  });
});

const models = (router: RawObject, ...others: RawObject[]) =>
  buildModels(worldOf(meshObject(), router, ...others), NOW);
const accepted = {
  status: { observedGeneration: 1, conditions: [{ type: 'VirtualRouterActive', status: 'True' }] },
};

describe('what a shift knows of its routers', () => {
  it('is their routes, who else writes them, and what the control plane holds', () => {
    const raw = {
      ...routerTo('cart', toNode('cart-v1', 90), toNode('cart-v2', 10, { port: 8080 })),
      ...accepted,
    };
    raw.metadata.annotations = { [LOCK_ANNOTATION]: LOCK };
    expect(routerFacts(raw, models(raw))).toEqual({
      uid: raw.metadata.uid,
      generation: 1,
      acceptedGeneration: 1,
      lock: LOCK,
      ownership: { manager: 'shift', name: 'shop/cart-1' },
      routes: [
        {
          name: 'all',
          targets: [
            { node: 'shop/cart-v1', weight: 90 },
            { node: 'shop/cart-v2', weight: 10, port: 8080 },
          ],
        },
      ],
    });
  });

  it('is the control plane’s no, and not that it waits', () => {
    const raw = { ...routerTo('cart', toNode('cart-v1', 90)), ...accepted };
    raw.metadata.generation = 2;
    const said = (message: string) => {
      const event = problemEvent(raw, message, '2026-06-01T11:59:00Z');
      return routerFacts(raw, models(raw, event)).rejection;
    };
    expect(said('BadRequestException: weights')).toEqual({
      message: 'BadRequestException: weights',
      atMs: Date.parse('2026-06-01T11:59:00Z'),
    });
    expect(said('virtualNode is not active yet')).toBeUndefined();
  });

  it('is no route where a route cannot be edited', () => {
    const raw = member('VirtualRouter', 'cart', { routes: [{ name: 'all' }] });
    expect(routerFacts(raw, models(raw)).routes).toEqual([]);
  });
});

describe('what a shift knows of its nodes', () => {
  const pod = (name: string, ready: boolean) =>
    rawObject('v1', 'Pod', name, {
      spec: { containers: [] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    }, { metadata: { labels: { app: name } } }); // prettier-ignore
  const node = (name: string) => member('VirtualNode', name, { podSelector: { matchLabels: { app: name } } });
  it('is whether somebody would answer', () => {
    const all = models(routerTo('cart'), node('cart-v1'), node('cart-v2'), node('elsewhere'), pod('cart-v1', true), pod('cart-v2', false)); // prettier-ignore
    const states = (from: string, to: string) =>
      nodeStates({ routes: [{ router: 'cart', route: 'all', from, to }] }, 'shop', all);
    expect(states('cart-v1', 'cart-v2')).toEqual({ 'shop/cart-v1': 'ready', 'shop/cart-v2': 'notReady' });
    expect(states('elsewhere', 'other/none')).toEqual({
      'shop/elsewhere': 'unknown',
      'other/none': 'missing',
    });
  });
});

describe('the patches of a shift', () => {
  const router = () => routerTo('cart', toNode('cart-v1', 100), toNode('cart-v2', 0));
  const write = {
    kind: 'write' as const,
    router: 'cart',
    intent: '0.1',
    by: 'TrafficShift shop/cart-1',
    reason: 'step 1',
    routes: [
      {
        route: 'all',
        before: [{ node: 'shop/cart-v1', weight: 100 }, { node: 'shop/cart-v2', weight: 0 }],
        after: [{ node: 'shop/cart-v1', weight: 90 }, { node: 'shop/cart-v2', weight: 10 }],
      },
    ],
  }; // prettier-ignore
  const patch = (object = router()) => shiftWritePatch(object, write, LOCK, NOW.toISOString()) ?? [];

  it('write weights, lock and history at once', () => {
    const after = applied(router(), patch());
    const { [LOCK_ANNOTATION]: lock, [HISTORY_ANNOTATION]: history } = after.metadata.annotations ?? {};
    expect(lock).toBe(LOCK);
    expect(readHistory(history)).toMatchObject([
      { id: 'uid-1.0.1', route: 'all', by: 'TrafficShift shop/cart-1' },
    ]);
    expect(routerFacts(after, models(after)).routes[0]?.targets.map(({ weight }) => weight)).toEqual([
      90, 10,
    ]);
  });

  it('do nothing to a router that is no longer the one that was read, even with the same weights', () => {
    const later = router();
    later.metadata.resourceVersion = '2';
    expect(() => applied(later, patch())).toThrow();
    const other = router();
    other.metadata.uid = 'another';
    expect(() => applied(other, patch())).toThrow();
  });

  it('take off this shift’s lock and no other', () => {
    const held = applied(router(), patch());
    expect(applied(held, unlockPatch(held, LOCK)).metadata.annotations).not.toHaveProperty(LOCK_ANNOTATION);
    expect(() => applied(held, unlockPatch(held, 'shop/other/uid-2'))).toThrow();
  });

  it('put the finalizer on and off beside others', () => {
    const shift = shiftObject({}, { finalizers: ['other'] });
    const on = applied(shift, finalizerPatch(shift, true));
    expect(on.metadata).toMatchObject({ finalizers: ['other', SHIFT_FINALIZER] });
    expect(applied(on, finalizerPatch(on, false)).metadata).toMatchObject({ finalizers: ['other'] });
  });
});
