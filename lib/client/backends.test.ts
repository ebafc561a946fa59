import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DRAFT } from '@/lib/mesh/backends/edits';
import type { EditKind } from '@/lib/mesh/backends/edits';
import { meshKey, nodeKey, serviceKey } from '@/lib/mesh/keys';
import { backendsDraft, readDraft, writeDraft } from './backends-drafts';
import { findingQuery, readBackendsView, writeBackendsView } from './backends-view';

describe('the view of the whitelist', () => {
  it.each([
    '',
    '?tab=suggestions&window=24h',
    '?node=shop%2F&service=cart&cells=silent%2Cundeclared&drafted=1',
    '?from=node%3Ashop%2Fweb&to=service%3Ashop%2Fcart',
  ])('reads and writes %s', (search) => {
    expect(writeBackendsView('', readBackendsView(search))).toBe(search);
  });

  it('leaves out what it does not know, and keeps what is not its own', () => {
    const view = readBackendsView('?tab=odd&cells=closed,odd&from=nothing&other=1');
    expect(view).toMatchObject({ tab: 'matrix', states: [], from: undefined });
    expect(writeBackendsView('?other=1', view)).toBe('?other=1');
  });
});

describe('where a finding is looked into', () => {
  const [a, b, db] = [nodeKey('shop', 'a'), nodeKey('shop', 'b'), serviceKey('shop', 'db')];
  it.each([
    ['the cell, where it names both', 'MD303', a, [db], '?from=node%3Ashop%2Fa&to=service%3Ashop%2Fdb'],
    ['the cell of an undeclared call', 'MD601', a, [b, db], '?from=node%3Ashop%2Fa&to=service%3Ashop%2Fdb'],
    ['the row of a node', 'MD308', a, [], '?from=node%3Ashop%2Fa'],
    ['the column of a service that several list', 'MD309', db, [a, b], '?to=service%3Ashop%2Fdb'],
    [
      'the cell of a service that one lists',
      'MD309',
      db,
      [a],
      '?from=node%3Ashop%2Fa&to=service%3Ashop%2Fdb',
    ],
    ['the egress filter, of a mesh', 'MD305', meshKey('shop'), [], '?tab=egress'],
    ['nowhere, of what is about no list', 'MD401', a, [db], undefined],
  ] as const)('is %s', (_, code, subject, related, query) => {
    const finding = { id: '', severity: 'info' as const, details: {} };
    expect(findingQuery({ ...finding, code, subject, related: [...related] })).toBe(query);
  });
});

describe('a stored draft', () => {
  const names = fc.constantFrom('a', 'b', 'c/d', '한국', '"');
  const drafts = fc
    .array(fc.tuple(names, names, fc.constantFrom<EditKind>('allow', 'revoke')))
    .map((edits) => {
      const draft = new Map<ReturnType<typeof nodeKey>, Map<ReturnType<typeof serviceKey>, EditKind>>();
      for (const [node, service, kind] of edits) {
        const row = draft.get(nodeKey('shop', node)) ?? new Map();
        draft.set(nodeKey('shop', node), row.set(serviceKey('shop', service), kind));
      }
      return draft;
    });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        expect(readDraft(writeDraft(draft))).toEqual(draft);
      }),
    );
  });

  it.each(['', '{', '{}', '[1]', '[["a","b","allow"]]', '[["node:s/a","service:s/b","drop"]]', null])(
    'that cannot be read is none: %s',
    (text) => expect(readDraft(text)).toEqual(NO_DRAFT),
  );

  it('is one for all who ask for the same mesh, and they hear of every change', () => {
    const store = backendsDraft('sandbox', 'shop');
    expect(backendsDraft('sandbox', 'shop')).toBe(store);
    expect(backendsDraft('sandbox', 'other')).not.toBe(store);
    let heard = 0;
    const stop = store.subscribe(() => (heard += 1));
    store.set(new Map([[nodeKey('shop', 'a'), new Map([[serviceKey('shop', 'b'), 'allow' as const]])]]));
    store.set(store.get());
    stop();
    store.set(NO_DRAFT);
    expect(heard).toBe(1);
  });
});
