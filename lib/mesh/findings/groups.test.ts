import { describe, expect, it } from 'vitest';
import { group, modelOf, node, NOW, service, to } from '../fixtures';
import { findFindings } from './index';

const provider = { kind: 'node' as const, target: to('node', 'caller') };
const team = to('backendGroup', 'team');
const bare = { ...to('service', 'db'), bare: true };
const there = service('db', provider);
const caller = (namespace: string, more = {}) => {
  const made = node('caller', [], { backendGroups: [team], ...more });
  return { ...made, ref: { ...made.ref, namespace } };
};
const codes = (...entities: Parameters<typeof modelOf>[0]) =>
  findFindings(modelOf([group('team', [bare]), there, ...entities]), NOW).map(({ code }) => code);

describe('a member without a namespace', () => {
  it('is a finding where a node of another namespace uses the group', () => {
    const [found] = findFindings(modelOf([group('team', [bare]), there, caller('pay')]), NOW);
    expect(found).toMatchObject({
      code: 'MD307',
      subject: 'backendGroup:shop/team',
      path: 'spec.virtualservices[0]',
      details: { member: 'db', expected: 'shop/db', node: 'pay/caller', meant: 'pay/db', more: 0 },
    });
  });

  it('is none where only nodes beside the group use it, and none where nobody does', () => {
    expect(codes(caller('shop'))).toEqual([]);
    expect(codes()).toEqual([]);
  });

  it('is none once its namespace is written', () => {
    const model = modelOf([group('team', [to('service', 'db')]), there, caller('pay')]);
    expect(findFindings(model, NOW)).toEqual([]);
  });
});

it('a node whose groups the controller ignores is told which ones', () => {
  const model = modelOf([group('team', [bare]), there, caller('pay', { groupsIgnored: true })]);
  expect(findFindings(model, NOW)).toMatchObject([
    { code: 'MD306', subject: 'node:shop/caller', details: { groups: 'shop/team' } },
  ]);
});
