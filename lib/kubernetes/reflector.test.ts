import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startReflector } from './reflector';
import type { Reflector, ReflectorOptions, ReflectorState } from './reflector';
import { startScriptedCluster } from './scripted-cluster';
import type { Asked, ScriptedCluster } from './scripted-cluster';

let scripted: ScriptedCluster;
let reflector: Reflector;
let looks: (() => void)[];
let states: ReflectorState[];
let changes: number;

beforeEach(async () => {
  // Only the clock: what is waited for is a request or a state, never time.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T12:00:00Z') });
  scripted = await startScriptedCluster();
  [looks, states, changes] = [[], [], 0];
});
afterEach(async () => {
  reflector.stop();
  await scripted.stop();
  vi.useRealTimers();
});

const look = () => looks.forEach((each) => each());

function start(options: Partial<ReflectorOptions> = {}): void {
  reflector = startReflector(scripted.cluster, {
    path: '/api/v1/pods',
    apiVersion: 'v1',
    kind: 'Pod',
    random: () => 0,
    ...options,
    onChange: () => {
      changes += 1;
      look();
    },
    onState: () => {
      states.push(reflector.state());
      look();
    },
  });
}

/** Resolves as soon as `condition` holds. */
const until = (condition: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const attempt = () => {
      if (condition()) resolve();
    };
    looks.push(attempt);
    attempt();
  });

const phase = (wanted: ReflectorState['phase']) => until(() => reflector.state().phase === wanted);
const names = () => [...reflector.objects().keys()];

const pod = (name: string, resourceVersion = '1', more: object = {}) => ({
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, resourceVersion, ...more },
});
const page = (resourceVersion: string, items: unknown[], token?: string) => ({
  metadata: { resourceVersion, ...(token === undefined ? {} : { continue: token }) },
  items,
});
const event = (type: string, object: unknown) => ({ type, object });

/** Answers the first list and opens the watch. */
async function synced(resourceVersion = '10', ...items: unknown[]): Promise<Asked> {
  start();
  (await scripted.next()).json(page(resourceVersion, items));
  const watch = await scripted.next();
  watch.lines();
  await phase('live');
  return watch;
}

