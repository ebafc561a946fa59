/** What holds for any small whitelist. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsOf, listWith, NO_DRAFT, planOf, rebased, toggled, withEdits, withoutDone } from './edits';
import type { Draft } from './edits';
import { callsOf, clicks, lists, n, NAMES, s } from './fixtures';
import { egressEffects } from './egress';
import { impactOf } from './impact';
import { cellOf, matrixOf } from './matrix';
import { callersOf, reachersOf, reachOf, servicesOf } from './reach';
import { grantsOf, isAllowed, ownNames, permission, ruleOf } from './whitelist';
import type { Whitelist } from './whitelist';

const clicked = (list: Whitelist, pairs: readonly (readonly [string, string])[]): Draft =>
  pairs.reduce((draft, [node, service]) => toggled(draft, list, n(node), s(service)), NO_DRAFT);

const permissions = (list: Whitelist) =>
  [...list.nodes.values()].map((node) => NAMES.map((name) => permission(node, s(name), list.egress)));

describe('the matrix', () => {
  it('says of every cell what the list of its node says, and has every entry of every list', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const { rows, columns } = matrixOf(list);
        for (const node of rows) {
          const listed = columns
            .filter(({ key }) =>
              ['direct', 'group', 'wildcard'].includes(
                cellOf(list, new Map(), NO_DRAFT, node, key).permission,
              ),
            )
            .map(({ key }) => key);
          expect(new Set(listed)).toEqual(new Set(node.backends.map(({ key }) => key)));
          const direct = columns
            .filter(({ key }) => cellOf(list, new Map(), NO_DRAFT, node, key).permission === 'direct')
            .map(({ namespace, name }) => `${namespace}/${name}`);
          expect(direct.sort()).toEqual(ownNames(node).sort());
        }
      }),
    );
  });
});

describe('a draft', () => {
  it('is empty again after every cell was clicked twice', () => {
    fc.assert(
      fc.property(lists, clicks, (list, pairs) => {
        expect(clicked(list, [...pairs, ...pairs.toReversed()]).size).toBe(0);
      }),
    );
  });

  it('and its opposite leave who may reach what as it was', () => {
    fc.assert(
      fc.property(lists, clicks, (list, pairs) => {
        const draft = clicked(list, pairs);
        const applied = listWith(list, draft);
        const opposite = withEdits(
          NO_DRAFT,
          applied,
          [...editsOf(draft)].map((edit) => ({
            ...edit,
            kind: edit.kind === 'allow' ? ('revoke' as const) : ('allow' as const),
          })),
        );
        const back = listWith(applied, opposite);
        expect(permissions(back)).toEqual(permissions(list));
        expect([...back.nodes.values()].map((node) => ownNames(node).sort())).toEqual(
          [...list.nodes.values()].map((node) => ownNames(node).sort()),
        );
      }),
    );
  });

  it('asks for exactly what it changes, one change for each node', () => {
    fc.assert(
      fc.property(lists, clicks, (list, pairs) => {
        const draft = clicked(list, pairs);
        const plans = planOf(draft, list);
        expect(plans.map(({ node }) => node)).toEqual([...draft.keys()].sort());
        const applied = listWith(list, draft);
        for (const { node, allow, revoke, expected } of plans) {
          const before = list.nodes.get(node);
          const after = applied.nodes.get(node);
          if (before === undefined || after === undefined) throw new Error(node);
          expect(expected.backends).toEqual(ownNames(before));
          const wanted = [...ownNames(before).filter((name) => !revoke.includes(name)), ...allow];
          expect(ownNames(after).sort()).toEqual(wanted.sort());
        }
      }),
    );
  });

  it('that came true has nothing left to do', () => {
    fc.assert(
      fc.property(lists, clicks, (list, pairs) => {
        const draft = clicked(list, pairs);
        const applied = listWith(list, draft);
        expect(rebased(draft, applied).size).toBe(0);
        expect(rebased(draft, list)).toBe(draft);
        expect(withoutDone(draft, applied).size).toBe(0);
        expect(withoutDone(draft, list)).toBe(draft);
        expect(withoutDone(draft, { ...list, nodes: new Map() })).toBe(draft);
      }),
    );
  });
});

describe('what a draft does', () => {
  it('is told for every observed call whose permission changes, and for no other', () => {
    const everything = NAMES.flatMap((from) => NAMES.map((name): [string, string] => [from, name]));
    const calls = callsOf(...everything);
    fc.assert(
      fc.property(lists, clicks, (list, pairs) => {
        const draft = clicked(list, pairs);
        const { breaks, opens } = impactOf(list, draft, calls);
        const applied = listWith(list, draft);
        const pairsOf = (some: typeof breaks) => some.map(({ node, service }) => `${node} ${service}`).sort();
        const changed = (becomes: boolean) =>
          [...list.nodes.values()].flatMap((before) => {
            const after = applied.nodes.get(before.key) ?? before;
            return NAMES.map(s).flatMap((service) =>
              isAllowed(permission(before, service, list.egress)) !== becomes &&
              isAllowed(permission(after, service, list.egress)) === becomes
                ? [`${before.key} ${service}`]
                : [],
            );
          });
        expect(pairsOf(breaks)).toEqual(changed(false).sort());
        expect(pairsOf(opens)).toEqual(changed(true).sort());
      }),
    );
  });

  it('of the egress filter, there and back, is nothing', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const other = list.egress === 'deny' ? 'allow' : 'deny';
        const there = egressEffects(list, new Map(), new Set(), other);
        const back = egressEffects({ ...list, egress: other }, new Map(), new Set(), list.egress);
        expect(there.map(({ node }) => node).sort()).toEqual(back.map(({ node }) => node).sort());
        for (const { node } of there)
          expect(grantsOf(list.nodes.get(node) ?? expect.unreachable()).size).toBe(0);
      }),
    );
  });
});

describe('reach', () => {
  it('is the same seen from both ends', () => {
    fc.assert(
      fc.property(lists, (list) => {
        for (const node of list.nodes.keys())
          for (const name of NAMES) {
            const there = reachOf(list, node).get(s(name));
            const back = reachersOf(list, s(name)).get(node);
            expect(there?.hops).toBe(back?.hops);
            expect(servicesOf(list, node).includes(s(name))).toBe(callersOf(list, s(name)).includes(node));
            expect(there?.hops === 1).toBe(callersOf(list, s(name)).includes(node));
          }
      }),
    );
  });

  it('is everything for a node without a list in a mesh that allows all, and its list otherwise', () => {
    fc.assert(
      fc.property(lists, (list) => {
        for (const node of list.nodes.values())
          expect(ruleOf(node, list.egress)).toBe(
            list.egress === 'allow' && node.backends.length === 0 ? 'everything' : 'list',
          );
      }),
    );
  });
});
