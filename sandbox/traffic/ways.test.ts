import { describe, expect, it, onTestFinished } from 'vitest';
import { Sandbox } from '../admin/sandbox';
import { ownCrds } from '../crds';
import type { KubeObject } from '../kube/types';
import { creationOrder } from '../scenarios';
import {
  gatewayRoute,
  INJECT,
  listener,
  mesh,
  millis,
  route,
  seconds,
  virtualGateway,
  virtualNode,
  virtualRouter,
  virtualService,
  type Fields,
} from '../scenarios/mesh-objects';
import { deployment, namespace } from '../scenarios/workload-objects';
import { TRAFFIC_ANNOTATION, trafficFrom, type TrafficCr } from './profile';
import { requestsOf, type LinkTally, type Tally } from './tally';

const NOW_MS = Date.parse('2026-03-03T12:05:00Z');

/** What happened in a minute of a mesh with these members, in the namespace `app`. */
async function minuteOf(objects: KubeObject[], egress?: 'ALLOW_ALL' | 'DROP_ALL'): Promise<Tally> {
  const member = { mesh: 'small', gateway: 'door', ...INJECT };
  const all = creationOrder([namespace('app', member), mesh('small', egress), ...objects]);
  const sandbox = await Sandbox.start({
    scenario: 'test',
    crds: ownCrds(),
    objects: () => all,
    now: () => new Date(NOW_MS),
  });
  onTestFinished(() => sandbox.simulation.stop());
  return sandbox.traffic.total('small', { from: NOW_MS / 1000 - 60, to: NOW_MS / 1000 });
}

const node = (name: string, traffic: TrafficCr = {}, options: { backends?: string[]; pods?: string } = {}) =>
  virtualNode('app', name, {
    listeners: [listener('http', 8080)],
    hostname: `${name}.app`,
    ...(options.backends && { backends: options.backends }),
    ...(options.pods !== undefined && { pods: { app: options.pods } }),
    marks: { annotations: { [TRAFFIC_ANNOTATION]: JSON.stringify(traffic) } },
  });
const service = (name: string, provider?: { router: string } | { node: string }) =>
  virtualService('app', name, { hostname: name, ...(provider && { provider }) });
const router = (name: string, routes: Fields[]) =>
  virtualRouter('app', name, { port: 8080, protocol: 'http' }, routes);
const door = (...routes: KubeObject[]) => [
  virtualGateway('app', 'door', {
    pods: { app: 'door' },
    listeners: [listener('http', 8080)],
    routesFrom: { gateway: 'door' },
  }),
  ...routes,
];
const to = ({ links }: Tally, name: string): LinkTally =>
  [...links.values()].find((link) => link.to?.name === `${name}_app`) ??
  expect.unreachable(`nothing to ${name}`);
const routesOf = ({ targets }: Tally) => [...targets.values()].map(({ route: name }) => name).sort();

