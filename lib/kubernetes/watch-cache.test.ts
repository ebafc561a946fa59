import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startScriptedCluster } from './scripted-cluster';
import type { ScriptedCluster } from './scripted-cluster';
import { watchResource } from './watch-cache';
import type { WatchCache } from './watch-cache';

const PODS = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };

let scripted: ScriptedCluster;
let cache: WatchCache;
let looks: (() => void)[];
beforeEach(async () => {
  scripted = await startScriptedCluster();
  looks = [];
});
afterEach(async () => {
  cache.stop();
  await scripted.stop();
});

const look = () => looks.forEach((each) => each());
const until = (condition: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const attempt = () => {
      if (condition()) resolve();
    };
    looks.push(attempt);
    attempt();
  });

const watchIn = (namespaces?: string[], resource: typeof PODS & { fieldSelector?: string } = PODS) => {
  const scope = namespaces === undefined ? {} : { namespaces };
  cache = watchResource(scripted.cluster, resource, { ...scope, onChange: look, onState: look });
};
const listOf = (namespace: string, ...names: string[]) => ({
  metadata: { resourceVersion: '1' },
  items: names.map((name) => ({ metadata: { name, namespace, uid: name, resourceVersion: '1' } })),
});
const names = () => cache.objects().map(({ metadata }) => metadata.name);

describe('a watched resource', () => {
  it('is one list of the whole cluster, the same one until something changes', async () => {
    watchIn();
    const list = await scripted.next();
    expect(list.path).toBe('/api/v1/pods');
    list.json(listOf('shop', 'a'));
    const watch = await scripted.next();
    expect(names()).toEqual(['a']);
    const before = cache.objects();
    expect(cache.objects()).toBe(before);
    watch.lines({ type: 'ADDED', object: listOf('pay', 'b').items[0] });
    await until(() => cache.objects() !== before);
    expect(names()).toEqual(['a', 'b']);
  });

  it('passes on which fields are wanted', async () => {
    watchIn(undefined, { ...PODS, fieldSelector: 'spec.nodeName=a' });
    expect((await scripted.next()).query['fieldSelector']).toBe('spec.nodeName=a');
  });

  it('limited to namespaces is a list of each, and as well off as the worst of them', async () => {
    watchIn(['shop', 'pay']);
    const lists = [await scripted.next(), await scripted.next()];
    expect(lists.map(({ path }) => path).sort()).toEqual([
      '/api/v1/namespaces/pay/pods',
      '/api/v1/namespaces/shop/pods',
    ]);
    const [shop, pay] = lists.sort((a, b) => b.path.localeCompare(a.path));
    shop?.json(listOf('shop', 'a'));
    (await scripted.next()).lines();
    pay?.json({ message: 'forbidden here' }, 403);
    await until(() => cache.state().phase === 'failed');
    expect(names()).toEqual(['a']);
    expect(cache.state().problem).toEqual({ code: 'forbidden', detail: 'forbidden here' });
    expect(cache.state().currentAsOf).toBeUndefined();
    cache.retryNow();
    (await scripted.next()).json(listOf('pay', 'b'));
    (await scripted.next()).lines();
    await until(() => cache.state().phase === 'live');
    expect(names()).toEqual(['a', 'b']);
    expect(cache.state().currentAsOf).toBeDefined();
  });

  it('that knows no namespaces is one list, whatever the console is limited to', async () => {
    watchIn(['shop', 'pay'], { ...PODS, plural: 'nodes', namespaced: false });
    expect((await scripted.next()).path).toBe('/api/v1/nodes');
    expect(scripted.waiting()).toBe(0);
  });
});