describe('a list', () => {
  it('is read page by page and shown whole', async () => {
    start();
    const first = await scripted.next();
    expect(first).toMatchObject({ path: '/api/v1/pods', query: { limit: '500' } });
    first.json(page('10', [pod('a')], 'more'));
    const second = await scripted.next();
    expect(second.query['continue']).toBe('more');
    expect(names()).toEqual([]);
    second.json(page('10', [pod('b')]));
    const watch = await scripted.next();
    expect(names()).toEqual(['shop/a', 'shop/b']);
    expect(watch.query).toMatchObject({ watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '10' });
    expect(Number(watch.query['timeoutSeconds'])).toBe(240);
  });

  it('that is empty was read all the same', async () => {
    await synced();
    expect(reflector.state()).toMatchObject({
      phase: 'live',
      attempt: 0,
      currentAsOf: '2026-06-01T12:00:00.000Z',
    });
    expect(changes).toBe(1);
  });

  it('is not taken for read when a later page fails', async () => {
    start();
    (await scripted.next()).json(page('10', [pod('a')], 'more'));
    (await scripted.next()).json({ message: 'etcd is away' }, 500);
    await until(() => states.length === 1);
    expect(reflector.state()).toMatchObject({
      phase: 'connecting',
      problem: { code: 'refused', detail: 'etcd is away' },
    });
    expect(reflector.state().currentAsOf).toBeUndefined();
    reflector.retryNow();
    const again = await scripted.next();
    expect(again.query).toEqual({ limit: '500' });
  });

  it('is begun anew when it expires between two pages', async () => {
    start();
    (await scripted.next()).json(page('10', [pod('a')], 'more'));
    (await scripted.next()).json({ code: 410 }, 410);
    expect((await scripted.next()).query).toEqual({ limit: '500' });
  });

  it('gives its objects back what lists leave out, and drops managedFields', async () => {
    await synced('10', {
      ...pod('a', '1', { managedFields: [{ manager: 'x' }], labels: { a: 'b' } }),
      spec: { x: 1 },
    });
    expect(reflector.objects().get('shop/a')).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'shop', uid: 'uid-a', resourceVersion: '1', labels: { a: 'b' } },
      spec: { x: 1 },
    });
  });

  it('keeps who wrote its objects where that is asked for', async () => {
    start({ writers: true });
    const managedFields = [{ manager: 'x', fieldsV1: { 'f:spec': { 'f:a': { 'f:b': {} } } } }];
    (await scripted.next()).json(page('10', [pod('a', '1', { managedFields })]));
    (await scripted.next()).lines();
    await phase('live');
    expect(reflector.objects().get('shop/a')?.metadata['managedFields']).toEqual([
      { manager: 'x', fieldsV1: { 'f:spec': { 'f:a': {} } } },
    ]);
  });

  it.each([['<html>'], [{ kind: 'PodList' }], [{ metadata: {}, items: [] }]])(
    'is none: %j',
    async (content) => {
      start();
      (await scripted.next()).json(content);
      await until(() => states.length === 1);
      expect(reflector.state().phase).toBe('connecting');
      expect(reflector.state().problem).toBeDefined();
    },
  );

  it('may have no items at all', async () => {
    start();
    (await scripted.next()).json({ metadata: { resourceVersion: '1' }, items: null });
    (await scripted.next()).lines();
    await phase('live');
    expect(names()).toEqual([]);
  });

  it('and its watch ask for the fields that are wanted', async () => {
    start({ fieldSelector: 'reason=ReconcileError' });
    const list = await scripted.next();
    expect(list.query['fieldSelector']).toBe('reason=ReconcileError');
    list.json(page('10', []));
    expect((await scripted.next()).query['fieldSelector']).toBe('reason=ReconcileError');
  });
});

