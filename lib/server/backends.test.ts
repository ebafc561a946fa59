import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nodeKey, serviceKey } from '@/lib/mesh/keys';
import { ask, SOURCE, startRig, until, type Rig } from './testing/rig';

const NODES = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualnodes';
const path = (name: string) => `${SOURCE}/nodes/shop/${name}/backends`;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('shop');
}, 60_000);
afterAll(() => rig.stop());
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
const node = (name: string): Promise<any> => rig.sandbox.request('GET', `${NODES}/${name}`);
const names = async (name: string): Promise<string[]> =>
  ((await node(name)).spec.backends ?? []).map(
    ({
      virtualService: { virtualServiceRef: ref },
    }: {
      virtualService: { virtualServiceRef: { name: string; namespace?: string } };
    }) => `${ref.namespace ?? 'shop'}/${ref.name}`,
  );
const patchSpec = (name: string, spec: object) =>
  rig.sandbox.request('PATCH', `${NODES}/${name}`, { spec }, 'application/merge-patch+json');

const POLICY = { tls: { enforce: true, validation: { trust: { file: { certificateChain: '/ca.pem' } } } } };
const entry = (name: string, more: object = {}) => ({
  virtualService: { virtualServiceRef: { name, namespace: 'shop' }, ...more },
});

