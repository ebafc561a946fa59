import { describe, expect, it, vi } from 'vitest';
import type { Asked } from './scripted-cluster';
import { event, page, pod, reflectorRig } from './scripted-reflector';

const rig = reflectorRig();
const { synced, until, phase, names } = rig;

describe('a watch', () => {
  it('adds, rig.changes and removes', async () => {
    const watch = await synced('10', pod('a'));
    watch.lines(
      event('ADDED', pod('b', '11')),
      event('MODIFIED', pod('a', '12')),
      event('DELETED', pod('b', '13')),
    );
    await until(() => rig.changes === 4);
    expect(names()).toEqual(['shop/a']);
    expect(rig.reflector.objects().get('shop/a')?.metadata.resourceVersion).toBe('12');
  });

  it('is resumed after a cut from the last event, and keeps what was read', async () => {
    const watch = await synced('10', pod('a'));
    watch.lines(event('ADDED', pod('b', '11')));
    await until(() => rig.changes === 2);
    vi.setSystemTime(new Date('2026-06-01T12:01:00Z'));
    watch.cut();
    await phase('reconnecting');
    expect(rig.reflector.state()).toMatchObject({
      attempt: 1,
      currentAsOf: '2026-06-01T12:01:00.000Z',
      retryAt: '2026-06-01T12:01:00.500Z',
      problem: { code: 'unreachable' },
    });
    expect(names()).toEqual(['shop/a', 'shop/b']);
    rig.reflector.retryNow();
    const resumed = await rig.scripted.next();
    expect(resumed.query['resourceVersion']).toBe('11');
    resumed.lines();
    await phase('live');
    expect(rig.reflector.state()).toMatchObject({ attempt: 0 });
    expect(rig.reflector.state().problem).toBeUndefined();
  });

  it('that the server ends in time is resumed at once from the last bookmark, as if nothing had been', async () => {
    const watch = await synced('10');
    watch.lines(event('BOOKMARK', { metadata: { resourceVersion: '20' } }));
    vi.setSystemTime(new Date('2026-06-01T12:04:00Z'));
    watch.end();
    expect((await rig.scripted.next()).query['resourceVersion']).toBe('20');
    expect(rig.states.map((each) => each.phase)).toEqual(['live']);
  });

  it('that is ended at once, again and again, is tried ever more slowly', async () => {
    let watch = await synced('10');
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      watch.end();
      await until(() => rig.reflector.state().attempt === attempt);
      waits.push(Date.parse(rig.reflector.state().retryAt ?? '') - Date.now());
      rig.reflector.retryNow();
      watch = await rig.scripted.next();
      watch.lines();
      await phase('live');
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    vi.setSystemTime(Date.now() + 5_000);
    watch.cut();
    await until(() => rig.reflector.state().attempt === 1);
  });

  it.each([
    [
      'an HTTP status',
      async (watch: Asked) => {
        watch.cut();
        await phase('reconnecting');
        rig.reflector.retryNow();
        (await rig.scripted.next()).json({ code: 410, message: 'too old' }, 410);
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
    const before = new Map(rig.reflector.objects());
    await forget(watch);
    const list = await rig.scripted.next();
    expect(list.query).toEqual({ limit: '500' });
    list.json(
      page('50', [pod('a', '1'), pod('b', '2'), { metadata: { ...pod('c', '1').metadata, uid: 'new' } }]),
    );
    expect((await rig.scripted.next()).query['resourceVersion']).toBe('50');
    const after = rig.reflector.objects();
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
    const stalled = await rig.scripted.next();
    stalled.lines('{"metadata":');
    vi.advanceTimersByTime(1_900);
    expect(rig.reflector.state()).toMatchObject({ phase: 'live', currentAsOf: '2026-06-01T12:05:00.000Z' });
    vi.advanceTimersByTime(100);
    expect(rig.reflector.state()).toEqual({
      phase: 'reconnecting',
      attempt: 0,
      currentAsOf: '2026-06-01T12:05:00.000Z',
    });
    vi.advanceTimersByTime(30_000);
    await until(() => rig.reflector.state().attempt === 1);
    rig.reflector.retryNow();
    (await rig.scripted.next()).json(page('50', [pod('a')]));
    (await rig.scripted.next()).lines();
    await phase('live');
    expect(rig.states.map((each) => each.phase)).toEqual(['live', 'reconnecting', 'reconnecting', 'live']);
  });

  it('that is begun anew at once is never told as lost', async () => {
    const watch = await synced('10', pod('a'));
    vi.useRealTimers();
    vi.useFakeTimers({
      toFake: ['Date', 'setTimeout', 'clearTimeout'],
      now: new Date('2026-06-01T12:05:00Z'),
    });
    watch.lines(event('ERROR', { code: 410 }));
    (await rig.scripted.next()).json(page('50', [pod('a'), pod('b')]));
    const second = await rig.scripted.next();
    second.lines(event('ADDED', pod('c', '51')));
    await until(() => names().length === 3);
    vi.advanceTimersByTime(5_000);
    expect(rig.reflector.state()).toEqual({
      phase: 'live',
      attempt: 0,
      currentAsOf: '2026-06-01T12:05:05.000Z',
    });
    expect(rig.states.map((each) => each.phase)).toEqual(['live']);
  });

  it('tells nobody of a list that brought nothing new, and forgets what it no longer holds', async () => {
    const watch = await synced('10', pod('a'));
    const expired = event('ERROR', { code: 410 });
    watch.lines(expired);
    (await rig.scripted.next()).json(page('50', [pod('a')]));
    const second = await rig.scripted.next();
    expect(rig.changes).toBe(1);
    vi.setSystemTime(Date.now() + 2_000);
    second.lines(expired);
    (await rig.scripted.next()).json(page('60', []));
    await rig.scripted.next();
    expect(rig.changes).toBe(2);
    expect(names()).toEqual([]);
  });

  it('that the cluster forgets as fast as it gives is not begun anew without a pause', async () => {
    const watch = await synced('10');
    watch.lines(event('ERROR', { code: 410 }));
    (await rig.scripted.next()).json(page('11', []));
    (await rig.scripted.next()).lines(event('ERROR', { code: 410 }));
    await phase('reconnecting');
    expect(rig.reflector.state().problem?.detail).toContain('forgets');
    expect(rig.scripted.waiting()).toBe(0);
  });

  it.each([
    ['no JSON', '<html>bad gateway</html>'],
    ['no event', { hello: 'world' }],
    ['an error that is not about its age', event('ERROR', { code: 500, message: 'etcd leader changed' })],
  ])('that sends %s is left and resumed', async (_, line) => {
    const watch = await synced('10', pod('a'));
    watch.lines(event('ADDED', pod('b', '11')), line);
    await phase('reconnecting');
    rig.reflector.retryNow();
    expect((await rig.scripted.next()).query['resourceVersion']).toBe('11');
    expect(names()).toEqual(['shop/a', 'shop/b']);
  });

  it('passes over an object that is none and goes on', async () => {
    const watch = await synced('10');
    watch.lines(event('ADDED', { metadata: { resourceVersion: '11' } }), event('ADDED', pod('b', '12')));
    await until(() => rig.changes === 2);
    expect(names()).toEqual(['shop/b']);
    expect(rig.reflector.state().phase).toBe('live');
  });
});