describe('a watch', () => {
  it('adds, changes and removes', async () => {
    const watch = await synced('10', pod('a'));
    watch.lines(
      event('ADDED', pod('b', '11')),
      event('MODIFIED', pod('a', '12')),
      event('DELETED', pod('b', '13')),
    );
    await until(() => changes === 4);
    expect(names()).toEqual(['shop/a']);
    expect(reflector.objects().get('shop/a')?.metadata.resourceVersion).toBe('12');
  });

  it('is resumed after a cut from the last event, and keeps what was read', async () => {
    const watch = await synced('10', pod('a'));
    watch.lines(event('ADDED', pod('b', '11')));
    await until(() => changes === 2);
    vi.setSystemTime(new Date('2026-06-01T12:01:00Z'));
    watch.cut();
    await phase('reconnecting');
    expect(reflector.state()).toMatchObject({
      attempt: 1,
      currentAsOf: '2026-06-01T12:01:00.000Z',
      retryAt: '2026-06-01T12:01:00.500Z',
      problem: { code: 'unreachable' },
    });
    expect(names()).toEqual(['shop/a', 'shop/b']);
    reflector.retryNow();
    const resumed = await scripted.next();
    expect(resumed.query['resourceVersion']).toBe('11');
    resumed.lines();
    await phase('live');
    expect(reflector.state()).toMatchObject({ attempt: 0 });
    expect(reflector.state().problem).toBeUndefined();
  });

  it('that the server ends in time is resumed at once from the last bookmark, as if nothing had been', async () => {
    const watch = await synced('10');
    watch.lines(event('BOOKMARK', { metadata: { resourceVersion: '20' } }));
    vi.setSystemTime(new Date('2026-06-01T12:04:00Z'));
    watch.end();
    expect((await scripted.next()).query['resourceVersion']).toBe('20');
    expect(states.map((each) => each.phase)).toEqual(['live']);
  });

  it('that is ended at once, again and again, is tried ever more slowly', async () => {
    let watch = await synced('10');
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      watch.end();
      await until(() => reflector.state().attempt === attempt);
      waits.push(Date.parse(reflector.state().retryAt ?? '') - Date.now());
      reflector.retryNow();
      watch = await scripted.next();
      watch.lines();
      await phase('live');
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    vi.setSystemTime(Date.now() + 5_000);
    watch.cut();
    await until(() => reflector.state().attempt === 1);
  });

  it.each([
    [
      'an HTTP status',
      async (watch: Asked) => {
        watch.cut();
        await phase('reconnecting');
        reflector.retryNow();
        (await scripted.next()).json({ code: 410, message: 'too old' }, 410);
      },
    ],
    [
      'an event',
      async (watch: Asked) => {
        watch.lines(event('ERROR', { kind: 'Status', code: 410, message: 'too old resource version' }));
        return Promise.resolve();
      },
    ],
  ])('that the cluster has forgotten, by %s, is begun anew with a list', async (_, forget) => {
    const watch = await synced('10', pod('a', '1'), pod('b', '1'), pod('c', '1'));
    const before = new Map(reflector.objects());
    await forget(watch);
    const list = await scripted.next();
    expect(list.query).toEqual({ limit: '500' });
    list.json(
      page('50', [pod('a', '1'), pod('b', '2'), { metadata: { ...pod('c', '1').metadata, uid: 'new' } }]),
    );
    expect((await scripted.next()).query['resourceVersion']).toBe('50');
    const after = reflector.objects();
    expect(after.get('shop/a')).toBe(before.get('shop/a'));
    expect(after.get('shop/b')).not.toBe(before.get('shop/b'));
    expect(after.get('shop/c')?.metadata.uid).toBe('new');
  });

  it('that is begun anew is live until that takes long, and current as of its end all the while', async () => {
    const watch = await synced('10', pod('a'));
    vi.useRealTimers();
    vi.useFakeTimers({
      toFake: ['Date', 'setTimeout', 'clearTimeout'],
      now: new Date('2026-06-01T12:05:00Z'),
    });
    watch.lines(event('ERROR', { code: 410 }));
    const stalled = await scripted.next();
    stalled.lines('{"metadata":');
    vi.advanceTimersByTime(1_900);
    expect(reflector.state()).toMatchObject({ phase: 'live', currentAsOf: '2026-06-01T12:05:00.000Z' });
    vi.advanceTimersByTime(100);
    expect(reflector.state()).toEqual({
      phase: 'reconnecting',
      attempt: 0,
      currentAsOf: '2026-06-01T12:05:00.000Z',
    });
    vi.advanceTimersByTime(30_000);
    await until(() => reflector.state().attempt === 1);
    reflector.retryNow();
    (await scripted.next()).json(page('50', [pod('a')]));
    (await scripted.next()).lines();
    await phase('live');
    expect(states.map((each) => each.phase)).toEqual(['live', 'reconnecting', 'reconnecting', 'live']);
  });

  it('that is begun anew at once is never told as lost', async () => {
    const watch = await synced('10', pod('a'));
    vi.useRealTimers();
    vi.useFakeTimers({
      toFake: ['Date', 'setTimeout', 'clearTimeout'],
      now: new Date('2026-06-01T12:05:00Z'),
    });
    watch.lines(event('ERROR', { code: 410 }));
    (await scripted.next()).json(page('50', [pod('a'), pod('b')]));
    const second = await scripted.next();
    second.lines(event('ADDED', pod('c', '51')));
    await until(() => names().length === 3);
    vi.advanceTimersByTime(5_000);
    expect(reflector.state()).toEqual({
      phase: 'live',
      attempt: 0,
      currentAsOf: '2026-06-01T12:05:05.000Z',
    });
    expect(states.map((each) => each.phase)).toEqual(['live']);
  });

  it('tells nobody of a list that brought nothing new, and forgets what it no longer holds', async () => {
    const watch = await synced('10', pod('a'));
    const expired = event('ERROR', { code: 410 });
    watch.lines(expired);
    (await scripted.next()).json(page('50', [pod('a')]));
    const second = await scripted.next();
    expect(changes).toBe(1);
    vi.setSystemTime(Date.now() + 2_000);
    second.lines(expired);
    (await scripted.next()).json(page('60', []));
    await scripted.next();
    expect(changes).toBe(2);
    expect(names()).toEqual([]);
  });

  it('that the cluster forgets as fast as it gives is not begun anew without a pause', async () => {
    const watch = await synced('10');
    watch.lines(event('ERROR', { code: 410 }));
    (await scripted.next()).json(page('11', []));
    (await scripted.next()).lines(event('ERROR', { code: 410 }));
    await phase('reconnecting');
    expect(reflector.state().problem?.detail).toContain('forgets');
    expect(scripted.waiting()).toBe(0);
  });

  it.each([
    ['no JSON', '<html>bad gateway</html>'],
    ['no event', { hello: 'world' }],
    ['an error that is not about its age', event('ERROR', { code: 500, message: 'etcd leader changed' })],
  ])('that sends %s is left and resumed', async (_, line) => {
    const watch = await synced('10', pod('a'));
    watch.lines(event('ADDED', pod('b', '11')), line);
    await phase('reconnecting');
    reflector.retryNow();
    expect((await scripted.next()).query['resourceVersion']).toBe('11');
    expect(names()).toEqual(['shop/a', 'shop/b']);
  });

  it('passes over an object that is none and goes on', async () => {
    const watch = await synced('10');
    watch.lines(event('ADDED', { metadata: { resourceVersion: '11' } }), event('ADDED', pod('b', '12')));
    await until(() => changes === 2);
    expect(names()).toEqual(['shop/b']);
    expect(reflector.state().phase).toBe('live');
  });
});