describe('a change of backends', () => {
  let original: unknown;
  beforeAll(async () => {
    original = (await node('cart-v1')).spec.backends;
  });
  afterEach(() => patchSpec('cart-v1', { backends: original }));

  it('changes the object, records why, and the stream of the mesh hears of it', async () => {
    const before = await names('cart-v1');
    const { status, body } = await rig.ask('PATCH', path('cart-v1'), {
      allow: [{ service: 'pay/fraud' }],
      revoke: ['shop/inventory'],
      reason: 'fraud check',
    });
    expect(status).toBe(200);
    const after = [...before.filter((name) => name !== 'shop/inventory'), 'pay/fraud'];
    expect(body).toMatchObject({ outcome: 'applied', before, after });
    expect(await names('cart-v1')).toEqual(after);
    expect(body.kubectl).toContain('kubectl -n shop patch virtualnodes.appmesh.k8s.aws cart-v1');
    expect(body.kustomize).toContain('kind: VirtualNode');
    expect(body.yaml.after).not.toContain('managedFields');
    const { metadata } = await node('cart-v1');
    expect(JSON.parse(metadata.annotations['meshdeck.dev/history'])).toMatchObject([
      { id: body.historyId, by: 'meshdeck', reason: 'fraud check', before, after },
    ]);
    const { hub } = rig.console.sources[0] ?? {};
    await until(rig.console, () =>
      Boolean(
        hub
          ?.picture('shop')
          ?.answer.edges.some(
            ({ source, target }) =>
              source === nodeKey('shop', 'cart-v1') && target === serviceKey('pay', 'fraud'),
          ),
      ),
    );
  });

  it('is taken back by its entry in the history, which gives the original list, policies included', async () => {
    const { spec } = await node('cart-v1');
    const policy = {
      tls: { enforce: true, validation: { trust: { file: { certificateChain: '/ca.pem' } } } },
    };
    const set = await rig.ask('PATCH', path('cart-v1'), {
      allow: [{ service: 'pay/fraud', clientPolicy: policy }],
      revoke: ['shop/pricing'],
      policies: [{ service: 'shop/inventory', clientPolicy: policy }],
    });
    expect(set.status).toBe(200);
    expect((await node('cart-v1')).spec.backends[0].virtualService.clientPolicy).toEqual(policy);
    const undone = await rig.ask('PATCH', path('cart-v1'), { undo: set.body.historyId });
    expect(undone).toMatchObject({ status: 200, body: { outcome: 'applied' } });
    expect((await node('cart-v1')).spec).toEqual(spec);
  });

  it('is not taken back once somebody changed the list', async () => {
    const set = await rig.ask('PATCH', path('cart-v1'), { allow: [{ service: 'pay/fraud' }] });
    await patchSpec('cart-v1', { backends: [] });
    const undone = await rig.ask('PATCH', path('cart-v1'), { undo: set.body.historyId });
    expect(undone).toMatchObject({ status: 409, body: { code: 'E404', values: { reason: 'list' } } });
  });

  it('changes nothing as a dry run, and tells the findings it would clear', async () => {
    const before = await node('search-indexer');
    const { body } = await rig.ask('PATCH', path('search-indexer'), {
      revoke: ['shop/search-dictionary'],
      dryRun: true,
    });
    expect(body).toMatchObject({ outcome: 'dryRun', after: ['shop/catalog'] });
    expect(body.findings.cleared.some((id: string) => id.startsWith('MD101|node:shop/search-indexer'))).toBe(
      true,
    );
    expect((await node('search-indexer')).spec).toEqual(before.spec);
  });

  it('is a conflict where the list is not the one that was seen, and nothing is written', async () => {
    const { metadata } = await node('cart-v1');
    const seen = await names('cart-v1');
    await patchSpec('cart-v1', {
      backends: [{ virtualService: { virtualServiceRef: { name: 'fraud', namespace: 'pay' } } }],
    });
    const { status, body } = await rig.ask('PATCH', path('cart-v1'), {
      allow: [{ service: 'shop/orders' }],
      expected: { uid: metadata.uid, resourceVersion: metadata.resourceVersion, backends: seen },
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'E409',
      listConflict: { base: seen, theirs: ['pay/fraud'], mine: [...seen, 'shop/orders'] },
    });
    expect(await names('cart-v1')).toEqual(['pay/fraud']);
  });

  it('is no conflict where only something else of the node changed', async () => {
    const { metadata } = await node('cart-v1');
    const seen = await names('cart-v1');
    await rig.sandbox.request(
      'PATCH',
      `${NODES}/cart-v1`,
      { metadata: { labels: { touched: 'yes' } } },
      'application/merge-patch+json',
    );
    const { status } = await rig.ask('PATCH', path('cart-v1'), {
      allow: [{ service: 'shop/orders' }],
      expected: { uid: metadata.uid, resourceVersion: metadata.resourceVersion, backends: seen },
    });
    expect(status).toBe(200);
  });

  it('is not taken back once somebody gave an entry another policy', async () => {
    const set = await rig.ask('PATCH', path('cart-v1'), { allow: [{ service: 'pay/fraud' }] });
    const { spec } = await node('cart-v1');
    const last = spec.backends.length - 1;
    spec.backends[last].virtualService.clientPolicy = POLICY;
    await patchSpec('cart-v1', { backends: spec.backends });
    const undone = await rig.ask('PATCH', path('cart-v1'), { undo: set.body.historyId });
    expect(undone).toMatchObject({ status: 409, body: { code: 'E404', values: { reason: 'list' } } });
  });

  it.each([
    [{ allow: [{ service: 'shop/pricing' }] }, 'E414', 'present'],
    [{ revoke: ['shop/orders'] }, 'E414', 'absent'],
    [{ allow: [{ service: 'shop/nobody' }] }, 'E414', 'missing'],
    [{ undo: 'never' }, 'E404', 'node'],
  ])('%j is refused: %s %s', async (body, code, reason) => {
    const answer = await rig.ask('PATCH', path('cart-v1'), body);
    expect(answer.body).toMatchObject({ code, values: { reason } });
  });

  it.each([[{}], [{ allow: [], revoke: [] }], [{ undo: 'x', revoke: ['shop/a'] }], [{ allow: ['shop/a'] }]])(
    '%j does not fit the contract',
    async (body) => {
      expect((await rig.ask('PATCH', path('cart-v1'), body)).body).toMatchObject({ code: 'E101' });
    },
  );

  it('that the cluster refuses tells why in its words', async () => {
    const { status, body } = await rig.ask('PATCH', path('cart-v1'), {
      allow: [{ service: 'shop/orders', clientPolicy: { tls: { ports: [70_000] } } }],
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'E410' });
    expect(body.values.message).toContain('ports');
  });

  it('needs a console that may write, and a node', async () => {
    const console = { ...rig.console, config: { ...rig.console.config, readOnly: true } };
    const body = { revoke: ['shop/pricing'] };
    expect((await ask(console, 'PATCH', path('cart-v1'), body)).body).toMatchObject({ code: 'E201' });
    expect((await rig.ask('PATCH', path('nobody'), body)).body).toMatchObject({ code: 'E303' });
  });
});

