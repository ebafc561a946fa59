import { describe, expect, it } from 'vitest';
import { event, page, pod, reflectorRig } from './scripted-reflector';

const rig = reflectorRig();
const { start, synced, until, phase, names } = rig;

describe('a list', () => {
  it('is read page by page and shown whole', async () => {
    start();
    const first = await rig.scripted.next();
    expect(first).toMatchObject({ path: '/api/v1/pods', query: { limit: '500' } });
    first.json(page('10', [pod('a')], 'more'));
    const second = await rig.scripted.next();
    expect(second.query['continue']).toBe('more');
    expect(names()).toEqual([]);
    second.json(page('10', [pod('b')]));
    const watch = await rig.scripted.next();
    expect(names()).toEqual(['shop/a', 'shop/b']);
    expect(watch.query).toMatchObject({ watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '10' });
    expect(Number(watch.query['timeoutSeconds'])).toBe(240);
  });

  it('that is empty was read all the same', async () => {
    await synced();
    expect(rig.reflector.state()).toMatchObject({
      phase: 'live',
      attempt: 0,
      currentAsOf: '2026-06-01T12:00:00.000Z',
    });
    expect(rig.changes).toBe(1);
  });

  it('is not taken for read when a later page fails', async () => {
    start();
    (await rig.scripted.next()).json(page('10', [pod('a')], 'more'));
    (await rig.scripted.next()).json({ message: 'etcd is away' }, 500);
    await until(() => rig.states.length === 1);
    expect(rig.reflector.state()).toMatchObject({
      phase: 'connecting',
      problem: { code: 'refused', detail: 'etcd is away' },
    });
    expect(rig.reflector.state().currentAsOf).toBeUndefined();
    rig.reflector.retryNow();
    const again = await rig.scripted.next();
    expect(again.query).toEqual({ limit: '500' });
  });

  it('is begun anew when it expires between two pages', async () => {
    start();
    (await rig.scripted.next()).json(page('10', [pod('a')], 'more'));
    (await rig.scripted.next()).json({ code: 410 }, 410);
    expect((await rig.scripted.next()).query).toEqual({ limit: '500' });
  });

  it('gives its objects back what lists leave out, and drops managedFields', async () => {
    await synced('10', {
      ...pod('a', '1', { managedFields: [{ manager: 'x' }], labels: { a: 'b' } }),
      spec: { x: 1 },
    });
    expect(rig.reflector.objects().get('shop/a')).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'shop', uid: 'uid-a', resourceVersion: '1', labels: { a: 'b' } },
      spec: { x: 1 },
    });
  });

  it('keeps who wrote its objects where that is asked for', async () => {
    start({ writers: true });
    const managedFields = [{ manager: 'x', fieldsV1: { 'f:spec': { 'f:a': { 'f:b': {} } } } }];
    (await rig.scripted.next()).json(page('10', [pod('a', '1', { managedFields })]));
    (await rig.scripted.next()).lines();
    await phase('live');
    expect(rig.reflector.objects().get('shop/a')?.metadata['managedFields']).toEqual([
      { manager: 'x', fieldsV1: { 'f:spec': { 'f:a': {} } } },
    ]);
  });

  it.each([['<html>'], [{ kind: 'PodList' }], [{ metadata: {}, items: [] }]])(
    'is none: %j',
    async (content) => {
      start();
      (await rig.scripted.next()).json(content);
      await until(() => rig.states.length === 1);
      expect(rig.reflector.state().phase).toBe('connecting');
      expect(rig.reflector.state().problem).toBeDefined();
    },
  );

  it('may have no items at all', async () => {
    start();
    (await rig.scripted.next()).json({ metadata: { resourceVersion: '1' }, items: null });
    (await rig.scripted.next()).lines();
    await phase('live');
    expect(names()).toEqual([]);
  });

  it('and its watch ask for the fields that are wanted', async () => {
    start({ fieldSelector: 'reason=ReconcileError' });
    const list = await rig.scripted.next();
    expect(list.query['fieldSelector']).toBe('reason=ReconcileError');
    list.json(page('10', []));
    expect((await rig.scripted.next()).query['fieldSelector']).toBe('reason=ReconcileError');
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
      (await rig.scripted.next()).json({ kind: 'Status', message }, status);
      await phase('failed');
      expect(rig.reflector.state()).toEqual({
        phase: 'failed',
        attempt: 1,
        retryAt: '2026-06-01T12:00:30.000Z',
        problem: { code, detail: message },
      });
      rig.reflector.retryNow();
      (await rig.scripted.next()).json(page('10', [pod('a')]));
      (await rig.scripted.next()).lines();
      await phase('live');
      expect(names()).toEqual(['shop/a']);
    },
  );

  it('that asks for patience is given it', async () => {
    start();
    (await rig.scripted.next()).json({ message: 'slow down' }, 429, { 'retry-after': '12' });
    await until(() => rig.states.length === 1);
    expect(rig.reflector.state()).toMatchObject({
      phase: 'connecting',
      retryAt: '2026-06-01T12:00:12.000Z',
      problem: { code: 'throttled' },
    });
  });

  it('that asks for less patience than is usual rig.changes nothing', async () => {
    start();
    (await rig.scripted.next()).json({ message: 'slow down' }, 503, { 'retry-after': '0' });
    await until(() => rig.states.length === 1);
    expect(rig.reflector.state().retryAt).toBe('2026-06-01T12:00:00.500Z');
  });
});

describe('the end', () => {
  it('comes at once, whatever is under way', async () => {
    const watch = await synced('10');
    const before = rig.states.length;
    rig.reflector.stop();
    watch.lines(event('ADDED', pod('b', '11')));
    await watch.closed;
    expect(names()).toEqual([]);
    expect(rig.states).toHaveLength(before);
    expect(rig.scripted.waiting()).toBe(0);
  });
});
