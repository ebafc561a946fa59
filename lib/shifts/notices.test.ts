import { describe, expect, it } from 'vitest';
import type { Told } from './world';
import type { TestWorld } from './testing';
import { canary, holding } from './testing';

const notified = canary({ notifications: [{ channel: 'ops' }, { channel: 'dev', events: ['rolledBack'] }] });
const pending = (world: TestWorld) => world.status?.notifications?.pending ?? [];
const events = (world: TestWorld) => pending(world).map(({ event, channels }) => [event, ...channels]);

/** What the channels say. */
function tell(world: TestWorld, ...told: Told[]): void {
  world.told = told;
  world.run();
}

describe('what a shift tells its channels', () => {
  it('is nothing where it names none', () => {
    expect(holding().status).not.toHaveProperty('notifications');
  });

  it('is each thing that happened, once, for the channels that want it', () => {
    const world = holding(notified);
    expect(events(world)).toEqual([['started', 'ops']]);
    world.pass(90);
    world.control({ action: 'pause' });
    world.control({ action: 'abort', reason: 'odd logs' });
    world.toEnd();
    expect(events(world)).toEqual([
      ['started', 'ops'],
      ['step', 'ops'],
      ['paused', 'ops'],
      ['aborted', 'ops'],
      ['rolledBack', 'ops', 'dev'],
    ]);
    expect(pending(world).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is told as it was when it happened', () => {
    const world = holding(notified);
    world.pass(90);
    expect(pending(world)[0]).toMatchObject({ phase: 'Applying', step: 0, percent: 5, weights: '100/0', message: 'step 1 of 3: 5 %' }); // prettier-ignore
  });

  it('waits in the status until it is known what became of it, also after the end', () => {
    const world = holding(notified);
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
    const numbers = pending(world).map(({ number }) => number);
    tell(world, ...numbers.slice(1).map((number) => ({ number, channel: 'ops' })));
    expect(pending(world).map(({ number }) => number)).toEqual([1]);
    tell(world, { number: 1, channel: 'ops', problem: 'the receiver answered 404' });
    expect(world.status?.notifications).toMatchObject({
      pending: [],
      failures: [{ number: 1, channel: 'ops', event: 'started', message: 'the receiver answered 404' }],
    });
    expect(world.events).toContain('NotificationFailed');
  });

  it('changes nothing about the way the shift takes', () => {
    const [silent, telling] = [holding(), holding(notified)];
    for (const world of [silent, telling]) world.toEnd();
    expect(telling.writes).toEqual(silent.writes);
    expect(telling.phases).toEqual(silent.phases);
  });

  it('is given up from the oldest on where nobody takes any of it', () => {
    const world = holding(notified);
    for (let i = 0; i < 30; i += 1) {
      world.control({ action: 'pause', requestId: `p${i}` });
      world.control({ action: 'resume', requestId: `r${i}` });
    }
    expect(pending(world)).toHaveLength(40);
    expect(world.status?.notifications?.failures).toHaveLength(10);
  });
});