describe('the whole of what a node says of backends', () => {
  let original: { backends?: unknown; backendGroups?: unknown; backendDefaults?: unknown };
  const wholeOf = async () => {
    const { backends, backendGroups, backendDefaults } = (await node('cart-v1')).spec;
    return { backends, backendGroups, backendDefaults };
  };
  const seenNow = async () => {
    const { metadata } = await node('cart-v1');
    return { uid: metadata.uid, resourceVersion: metadata.resourceVersion, spec: await wholeOf() };
  };
  beforeAll(async () => {
    original = await wholeOf();
  });
  afterEach(() => patchSpec('cart-v1', { backendGroups: null, backendDefaults: null, ...original }));

  it('is put in place of what stands, and its undo gives back exactly what stood', async () => {
    const { spec } = await node('cart-v1');
    const wanted = {
      backends: [
        { virtualService: { virtualServiceARN: 'mesh/shop/virtualService/far.example' } },
        ...spec.backends,
        entry('orders', { clientPolicy: POLICY }),
      ],
      backendGroups: [{ name: '*', namespace: 'pay' }],
      backendDefaults: { clientPolicy: POLICY },
    };
    const set = await rig.ask('PATCH', path('cart-v1'), { spec: wanted, expected: await seenNow() });
    expect(set).toMatchObject({ status: 200, body: { outcome: 'applied' } });
    expect(await wholeOf()).toEqual(wanted);
    expect(set.body.kubectl).toContain('/spec/backendDefaults');
    const undone = await rig.ask('PATCH', path('cart-v1'), { undo: set.body.historyId });
    expect(undone.status).toBe(200);
    expect((await node('cart-v1')).spec).toEqual(spec);
  });

  it('leaves alone what it does not name, and takes away what is null', async () => {
    await patchSpec('cart-v1', { backendDefaults: { clientPolicy: POLICY } });
    const before = await wholeOf();
    const set = await rig.ask('PATCH', path('cart-v1'), { spec: { backendDefaults: null } });
    expect(set.status).toBe(200);
    expect(await wholeOf()).toEqual({ ...before, backendDefaults: undefined });
  });

  it('is a conflict where a policy is another than the one that was seen, and tells all three sides', async () => {
    const expected = await seenNow();
    const theirs = [entry('pricing', { clientPolicy: POLICY })];
    await patchSpec('cart-v1', { backends: theirs });
    const wanted = { backends: [entry('orders')] };
    const { status, body } = await rig.ask('PATCH', path('cart-v1'), { spec: wanted, expected });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'E409',
      values: { kind: 'VirtualNode', object: 'shop/cart-v1' },
      specConflict: { base: { backends: original.backends }, theirs: { backends: theirs }, mine: wanted },
    });
    expect(body.detail).toContain('VirtualNode shop/cart-v1 was changed');
    expect((await wholeOf()).backends).toEqual(theirs);
  });

  it('is not taken back once its groups are others', async () => {
    const set = await rig.ask('PATCH', path('cart-v1'), {
      spec: { backendGroups: [{ name: '*', namespace: 'pay' }] },
    });
    await patchSpec('cart-v1', { backendGroups: [] });
    const undone = await rig.ask('PATCH', path('cart-v1'), { undo: set.body.historyId });
    expect(undone).toMatchObject({ status: 409, body: { code: 'E404', values: { reason: 'list' } } });
  });

  it.each([
    [{ backends: [{ virtualService: {} }] }, 'E101', undefined],
    [{ backends: [entry('orders', { clientPolicy: { tls: {} } })] }, 'E101', undefined],
    [{ backends: [entry('nobody')] }, 'E414', 'missing'],
    [{ backendGroups: [{ name: 'nobody' }] }, 'E414', 'noGroup'],
    [{ backendDefaults: null }, 'E414', 'same'],
    // What is twice, and what the kind does not have, is for the cluster to say.
    [{ backends: [entry('orders'), entry('orders')] }, 'E410', undefined],
    [{ backends: [entry('orders', { clientPolcy: POLICY })] }, 'E410', undefined],
  ])('%j is refused: %s %s', async (spec, code, reason) => {
    const before = await wholeOf();
    const { body } = await rig.ask('PATCH', path('cart-v1'), { spec });
    expect(body).toMatchObject({ code, ...(reason === undefined ? {} : { values: { reason } }) });
    expect(await wholeOf()).toEqual(before);
  });
});

