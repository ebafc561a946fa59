import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import type { Operation } from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { expanded, groupImpact, membersIn } from '@/lib/mesh/backends/groups';
import { NO_CALLS } from '@/lib/mesh/backends/observed';
import { whitelistOf } from '@/lib/mesh/backends/whitelist';
import { backendGroupKey, nodeKey, serviceKey } from '@/lib/mesh/keys';
import type { BackendsEntry, MeshNode } from '@/lib/mesh/model';
import { buildModels } from './build-models';
import { meshObject, member, NOW } from './fixtures';
import {
  changeGroup,
  groupManifest,
  groupNames,
  groupPatch,
  memberRecord,
  restorable,
  undoGroup,
} from './groups-patch';
import { HISTORY_ANNOTATION, readBackendsHistory } from './history';
import type { ChangedList } from './list-patch';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';

/** Applies a patch as the API server would; throws where a `test` fails. */
const applied = (object: RawObject, patch: JsonPatchOp[]): RawObject =>
  jsonPatch.applyPatch(
    structuredClone(object),
    JSON.parse(JSON.stringify(patch)) as Operation[], // what the wire carries
    true,
  ).newDocument;

const entryOf = (group: RawObject, changed: ChangedList): BackendsEntry => ({
  id: 'one',
  at: '2026-06-01T12:00:00Z',
  by: 'somebody',
  ...JSON.parse(JSON.stringify(memberRecord(group, changed))),
});

const NAMESPACES = ['shop', 'pay'];
const SERVICES = ['a', 'b', 'c'];
const ref = fc
  .tuple(fc.constantFrom(undefined, ...NAMESPACES), fc.constantFrom(...SERVICES))
  .map(([namespace, name]) => (namespace === undefined ? { name } : { name, namespace }));
const members = fc.option(fc.array(ref, { maxLength: 5 }), { nil: undefined });
const groupOf = (virtualservices: object[] | undefined, namespace = 'shop', name = 'team') =>
  member('BackendGroup', name, virtualservices === undefined ? {} : { virtualservices }, { namespace });

/** A change that makes sense of these members: what is there may go, what is not may come. */
const changeOf = (names: readonly string[], picked: readonly string[]) => {
  const wanted = [...new Set(picked)];
  return {
    add: wanted.filter((name) => !names.includes(name)),
    remove: wanted.filter((name) => names.includes(name)),
  };
};
const picked = fc.array(fc.constantFrom('a', 'shop/a', 'pay/b', 'b', 'pay/c'), { maxLength: 4 });

describe('a change of the members of a group', () => {
  it('and its undoing give the same object again, whatever it was', () => {
    fc.assert(
      fc.property(members, picked, (list, names) => {
        const group = groupOf(list);
        const made = changeGroup(group, changeOf(groupNames(group) ?? [], names));
        if (!made.ok) throw new Error(made.kind);
        const after = applied(group, groupPatch(group, made.changed, entryOf(group, made.changed)));
        const [entry] = readBackendsHistory(after.metadata.annotations?.[HISTORY_ANNOTATION]);
        if (entry === undefined) throw new Error('no history');
        const undone = undoGroup(after, entry);
        if (!undone.ok) throw new Error(undone.kind);
        const back = applied(after, groupPatch(after, undone.changed));
        expect(back['spec']).toEqual(group['spec']);
      }),
    );
  });

  it('leaves what stays where it is, and fields it does not know', () => {
    const group = groupOf([{ name: 'a', later: 1 }, { name: 'b' }]);
    const made = changeGroup(group, { add: ['pay/c'], remove: ['b'] });
    if (!made.ok) throw new Error(made.kind);
    expect(applied(group, groupPatch(group, made.changed))['spec']).toMatchObject({
      virtualservices: [
        { name: 'a', later: 1 },
        { name: 'c', namespace: 'pay' },
      ],
    });
  });

  it('fails where the list is another one than it was made for', () => {
    const made = changeGroup(groupOf([{ name: 'a' }]), { add: ['b'] });
    if (!made.ok) throw new Error(made.kind);
    const patch = groupPatch(groupOf([{ name: 'a' }]), made.changed);
    expect(() => applied(groupOf([{ name: 'a' }, { name: 'c' }]), patch)).toThrow();
  });
});

