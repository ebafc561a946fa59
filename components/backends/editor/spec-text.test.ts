import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeSpecs } from './merge';
import { readSpec, seenSpec, specIn, textWith, writeSpec } from './spec-text';
import type { Spec } from './spec-text';

const policy = fc.constantFrom(
  { tls: { validation: { trust: { file: { certificateChain: '/ca.pem' } } }, later: { more: [1, 'a: b'] } } },
  { tls: { enforce: false, ports: [443, 8443], validation: { trust: { sds: { secretName: 'x #1' } } } } },
);
const entries = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'on'), { maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record(
          {
            virtualService: fc.record(
              { virtualServiceRef: fc.constant({ name, namespace: 'shop' }), clientPolicy: policy },
              { requiredKeys: ['virtualServiceRef'] },
            ),
            unknown: fc.constant({ 'of: a later': null, version: 'yes' }),
          },
          { requiredKeys: ['virtualService'] },
        ),
      ),
    ),
  )
  .map((list): unknown[] => [...list]);
const specs: fc.Arbitrary<Spec> = fc.record(
  {
    backends: entries,
    backendGroups: fc.uniqueArray(fc.constantFrom({ name: '*' }, { name: 'team', namespace: 'pay' }), {
      selector: ({ name }) => name,
    }) as fc.Arbitrary<unknown[]>,
    backendDefaults: policy.map((clientPolicy) => ({ clientPolicy })),
  },
  { requiredKeys: [] },
);
const good = (text: string): Spec => {
  const read = readSpec(text, 'shop');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.spec;
};

describe('what a node says of backends as YAML', () => {
  it('is the same after it was written and read, unknown fields included', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        expect(good(writeSpec(spec))).toEqual(spec);
        expect(writeSpec(good(writeSpec(spec)))).toBe(writeSpec(spec));
      }),
    );
  });

  it('becomes any other by an edit, and the first again', () => {
    fc.assert(
      fc.property(specs, specs, (spec, next) => {
        const text = writeSpec(spec);
        const edited = textWith(text, next);
        expect(good(edited)).toEqual(next);
        expect(good(textWith(edited, spec))).toEqual(spec);
        expect(textWith(text, spec)).toBe(text);
      }),
    );
  });

  it('keeps the comments of what stays', () => {
    const text = `# ours
backends:
  - virtualService:
      virtualServiceRef:
        name: cart # the old one
  - virtualService:
      virtualServiceRef:
        name: pricing
`;
    const { backends = [] } = good(text);
    const more = { virtualService: { virtualServiceRef: { name: 'fraud', namespace: 'pay' } } };
    const edited = textWith(text, { backends: [backends[0], more, backends[1]].slice(0, 2) });
    expect(edited).toContain('# ours');
    expect(edited).toContain('name: cart # the old one');
    expect(edited).toContain('fraud');
    expect(edited).not.toContain('pricing');
  });

  it.each([
    ['backends:\n  - virtualService:\n    x: [1', 3, undefined],
    ['backends:\n  web: 1\n', 2, 'list'],
    ['backendGroups: []\nlisteners: []\n', 2, 'foreign'],
    ['- a\n', 1, 'fields'],
    ['backends: *gone\n', 1, undefined],
  ])('%j cannot be shown, by line %s', (text, line, rule) => {
    const read = readSpec(text, 'shop');
    expect(read.ok).toBe(false);
    expect(read.problems[0]?.issue?.rule).toBe(rule);
    if (rule !== undefined) expect(read.problems[0]?.line).toBe(line);
  });

  it('tells the line of a rule that is broken, and can be shown all the same', () => {
    const text = `backends:
  - virtualService:
      virtualServiceRef: { name: cart }
  - virtualService: {}
  - virtualService:
      virtualServiceRef: { name: cart, namespace: shop }
`;
    const read = readSpec(text, 'shop');
    expect(read.ok && read.spec.backends).toHaveLength(3);
    expect(read.problems.map(({ line, issue }) => [line, issue?.rule])).toEqual([
      [4, 'one'],
      [5, 'twice'],
    ]);
  });

  it('is taken from the object of the cluster, with its version', () => {
    const yaml =
      'metadata: { uid: u, resourceVersion: "7" }\nspec: { backends: null, backendGroups: [], listeners: [] }';
    expect(seenSpec(yaml)).toEqual({ uid: 'u', resourceVersion: '7', spec: { backendGroups: [] } });
    expect(specIn(undefined)).toEqual({});
  });
});

describe('a draft on top of what somebody else wrote', () => {
  it('is the draft where nobody else wrote, and theirs where the draft changed nothing', () => {
    fc.assert(
      fc.property(specs, specs, (base, other) => {
        expect(mergeSpecs({ base, theirs: base, mine: other }, 'shop')).toEqual({ spec: other, clashes: [] });
        expect(mergeSpecs({ base, theirs: other, mine: base }, 'shop')).toEqual({ spec: other, clashes: [] });
      }),
    );
  });

  it('has both changes, and says what both changed', () => {
    const entry = (name: string, more: object = {}) => ({
      virtualService: { virtualServiceRef: { name }, ...more },
    });
    const { spec, clashes } = mergeSpecs(
      {
        base: { backends: [entry('a'), entry('b'), entry('c')] },
        theirs: { backends: [entry('a', { clientPolicy: {} }), entry('c'), entry('theirs')] },
        mine: { backends: [entry('a', { clientPolicy: { tls: null } }), entry('b'), entry('mine')] },
      },
      'shop',
    );
    expect(spec.backends).toEqual([
      entry('a', { clientPolicy: { tls: null } }),
      entry('theirs'),
      entry('mine'),
    ]);
    expect(clashes).toEqual(['shop/a']);
  });
});