describe('several nodes in one change', () => {
  const PATH = '/api/v1/nodes/backends';
  /** Twenty nodes that do not list pay/fraud, in the order in which they are written. */
  async function twenty(): Promise<string[]> {
    const answer = rig.console.sources[0]?.hub.picture('shop')?.answer;
    const free = (answer?.nodes ?? []).flatMap((each) =>
      each.kind === 'node' &&
      each.ref.namespace === 'shop' &&
      each.ownership.manager === 'none' &&
      each.backends.every(({ key }) => key !== serviceKey('pay', 'fraud'))
        ? [each.ref.name]
        : [],
    );
    return free.sort().slice(0, 20);
  }
  const allowFraud = (nodes: string[]) =>
    nodes.map((name) => ({
      source: 'sandbox',
      namespace: 'shop',
      node: name,
      allow: [{ service: 'pay/fraud' }],
    }));
  const lists = async (nodes: string[]) => Promise.all(nodes.map(async (name) => (await node(name)).spec));

  it('stops at the first that fails, tells what was done, and undo gives back the first part', async () => {
    const nodes = await twenty();
    expect(nodes).toHaveLength(20);
    const before = await lists(nodes);
    await rig.sandbox.request('PATCH', '/_sandbox/knobs', {
      refusedWrites: [`virtualnodes/shop/${nodes[11]}`],
    });
    const { status, body } = await rig.ask('PATCH', PATH, { changes: allowFraud(nodes), reason: 'fraud' });
    expect(status).toBe(200);
    expect(body.outcome).toBe('partly');
    const states = body.writes.map(({ state }: { state: string }) => state);
    expect(states.slice(0, 11)).toEqual(Array(11).fill('applied'));
    expect(states[11]).toBe('unknown');
    expect(body.writes[11].problem).toMatchObject({ code: 'E505' });
    expect(states.slice(12)).toEqual(Array(8).fill('notSent'));
    const holds = await Promise.all(nodes.map(async (name) => (await names(name)).includes('pay/fraud')));
    expect(holds).toEqual(nodes.map((_, i) => i < 11));
    const undo = body.writes
      .filter(({ state }: { state: string }) => state === 'applied')
      .toReversed()
      .map(
        ({
          source,
          namespace,
          node: name,
          answer,
        }: {
          source: string;
          namespace: string;
          node: string;
          answer: { historyId: string };
        }) => ({
          source,
          namespace,
          node: name,
          undo: answer.historyId,
        }),
      );
    const undone = await rig.ask('PATCH', PATH, { changes: undo });
    expect(undone.body.outcome).toBe('applied');
    expect(await lists(nodes)).toEqual(before);
    await rig.sandbox.request('PATCH', '/_sandbox/knobs', { refusedWrites: [] });
  }, 60_000);

  it('writes nothing anywhere where one of several would be refused', async () => {
    const nodes = await twenty();
    const before = await lists(nodes);
    const changes = allowFraud(nodes);
    const bad = {
      source: 'sandbox',
      namespace: 'shop',
      node: 'checkout-v1',
      allow: [{ service: 'shop/nobody' }],
    };
    const { body } = await rig.ask('PATCH', PATH, { changes: [...changes.slice(0, 3), bad] });
    expect(body.outcome).toBe('none');
    expect(body.writes.map(({ state }: { state: string }) => state)).toEqual([
      'rehearsed',
      'rehearsed',
      'rehearsed',
      'refused',
    ]);
    expect(await lists(nodes)).toEqual(before);
  });

  it('names each node once', async () => {
    const [first] = allowFraud(['cart-v1']);
    expect((await rig.ask('PATCH', PATH, { changes: [first, first] })).body).toMatchObject({ code: 'E101' });
  });
});
