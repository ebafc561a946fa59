import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { quickly, ShiftRig } from './testing/rig';

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

/** `verb group/resource` of each request that was sent. */
const used = new Set<string>();
const VERBS: Readonly<Record<string, string>> = {
  ...{ POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete', WATCH: 'watch' },
};

async function before(method: string, path: string): Promise<void> {
  const [, group = '', resource = '', name, sub] =
    /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)(?:\/namespaces\/[^/]+(?=\/))?\/([^/]+)(?:\/([^/]+)(?:\/(.+))?)?$/.exec(path) ?? []; // prettier-ignore
  const verb = VERBS[method] ?? (name === undefined ? 'list' : 'get');
  used.add(`${verb} ${group}/${resource}${sub === undefined ? '' : `/${sub}`}`);
  return Promise.resolve();
}

let rig: ShiftRig;
beforeAll(async () => {
  rig = await ShiftRig.start();
}, 60_000);
afterAll(() => rig.stop());

it('is what the engine needs to carry shifts out, take them back, and let them be deleted; and no more', async () => {
  rig.engine({ before });
  const phase = (name: string) => expect.poll(() => rig.phase(name), { timeout: 18_000, interval: 50 });
  await rig.create('cart-1', quickly('cart', [20, 100]));
  await phase('cart-1').toBe('Succeeded');
  await rig.create('reviews-1', {
    ...quickly('reviews', [100]),
    strategy: { canary: { steps: [{ weight: 30, holdSeconds: 600 }, { weight: 100 }] } },
  });
  await phase('reviews-1').toBe('Holding');
  await rig.control('reviews-1', { action: 'abort' });
  await phase('reviews-1').toBe('RolledBack');
  await rig.remove('reviews-1');
  await rig.restart({ before });
  await expect.poll(() => [...used]).toContain('update coordination.k8s.io/leases');

  const file = readFileSync(new URL('../deploy/rbac/engine.yaml', import.meta.url), 'utf8');
  const objects = parseAllDocuments(file).map((each) => each.toJS() as { rules?: Rule[] });
  const permitted = objects.flatMap(({ rules = [] }) =>
    rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)),
      ),
    ),
  );
  expect([...used].sort()).toEqual([...new Set(permitted)].sort());
});
