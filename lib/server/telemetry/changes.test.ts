import { describe, expect, it } from 'vitest';
import { modelOf, route, router } from '@/lib/mesh/fixtures';
import { routerKey } from '@/lib/mesh/keys';
import type { Router, Taken } from '@/lib/mesh/model';
import { changesIn } from './changes';

const CREATED = '2026-06-01T12:00:00Z';
const WINDOW = { fromMs: Date.parse('2026-06-01T11:59:00Z'), latestMs: Date.parse('2026-06-01T12:04:00Z') };
const at = (clock: string) => `2026-06-01T${clock}Z`;
const written = (clock: string): Partial<Router> => ({
  writtenBy: [{ manager: 'kubectl', operation: 'Update', at: at(clock) }],
});
const taken = (version: number, clock: string): Taken => ({ uid: 'u', arn: 'a', version, at: at(clock) });

const changes = (more: Partial<Router>, routeTaken?: Taken) =>
  changesIn(
    modelOf([router('cart', [route('all', { taken: routeTaken })], { createdAt: CREATED, ...more })]),
    WINDOW,
  );
const changedAt = (clock: string) => new Map([[routerKey('shop', 'cart'), Date.parse(at(clock))]]);

describe('changes of weights within a window', () => {
  it('are what was written', () => {
    expect(changes(written('12:02:00'))).toEqual(changedAt('12:02:00'));
  });

  it('are what the control plane took of it, which comes later', () => {
    expect(changes(written('12:02:00'), taken(2, '12:02:07'))).toEqual(changedAt('12:02:07'));
  });

  it('are what was taken where nobody tells who wrote', () => {
    expect(changes({ taken: taken(3, '12:01:00') })).toEqual(changedAt('12:01:00'));
  });

  it('are not that a router was created, however long the control plane took to hold it', () => {
    expect(changes({ ...written('12:00:01'), taken: taken(1, '12:00:09') }, taken(1, '12:00:09'))).toEqual(
      new Map(),
    );
    expect(changes({ taken: taken(1, '12:00:09') }, taken(1, '12:00:09'))).toEqual(new Map());
  });

  it('are none before and after it', () => {
    expect(changes({ ...written('11:58:00'), createdAt: at('10:00:00') })).toEqual(new Map());
    expect(changes(written('12:04:30'))).toEqual(new Map());
  });
});
