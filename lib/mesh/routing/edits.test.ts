import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, route, router, to, weighted } from '../fixtures';
import type { Router } from '../model';
import { editRouter, inverseOf } from './edits';
import type { RouterEdit } from './edits';

const web = router('web', [
  route('all', {
    match: [prefix('/')],
    targets: [weighted(to('node', 'web-v1'), 90), weighted(to('node', 'web-v2'), 0)],
  }),
]);
const options = { targetOf: (node: string) => to('node', node.split('/')[1] ?? ''), targetsMax: 3 };
const edit = (of: Router, wanted: RouterEdit) => {
  const result = editRouter(of, wanted, options);
  if (!result.ok) throw new Error(result.problem.key);
  return result.edited;
};
const problem = (of: Router, wanted: RouterEdit) => editRouter(of, wanted, options);
const names = ({ routes }: Router) => routes[0]?.targets.map(({ name, weight }) => `${name} ${weight}`);

const v3: RouterEdit = { kind: 'addTarget', route: 'all', node: 'shop/web-v3' };

describe('a router that is edited', () => {
  it('gets a target that nothing goes to', () => {
    const { router: next, entry } = edit(web, v3);
    expect(names(next)).toEqual(['web-v1 90', 'web-v2 0', 'web-v3 0']);
    expect(entry.after.at(-1)).toEqual({ node: 'shop/web-v3', weight: 0 });
  });

  it.each<[string, RouterEdit]>([
    ['noRoute', { ...v3, route: 'gone' }],
    ['targetThere', { ...v3, node: 'shop/web-v2' }],
    ['targetGone', { ...v3, kind: 'removeTarget' }],
    ['carriesWeight', { kind: 'removeTarget', route: 'all', node: 'shop/web-v1' }],
    ['noCanary', { kind: 'removeCanary', canary: 'all' }],
  ])('is left alone for %s', (key, wanted) => {
    expect(problem(web, wanted)).toMatchObject({ ok: false, problem: { key } });
  });

  it('keeps within what a route can have, and to at least one target', () => {
    const full = edit(web, v3).router;
    expect(problem(full, { ...v3, node: 'shop/web-v4' })).toMatchObject({ problem: { key: 'tooManyTargets', most: 3 } }); // prettier-ignore
    const single = router('web', [route('all', { targets: [weighted(to('node', 'web-v1'), 0)] })]);
    expect(problem(single, { kind: 'removeTarget', route: 'all', node: 'shop/web-v1' })).toMatchObject({ ok: false }); // prettier-ignore
  });

  it('is what it was once an edit is taken back', () => {
    const edits: fc.Arbitrary<RouterEdit> = fc.constantFrom<RouterEdit>(
      v3,
      { kind: 'removeTarget', route: 'all', node: 'shop/web-v2' },
      { kind: 'addCanary', route: 'all', header: { name: 'X-Beta', content: 'yes' }, node: 'shop/web-v2' },
    );
    fc.assert(
      fc.property(edits, (wanted) => {
        const { router: next, entry } = edit(web, wanted);
        const back = inverseOf(entry);
        if (back === undefined) throw new Error('nothing takes it back');
        const { router: undone, entry: second } = edit(next, back);
        expect(undone).toEqual(web);
        const again = inverseOf(second);
        expect(again && edit(undone, again).router).toEqual(next);
      }),
    );
  });

  it('is not taken back by an edit where weights were changed', () => {
    const targets = [{ node: 'shop/web-v1', weight: 90 }];
    expect(inverseOf({ route: 'all', before: targets, after: targets })).toBeUndefined();
  });
});
