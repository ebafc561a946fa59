import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeshModel } from '@/lib/mesh/model';
import { buildModels } from './build-models';
import { member, meshObject, NOW, problemEvent, rawObject, routerTo, toNode, worldOf } from './fixtures';
import type { RawObject, World } from './resources';

const pod = (name: string, ready: boolean): RawObject =>
  rawObject(
    'v1',
    'Pod',
    name,
    {
      spec: { containers: [{ name: 'envoy' }] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    },
    { metadata: { labels: { app: 'a' } } },
  );
const podSelector = { matchLabels: { app: 'a' } };
const dns = (hostname: string) => ({ serviceDiscovery: { dns: { hostname } } });
const backendGroups = [{ name: '*', namespace: 'shop' }, { name: 'group' }];
const group = (...names: string[]) =>
  member('BackendGroup', 'group', { virtualservices: names.map((name) => ({ name })) });
const service = (name: string, spec: object) => member('VirtualService', name, spec);
const toRouter = (name: string) => ({ provider: { virtualRouter: { virtualRouterRef: { name } } } });

/** Each change of a cluster: an object put in the place of its namesake, or taken away. */
const VARIANTS: readonly (readonly RawObject[])[] = [
  [member('VirtualNode', 'a', { podSelector, backendGroups }), member('VirtualNode', 'a', dns('svc.shop'))],
  [member('VirtualNode', 'b', { awsName: 'one' }), member('VirtualNode', 'b', { awsName: 'two' })],
  [routerTo('r', toNode('a', 90), toNode('b', 10)), routerTo('r', toNode('a', 50), toNode('gone', 50))],
  [
    routerTo('s', { virtualNodeARN: 'arn:aws:appmesh:x:1:mesh/shop-mesh/virtualNode/one', weight: 1 }),
    routerTo('s', { virtualNodeARN: 'arn:aws:appmesh:x:1:mesh/shop-mesh/virtualNode/two', weight: 1 }),
  ],
  [service('v', toRouter('r')), service('v', toRouter('s'))],
  [service('w', {}), service('w', { provider: { virtualNode: { virtualNodeRef: { name: 'a' } } } })],
  [group('v'), group('v', 'w')],
  [pod('one', true), pod('one', false)],
  [rawObject('v1', 'Service', 'svc')],
  [rawObject('v1', 'Service', 'v')],
  [problemEvent(member('VirtualNode', 'a'), 'refused', '2026-06-01T11:00:00Z')],
  [meshObject(), meshObject({ egressFilter: { type: 'ALLOW_ALL' } })],
];

const steps = fc.array(
  fc.record({ slot: fc.nat(VARIANTS.length - 1), variant: fc.option(fc.nat(1), { nil: undefined }) }),
  { minLength: 1, maxLength: 25 },
);

const plain = (models: readonly MeshModel[]) =>
  models.map(({ mesh, entities, malformed }) => ({ mesh, entities: [...entities], malformed }));

/** Lists of kinds that did not change stay the same lists, as they do where they are watched. */
function step(before: World, after: World): World {
  const same = (plural: string) => {
    const [old, now] = [before[plural] ?? [], after[plural] ?? []];
    return old.length === now.length && old.every((each, i) => each === now[i]) ? old : now;
  };
  return Object.fromEntries(Object.keys(after).map((plural) => [plural, same(plural)]));
}

describe('models made from models', () => {
  it('are those that would be made from nothing, whatever changed in between', () => {
    fc.assert(
      fc.property(steps, (changes) => {
        const present: (RawObject | undefined)[] = VARIANTS.map(([first]) => first);
        let world = worldOf(...present.filter((each) => each !== undefined));
        let models = buildModels(world, NOW);
        for (const { slot, variant } of changes) {
          present[slot] =
            variant === undefined ? undefined : (VARIANTS[slot]?.[variant] ?? VARIANTS[slot]?.[0]);
          world = step(world, worldOf(...present.filter((each) => each !== undefined)));
          models = buildModels(world, NOW, models);
          expect(plain(models)).toEqual(plain(buildModels(world, NOW)));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('hold the same entity for an object that stayed, without looking at it again', () => {
    const [node, router] = [member('VirtualNode', 'a'), routerTo('r', toNode('a', 1))];
    const first = worldOf(meshObject(), node, router);
    const before = buildModels(first, NOW);
    const after = buildModels({ ...first, virtualrouters: [routerTo('r', toNode('a', 2))] }, NOW, before);
    const of = (models: readonly MeshModel[], key: string) =>
      [...(models[0]?.entities ?? [])].find(([each]) => each === key)?.[1];
    expect(of(after, 'node:shop/a')).toBe(of(before, 'node:shop/a'));
    expect(of(after, 'router:shop/r')).not.toEqual(of(before, 'router:shop/r'));
  });
});