describe('a refusal', () => {
  it.each([
    [403, 'forbidden', 'pods is forbidden'],
    [404, 'notFound', 'no such resource'],
  ])(
    'of %i is for a person to change: failed, tried again every half minute',
    async (status, code, message) => {
      start();
      (await scripted.next()).json({ kind: 'Status', message }, status);
      await phase('failed');
      expect(reflector.state()).toEqual({
        phase: 'failed',
        attempt: 1,
        retryAt: '2026-06-01T12:00:30.000Z',
        problem: { code, detail: message },
      });
      reflector.retryNow();
      (await scripted.next()).json(page('10', [pod('a')]));
      (await scripted.next()).lines();
      await phase('live');
      expect(names()).toEqual(['shop/a']);
    },
  );

  it('that asks for patience is given it', async () => {
    start();
    (await scripted.next()).json({ message: 'slow down' }, 429, { 'retry-after': '12' });
    await until(() => states.length === 1);
    expect(reflector.state()).toMatchObject({
      phase: 'connecting',
      retryAt: '2026-06-01T12:00:12.000Z',
      problem: { code: 'throttled' },
    });
  });

  it('that asks for less patience than is usual changes nothing', async () => {
    start();
    (await scripted.next()).json({ message: 'slow down' }, 503, { 'retry-after': '0' });
    await until(() => states.length === 1);
    expect(reflector.state().retryAt).toBe('2026-06-01T12:00:00.500Z');
  });
});

describe('the end', () => {
  it('comes at once, whatever is under way', async () => {
    const watch = await synced('10');
    const before = states.length;
    reflector.stop();
    watch.lines(event('ADDED', pod('b', '11')));
    await watch.closed;
    expect(names()).toEqual([]);
    expect(states).toHaveLength(before);
    expect(scripted.waiting()).toBe(0);
  });
});