describe('requests', () => {
  it('enter where nobody calls, in a mesh without a gateway', async () => {
    const tally = await minuteOf([
      node('front', {}, { backends: ['back'] }),
      node('back'),
      service('back', { node: 'back' }),
    ]);
    expect(to(tally, 'front').from).toBeUndefined();
    expect(to(tally, 'back')).toMatchObject({ from: { name: 'front_app' }, service: 'back' });
  });

  it('go through gateway routes and routes by match and priority', async () => {
    const tally = await minuteOf([
      ...door(
        gatewayRoute('app', 'all', 'http', { prefix: '/' }, 'one', { priority: 20 }),
        gatewayRoute('app', 'beta', 'http', { prefix: '/beta/' }, 'two', { priority: 10 }),
        gatewayRoute('app', 'never', 'http', { prefix: '/never/' }, 'three', { priority: 30 }),
      ),
      ...['one', 'two', 'three'].flatMap((name) => [node(name), service(name, { router: name })]),
      router('one', [
        route('http', 'testers', { prefix: '/', headers: [{ name: 'x-test' }] }, { one: 1 }, { priority: 1 }),
        route('http', 'others', { prefix: '/' }, { one: 1 }, { priority: 2 }),
        route('http', 'hidden', { prefix: '/', method: 'GET' }, { one: 1 }, { priority: 3 }),
      ]),
      router('two', [route('http', 'two', { prefix: '/' }, { two: 1 })]),
      router('three', [route('http', 'three', { prefix: '/' }, { three: 1 })]),
    ]);
    expect(routesOf(tally)).toEqual(['others', 'testers', 'two']);
    expect(requestsOf(to(tally, 'one'))).toBeGreaterThan(2 * requestsOf(to(tally, 'two')));
  });

  it('are tried again as the route says, and each attempt counts', async () => {
    const routes = (retry?: Fields) => [
      ...door(gatewayRoute('app', 'all', 'http', { prefix: '/' }, 'shaky')),
      node('shaky', { faultRatio: 1 }),
      service('shaky', { router: 'shaky' }),
      router('shaky', [route('http', 'shaky', { prefix: '/' }, { shaky: 1 }, retry ? { retry } : {})]),
    ];
    const once = await minuteOf(routes());
    const thrice = await minuteOf(
      routes({ maxRetries: 2, perRetryTimeout: seconds(1), httpRetryEvents: ['server-error'] }),
    );
    const count = requestsOf(to(once, 'shaky'));
    expect(requestsOf(to(thrice, 'shaky'))).toBe(3 * count);
    expect([...thrice.targets.values()].map(({ requests }) => requests)).toEqual([count]);
  });

  it('end with the timeout of the route', async () => {
    const tally = await minuteOf([
      ...door(gatewayRoute('app', 'all', 'http', { prefix: '/' }, 'slow')),
      node('slow', { p50Ms: 5_000, p99Ms: 5_000 }),
      service('slow', { router: 'slow' }),
      router('slow', [
        route('http', 'slow', { prefix: '/' }, { slow: 1 }, { timeout: { perRequest: millis(300) } }),
      ]),
    ]);
    const slow = to(tally, 'slow');
    expect(slow).toMatchObject({ ok: 0, mostMs: 300 });
    expect(slow.fault).toBe(requestsOf(slow));
  });

  it('are answered by nobody where no pod is ready', async () => {
    const tally = await minuteOf([
      ...door(gatewayRoute('app', 'all', 'http', { prefix: '/' }, 'gone')),
      node('gone', {}, { pods: 'gone' }),
      service('gone', { node: 'gone' }),
      deployment('app', 'door', {
        selector: { app: 'door' },
        replicas: 1,
        image: 'envoy',
        container: 'envoy',
        ports: [8080],
      }),
    ]);
    const gone = to(tally, 'gone');
    expect(gone.unreached).toBe(requestsOf(gone));
    expect(gone.fault).toBe(gone.unreached);
  });

  it('go where nobody declared it only if the mesh lets them', async () => {
    const objects = [
      node('front', { calls: ['back'] }),
      node('back', { rps: 0 }, { backends: [] }),
      service('back', { node: 'back' }),
      node('other', { rps: 0 }, { backends: ['back'] }),
    ];
    const undeclared = (tally: Tally) => [...tally.links.values()].filter(({ declared }) => !declared);
    const [open] = undeclared(await minuteOf(objects, 'ALLOW_ALL'));
    expect(open).toMatchObject({ to: { name: 'back_app' }, unreached: 0 });
    const [closed] = undeclared(await minuteOf(objects, 'DROP_ALL'));
    expect(closed).toMatchObject({ to: undefined, service: 'back', ok: 0 });
  });

  it('are held to the list of whoever has one, also where the mesh lets everything through', async () => {
    const objects = [
      node('front', { calls: ['back'] }, { backends: ['third'] }),
      node('back', { rps: 0 }),
      service('back', { node: 'back' }),
      node('third', { rps: 0 }),
      service('third', { node: 'third' }),
      node('other', { rps: 0 }, { backends: ['back'] }),
    ];
    const tally = await minuteOf(objects, 'ALLOW_ALL');
    const [held] = [...tally.links.values()].filter(({ declared }) => !declared);
    expect(held).toMatchObject({ to: undefined, service: 'back', ok: 0 });
  });

  it('go where nobody declared it, and then as declared, once a backend is there', async () => {
    const objects = (backends: string[]) => [
      node('front', { calls: ['back'] }, { backends }),
      node('back', { rps: 0 }, { backends: [] }),
      service('back', { node: 'back' }),
      node('other', { rps: 0 }, { backends: ['back'] }),
    ];
    const fromFront = (tally: Tally) =>
      [...tally.links.values()].filter(({ from }) => from?.name === 'front_app');
    const [blocked, ...more] = fromFront(await minuteOf(objects([]), 'DROP_ALL'));
    expect(more).toEqual([]);
    expect(blocked).toMatchObject({ to: undefined, service: 'back', declared: false, ok: 0 });
    const [passed, ...others] = fromFront(await minuteOf(objects(['back']), 'DROP_ALL'));
    expect(others).toEqual([]);
    expect(passed).toMatchObject({ to: { name: 'back_app' }, declared: true, unreached: 0 });
    expect(passed?.ok).toBeGreaterThan(0);
  });

  it('fail, and are slow, as the annotation says', async () => {
    const traffic = { p50Ms: 100, p99Ms: 100, faultRatio: 0.2, errorRatio: 0.1, throttleRatio: 0.1, rps: 50 };
    const link = to(await minuteOf([node('front', traffic)]), 'front');
    const count = requestsOf(link);
    expect(count / 60).toBeGreaterThan(40);
    expect(link.fault / count).toBeCloseTo(0.2, 1);
    expect(link.error / count).toBeCloseTo(0.1, 1);
    expect(link.throttle / count).toBeCloseTo(0.1, 1);
    expect(link.sumMs / count).toBeCloseTo(100.6, 0);
  });
});

describe('the annotation', () => {
  it('takes what is right and leaves the rest', () => {
    expect(
      trafficFrom('{"p50Ms": 5, "p99Ms": "slow", "faultRatio": 7, "calls": ["a", 1], "app": "x"}'),
    ).toEqual({
      p50Ms: 5,
      faultRatio: 1,
      calls: ['a'],
      app: 'x',
    });
  });

  it.each([undefined, '', 'slow', '[]', 'null', '{"rps": -1}'])('%s says nothing', (text) => {
    expect(trafficFrom(text)).toEqual({});
  });
});
