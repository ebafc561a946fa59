import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startBench, type Bench } from '../testing';
import { backendGroup, mesh, virtualNode, virtualService } from '../scenarios/mesh-objects';
import { deployment, namespace } from '../scenarios/workload-objects';
import { BACKEND_GROUPS_FLAG, CONTROLLER_NAME, CONTROLLER_NAMESPACE } from './own-deployment';

let bench: Bench;
const NODE = { kind: 'virtualNode', mesh: 'shop', name: 'caller_shop' } as const;
const backends = () => bench.simulation.api.describe(NODE)?.spec['backends'];
const toService = (host: string) => ({ virtualService: { virtualServiceName: host } });
const group = (members: string[]) => backendGroup('pay', 'team', members);
const start = async (members: string[], backendGroups = ['pay/team']) => {
  bench = await startBench([
    namespace('shop', { mesh: 'shop' }),
    namespace('pay', { mesh: 'shop' }),
    mesh('shop'),
    ...['a', 'b'].map((name) => virtualService('shop', name, { hostname: `${name}.shop` })),
    virtualService('pay', 'a', { hostname: 'a.pay' }),
    group(members),
    virtualNode('shop', 'caller', { backends: ['a'], backendGroups }),
  ]);
};
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  bench.simulation.stop();
  vi.useRealTimers();
});

it('adds the members of a group, and none twice', async () => {
  await start(['a', 'b', 'pay/a']);
  expect(backends()).toEqual(['a.shop', 'b.shop', 'a.pay'].map(toService));
});

it('takes a member without a namespace from the namespace of the node', async () => {
  await start(['b']);
  expect(backends()).toEqual(['a.shop', 'b.shop'].map(toService));
});

it('follows a change of the group', async () => {
  await start(['b']);
  bench.change(
    'BackendGroup',
    'pay/team',
    (spec) => void (spec.virtualservices = [{ name: 'a', namespace: 'pay' }]),
  );
  await after(1_000);
  expect(backends()).toEqual(['a.shop', 'a.pay'].map(toService));
});

it('takes every service of a namespace with its group *, also one that comes later', async () => {
  await start([], ['pay/*']);
  expect(backends()).toEqual(['a.shop', 'a.pay'].map(toService));
  bench.create(virtualService('pay', 'c', { hostname: 'c.pay' }));
  await after(1_000);
  expect(backends()).toEqual(['a.shop', 'a.pay', 'c.pay'].map(toService));
});

it('holds the node back for a member that is not there', async () => {
  await start(['missing']);
  expect(backends()).toBeUndefined();
  expect(bench.eventsOf('VirtualNode', 'shop/caller')[0]?.message).toMatch(
    /^failed to resolve virtualServiceRef: unable to fetch virtualService: shop\/missing/,
  );
});

it('takes no notice of groups once the controller is rolled out without its flag for them', async () => {
  await start(['b']);
  bench.create(namespace(CONTROLLER_NAMESPACE));
  bench.create(
    deployment(CONTROLLER_NAMESPACE, CONTROLLER_NAME, {
      selector: { app: CONTROLLER_NAME },
      replicas: 1,
      image: 'controller',
      args: [`${BACKEND_GROUPS_FLAG}=false`],
    }),
  );
  await after(1_000);
  expect(backends()).toEqual([toService('a.shop')]);
});
