import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, fingerprint, listEdits, same } from './plain';

const lists = fc.array(fc.constantFrom('a', 'b', 'c', { d: 1 }), { maxLength: 8 });

describe('plain data', () => {
  it('says the same whatever the order of its fields, and not so of its items', () => {
    expect(same({ a: 1, b: [1, { c: 2, d: undefined }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
    expect(same([1, 2], [2, 1])).toBe(false);
    expect(same({ a: null }, {})).toBe(false);
  });

  it('is told by its fingerprint', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(fingerprint(a)).toMatch(/^[0-9a-f]{16}$/);
        expect(fingerprint(a) === fingerprint(b)).toBe(canonical(a) === canonical(b));
      }),
    );
  });
});

describe('the edits between two lists', () => {
  it('lead from the one to the other, and touch nothing that is in both', () => {
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        const { removed, added } = listEdits(before, after);
        const kept = before.filter((_, at) => !removed.includes(at));
        expect(after.filter((_, at) => !added.includes(at))).toEqual(kept);
        const made = [...kept];
        for (const at of added) made.splice(at, 0, after[at] ?? '');
        expect(made).toEqual(after);
      }),
    );
  });

  it('are none where nothing changed', () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(listEdits(list, structuredClone(list))).toEqual({ removed: [], added: [] });
      }),
    );
  });
});
