import { describe, expect, it } from 'vitest';
import { applyJsonPatch, applyMergePatch } from './patch';

const object = { metadata: { uid: 'u1', annotations: { 'a/b': 'x' } }, spec: { list: [1, 2, 3] } };

describe('applyJsonPatch', () => {
  it('applies to a copy, escaped paths included', () => {
    const patched = applyJsonPatch(object, [
      { op: 'test', path: '/metadata/uid', value: 'u1' },
      { op: 'replace', path: '/spec/list/1', value: 9 },
      { op: 'replace', path: '/metadata/annotations/a~1b', value: 'y' },
    ]);
    expect(patched).toEqual({
      metadata: { uid: 'u1', annotations: { 'a/b': 'y' } },
      spec: { list: [1, 9, 3] },
    });
    expect(object.spec.list).toEqual([1, 2, 3]);
  });

  it.each([
    [[{ op: 'test', path: '/metadata/uid', value: 'u2' }], 422],
    [[{ op: 'replace', path: '/spec/none/0', value: 1 }], 422],
    [[{ op: 'paint', path: '/spec' }], 400],
    [{ op: 'add' }, 400],
  ])('refuses %j with %i', (patch, code) => {
    expect(() => applyJsonPatch(object, patch)).toThrow(expect.objectContaining({ code }));
  });
});

describe('applyMergePatch', () => {
  it('merges objects, removes with null and replaces lists', () => {
    expect(
      applyMergePatch(object, { metadata: { uid: null }, spec: { list: [4], more: { deep: true } } }),
    ).toEqual({
      metadata: { annotations: { 'a/b': 'x' } },
      spec: { list: [4], more: { deep: true } },
    });
  });
});
