import { describe, expect, it } from 'vitest';
import type { GroupAnswer } from '@/lib/api/backend-groups';
import { saying } from '@/lib/client/backend-groups';
import { backendGroupKey, serviceKey } from '@/lib/mesh/keys';
import type { BackendGroup, GroupMember } from '@/lib/mesh/model';
import { changeOf, changesSomething, memberEdits, rebasedMembers, undoOf, writeOf } from './group-plan';

const member = (name: string, more: Partial<GroupMember> = {}): GroupMember => ({
  key: serviceKey('shop', name),
  namespace: 'shop',
  name,
  resolution: 'ok',
  ...more,
});
// Of the group only what the plan looks at.
const group = {
  key: backendGroupKey('shop', 'team'),
  ref: { namespace: 'shop', name: 'team', uid: 'u', resourceVersion: '7' },
  members: [member('a'), member('b', { bare: true }), member('c')],
} as BackendGroup;
const place = { namespace: 'shop', name: 'team' };
const EXPECTED = { uid: 'u', resourceVersion: '7', members: ['shop/a', 'b', 'shop/c'] };
const answer = { group: { uid: 'u', resourceVersion: '8', generation: 2 } } as GroupAnswer;

describe('what is sent for a group', () => {
  it('is the difference of its members, measured against what was seen', () => {
    const wanted = { ...place, group, members: ['shop/a', 'b', 'pay/d'] };
    expect(writeOf(wanted)).toEqual({
      kind: 'edit',
      ...place,
      body: { add: ['pay/d'], remove: ['shop/c'], expected: EXPECTED },
    });
    expect(memberEdits(changeOf(wanted))).toEqual({ add: ['pay/d'], remove: ['shop/c'] });
  });

  it('is nothing where the members are those it has', () => {
    expect(changesSomething(changeOf({ ...place, group, members: ['b', 'shop/a', 'shop/c'] }))).toBe(false);
    expect(changesSomething(changeOf({ ...place, group, members: undefined }))).toBe(true);
    expect(changesSomething(changeOf({ ...place, group: undefined, members: [] }))).toBe(true);
  });

  it('says the owner is known only where there can be one', () => {
    const made = writeOf({ ...place, group: undefined, members: ['a'] });
    expect(saying(made, { acknowledgeOwner: true, reason: 'why' }).body).toEqual({
      ...place,
      members: ['a'],
      reason: 'why',
    });
    const gone = writeOf({ ...place, group, members: undefined });
    expect(saying(gone, { acknowledgeOwner: true }).body).toMatchObject({ acknowledgeOwner: true });
  });
});

describe('what takes it back', () => {
  it('is the entry of the history for a change, as long as the members are what it left', () => {
    const wanted = { ...place, group, members: ['shop/a'] };
    expect(undoOf(wanted, { ...answer, after: ['shop/a'], historyId: 'h' })).toEqual({
      kind: 'edit',
      ...place,
      body: { undo: 'h', expected: { uid: 'u', resourceVersion: '8', members: ['shop/a'] } },
    });
  });

  it('is the deletion of what was made, and the making of what was deleted', () => {
    expect(undoOf({ ...place, group: undefined, members: ['a'] }, { ...answer, after: ['a'] })).toMatchObject(
      {
        kind: 'remove',
        body: { expected: { uid: 'u', members: ['a'] } },
      },
    );
    const restore = { virtualservices: [{ name: 'a' }] };
    expect(undoOf({ ...place, group, members: undefined }, { ...answer, restore })).toEqual({
      kind: 'create',
      body: { ...place, restore },
    });
  });
});

it('a conflict keeps what was wanted, on top of what stands there now', () => {
  expect(rebasedMembers(['a', 'b', 'c'], ['a', 'c', 'd'], ['b', 'c', 'e'])).toEqual({
    members: ['b', 'c', 'e', 'd'],
    removed: new Set(['b']),
  });
  expect(rebasedMembers(['a'], ['a'], ['x'])).toEqual({ members: ['x'], removed: new Set() });
});