it('a group that is made again is what it was', () => {
  fc.assert(
    fc.property(members, (list) => {
      const group: RawObject = {
        ...groupOf(list),
        metadata: { ...groupOf(list).metadata, labels: { team: 'a' }, annotations: { note: 'b' } },
      };
      const again = groupManifest({ namespace: 'shop', name: 'team' }, restorable(group));
      expect(again.metadata).toEqual({
        name: 'team',
        namespace: 'shop',
        labels: { team: 'a' },
        annotations: { note: 'b' },
      });
      expect({ ...again.spec, meshRef: (group['spec'] as { meshRef: object }).meshRef }).toEqual(
        group['spec'],
      );
    }),
  );
});

describe('what groups let through', () => {
  const own = fc.array(ref, { maxLength: 3 });
  const groupRefs = fc.array(
    fc.constantFrom(
      { name: 'team' },
      { name: 'team', namespace: 'pay' },
      { name: '*' },
      { name: '*', namespace: 'pay' },
      { name: 'gone' },
    ),
    { maxLength: 3 },
  );
  const worlds = fc.record({
    present: fc.subarray(NAMESPACES.flatMap((namespace) => SERVICES.map((name) => ({ namespace, name })))),
    shop: members,
    pay: members,
    own,
    groups: groupRefs,
    at: fc.constantFrom(...NAMESPACES),
  });

  const built = ({
    present,
    shop,
    pay,
    own: backends,
    groups,
    at,
  }: typeof worlds extends fc.Arbitrary<infer W> ? W : never) => {
    const world = {
      meshes: [meshObject()],
      virtualservices: present.map(({ namespace, name }) =>
        member('VirtualService', name, {}, { namespace }),
      ),
      backendgroups: [groupOf(shop), groupOf(pay, 'pay')],
      virtualnodes: [
        member(
          'VirtualNode',
          'caller',
          {
            backends: backends.map((virtualServiceRef) => ({
              virtualService: { virtualServiceRef, clientPolicy: { tls: {} } },
            })),
            backendGroups: groups,
          },
          { namespace: at },
        ),
      ],
    };
    const [model] = buildModels(world, NOW);
    const node = model?.entities.get(nodeKey(at, 'caller'));
    if (model === undefined || node?.kind !== 'node') throw new Error('no node');
    return { list: whitelistOf(model.mesh, model.entities.values()), node };
  };
  const byKey = (node: MeshNode) => [...node.backends].sort((a, b) => (a.key < b.key ? -1 : 1));

  it('is what the rules of the controller say, written down a second time', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { node } = built(world);
        const { present, at } = world;
        const keyFor = ({ name, namespace }: { name: string; namespace?: string }) =>
          serviceKey(namespace ?? at, name);
        const explicit = world.own.map(keyFor);
        const named = world.groups.flatMap((group: { name: string; namespace?: string }) => {
          const home = group.namespace ?? at;
          if (group.name === '*')
            return present.filter(({ namespace }) => namespace === home).map((each) => keyFor(each));
          // A member without a namespace means that of the node, wherever the group is.
          return group.name === 'team' ? ((home === 'shop' ? world.shop : world.pay) ?? []).map(keyFor) : [];
        });
        const added = node.backends.filter(({ viaGroup }) => viaGroup !== undefined);
        expect(node.backends.slice(0, explicit.length).map(({ key }) => key)).toEqual(explicit);
        expect(new Set(added.map(({ key }) => key))).toEqual(
          new Set(named.filter((key) => !explicit.includes(key))),
        );
        expect(added.length).toBe(new Set(added.map(({ key }) => key)).size);
        expect(added.every(({ tlsEnforced }) => tlsEnforced === undefined)).toBe(true);
      }),
    );
  });

  it('is worked out anew, for a change, just as it was read', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { list, node } = built(world);
        expect(byKey(expanded(node, list, membersIn(list)))).toEqual(byKey(node));
      }),
    );
  });

  it('after a change is what is read once the change is made, and nothing where nothing is changed', () => {
    fc.assert(
      fc.property(worlds, members, (world, next) => {
        const { list, node } = built(world);
        const key = backendGroupKey('shop', 'team');
        const after = groupNames(groupOf(next)) ?? [];
        const then = built({ ...world, shop: next }).node;
        const worked = expanded(node, list, new Map(membersIn(list)).set(key, after));
        expect(byKey(worked)).toEqual(byKey(then));
        const before = membersIn(list).get(key);
        const same = groupImpact(list, { key, before, after: before }, NO_CALLS);
        expect([same.held, same.duplicates, same.unseen, same.rules]).toEqual([[], [], [], []]);
      }),
    );
  });
});
