import { describe, expect, it } from 'vitest';
import type { BulkAnswer, BulkWrite, WeightsAnswer } from '@/lib/api/weights';
import { undoAccount, undoChanges, undoOf } from './bulk-undo';

const at = (router: string, state: BulkWrite['state'], more: Partial<BulkWrite> = {}): BulkWrite => ({
  ...{ source: 's', namespace: 'shop', router, routes: [router], state },
  ...more,
});

const wrote = (router: string): BulkWrite => {
  const targets = (a: number, b: number) => [
    { node: 'shop/v1', weight: a },
    { node: 'shop/v2', weight: b },
  ];
  const answer: WeightsAnswer = {
    ...{ outcome: 'applied', before: targets(90, 10), after: targets(50, 50), historyId: `h-${router}` },
    ...{ yaml: { before: '', after: '' }, kubectl: '', findings: { created: [], cleared: [] } },
    ...{ warnings: [], callers: [] },
    router: { uid: `u-${router}`, resourceVersion: '7', generation: 2 },
  };
  return at(router, 'applied', { answers: [answer] });
};

const refused = (router: string, status: number): BulkWrite =>
  at(router, 'refused', {
    problem: { type: 't', title: 't', status, code: status < 500 ? 'E404' : 'E501', detail: 'd' },
  });

const done: BulkAnswer = { outcome: 'applied', writes: [wrote('cart'), wrote('checkout')] };
const routers = (changes: ReturnType<typeof undoChanges>) => changes.map(({ router }) => router);

describe('taking back a change of several routes', () => {
  it('asks for all of it, the last write first, with what each left', () => {
    const changes = undoChanges(done, []);
    expect(routers(changes)).toEqual(['checkout', 'cart']);
    expect(changes[1]).toMatchObject({
      undo: 'h-cart',
      targets: [{ weight: 90 }, { weight: 10 }],
      expected: { uid: 'u-cart', targets: [{ weight: 50 }, { weight: 50 }] },
    });
  });

  it('offers nothing once all is taken back', () => {
    const undo: BulkAnswer = { outcome: 'applied', writes: [wrote('checkout'), wrote('cart')] };
    expect(undoChanges(done, [undo])).toEqual([]);
    expect(undoAccount(done, [undo])).toEqual({ applied: 2, undone: 2 });
  });

  it('goes on with the others where one was refused for good, and counts what stays', () => {
    const first: BulkAnswer = {
      outcome: 'none',
      writes: [refused('checkout', 409), at('cart', 'rehearsed')],
    };
    expect(routers(undoChanges(done, [first]))).toEqual(['cart']);
    const attempts: BulkAnswer[] = [first, { outcome: 'applied', writes: [wrote('cart')] }];
    expect(undoChanges(done, attempts)).toEqual([]);
    expect(undoAccount(done, attempts)).toEqual({ applied: 2, undone: 1 });
    expect(done.writes.map((write) => undoOf(write, attempts)?.state)).toEqual(['applied', 'refused']);
  });

  it('asks again where the cluster could not be reached', () => {
    const first: BulkAnswer = { outcome: 'none', writes: [refused('checkout', 503), refused('cart', 503)] };
    expect(routers(undoChanges(done, [first]))).toEqual(['checkout', 'cart']);
  });

  it('takes nothing back that was never applied', () => {
    const partly: BulkAnswer = {
      outcome: 'partly',
      writes: [wrote('cart'), refused('checkout', 409), at('web', 'notSent')],
    };
    expect(routers(undoChanges(partly, []))).toEqual(['cart']);
  });
});
