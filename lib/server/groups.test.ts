import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backendGroupKey, nodeKey, serviceKey } from '@/lib/mesh/keys';
import { ask, quietConfig, SOURCE, startRig, until, type Rig } from './testing/rig';
import { openConsole } from './console';

const GROUPS = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/backendgroups';
const PATH = `${SOURCE}/backendgroups`;
const AFTER_SALE = `${PATH}/shop/after-sale`;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('shop');
}, 60_000);
afterAll(() => rig.stop());
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
const group = (name: string): Promise<any> => rig.sandbox.request('GET', `${GROUPS}/${name}`);
const set = (name: string, spec: object, annotations: object = {}) =>
  rig.sandbox.request(
    'PATCH',
    `${GROUPS}/${name}`,
    { spec, metadata: { annotations } },
    'application/merge-patch+json',
  );
const shown = (name: string) =>
  rig.console.sources[0]?.hub
    .picture('shop')
    ?.answer.groups.find(({ key }) => key === backendGroupKey('shop', name));

const MEMBERS = [{ name: 'shipping' }, { name: 'notifications' }];
beforeEach(async () => {
  await set('after-sale', { virtualservices: MEMBERS }, { 'meshdeck.dev/history': null });
});

describe('a change of members', () => {
  it('changes the object, records why, and the stream of the mesh hears of it', async () => {
    const { status, body } = await rig.ask('PATCH', AFTER_SALE, {
      add: ['pay/fraud'],
      remove: ['notifications'],
      reason: 'fraud check',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'applied',
      before: ['shipping', 'notifications'],
      after: ['shipping', 'pay/fraud'],
    });
    const { spec, metadata } = await group('after-sale');
    expect(spec.virtualservices).toEqual([{ name: 'shipping' }, { name: 'fraud', namespace: 'pay' }]);
    expect(JSON.parse(metadata.annotations['meshdeck.dev/history'])).toMatchObject([
      { id: body.historyId, by: 'meshdeck', reason: 'fraud check', after: ['shipping', 'pay/fraud'] },
    ]);
    expect(body.kubectl).toContain('kubectl -n shop patch backendgroups.appmesh.k8s.aws after-sale');
    expect(body.kustomize).toContain('kind: BackendGroup');
    const hub = rig.console.sources[0]?.hub;
    await until(rig.console, () =>
      Boolean(
        hub
          ?.picture('shop')
          ?.answer.edges.some(
            ({ source, target }) =>
              source === nodeKey('shop', 'orders-v1') && target === serviceKey('pay', 'fraud'),
          ),
      ),
    );
    expect(shown('after-sale')?.members.map(({ name }) => name)).toEqual(['shipping', 'fraud']);
  });

  it('is taken back by its entry in the history, exactly', async () => {
    const { spec } = await group('after-sale');
    const made = await rig.ask('PATCH', AFTER_SALE, { add: ['pay/fraud'], remove: ['shipping'] });
    const undone = await rig.ask('PATCH', AFTER_SALE, { undo: made.body.historyId });
    expect(undone).toMatchObject({ status: 200, body: { outcome: 'applied' } });
    expect((await group('after-sale')).spec).toEqual(spec);
    const again = await rig.ask('PATCH', AFTER_SALE, { undo: made.body.historyId });
    expect(again).toMatchObject({ status: 409, body: { code: 'E404', values: { reason: 'members' } } });
  });

  it('rehearses without writing', async () => {
    const before = await group('after-sale');
    const { body } = await rig.ask('PATCH', AFTER_SALE, { add: ['pay/fraud'], dryRun: true });
    expect(body).toMatchObject({ outcome: 'dryRun', after: ['shipping', 'notifications', 'pay/fraud'] });
    expect(body.historyId).toBeUndefined();
    expect(await group('after-sale')).toEqual(before);
  });

  it('is refused with base, theirs and mine where somebody wrote in between', async () => {
    const { metadata } = await group('after-sale');
    await set('after-sale', { virtualservices: [{ name: 'shipping' }] });
    const { status, body } = await rig.ask('PATCH', AFTER_SALE, {
      add: ['pay/fraud'],
      expected: {
        uid: metadata.uid,
        resourceVersion: metadata.resourceVersion,
        members: ['shipping', 'notifications'],
      },
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'E409',
      listConflict: {
        base: ['shipping', 'notifications'],
        theirs: ['shipping'],
        mine: ['shipping', 'notifications', 'pay/fraud'],
      },
    });
  });

  it('never adds what would hold a node back', async () => {
    for (const [member, named] of [
      ['shop/nowhere', 'shop/nowhere'],
      // Without a namespace it is looked for beside the node, shop/orders-v1.
      ['ledger', 'shop/ledger'],
    ]) {
      const { status, body } = await rig.ask('PATCH', AFTER_SALE, { add: [member] });
      expect([status, body.code, body.values.reason, body.values.member]).toEqual([
        422,
        'E417',
        'missing',
        named,
      ]);
    }
    const twice = await rig.ask('PATCH', AFTER_SALE, { add: ['shipping'] });
    expect(twice.body).toMatchObject({ code: 'E417', values: { reason: 'present' } });
    const absent = await rig.ask('PATCH', AFTER_SALE, { remove: ['web'] });
    expect(absent.body).toMatchObject({ code: 'E417', values: { reason: 'absent' } });
  });

  it('asks for the owner who would restore the object to be acknowledged', async () => {
    const tracked = { 'argocd.argoproj.io/tracking-id': 'shop:appmesh.k8s.aws/BackendGroup:shop/after-sale' };
    await set('after-sale', { virtualservices: MEMBERS }, tracked);
    await until(rig.console, () => shown('after-sale')?.ownership.manager === 'argocd');
    const plain = await rig.ask('PATCH', AFTER_SALE, { add: ['pay/fraud'] });
    expect(plain.body).toMatchObject({ code: 'E204', values: { owner: 'Argo CD' } });
    const known = await rig.ask('PATCH', AFTER_SALE, { add: ['pay/fraud'], acknowledgeOwner: true });
    expect(known.body.warnings).toMatchObject([{ code: 'owner-gitops' }]);
    await set('after-sale', {}, { 'argocd.argoproj.io/tracking-id': null });
  });
});

describe('a group', () => {
  const created = { namespace: 'shop', name: 'money', members: ['pay/payments', 'pay/fraud'] };

  it('is made, and its making taken back', async () => {
    const rehearsed = await rig.ask('POST', PATH, { ...created, dryRun: true });
    expect(rehearsed).toMatchObject({ status: 200, body: { outcome: 'dryRun', after: created.members } });
    expect(rehearsed.body.kubectl).toMatch(/^kubectl create -f - <<'EOF'\napiVersion: appmesh/);
    const made = await rig.ask('POST', PATH, created);
    expect(made).toMatchObject({ status: 200, body: { outcome: 'applied', after: created.members } });
    expect((await group('money')).spec).toMatchObject({
      meshRef: { name: 'shop' },
      virtualservices: [
        { name: 'payments', namespace: 'pay' },
        { name: 'fraud', namespace: 'pay' },
      ],
    });
    await until(rig.console, () => shown('money') !== undefined);
    const taken = await rig.ask('POST', PATH, created);
    expect(taken.body).toMatchObject({ code: 'E417', values: { reason: 'taken', group: 'shop/money' } });
    const { uid, resourceVersion } = made.body.group;
    const undone = await rig.ask('DELETE', `${PATH}/shop/money`, { expected: { uid, resourceVersion } });
    expect(undone).toMatchObject({ status: 200, body: { outcome: 'applied', before: created.members } });
    await until(rig.console, () => shown('money') === undefined);
  });

  it('that is deleted is made again exactly as it was', async () => {
    await set('after-sale', { virtualservices: MEMBERS }, { team: 'fulfilment' });
    await rig.ask('PATCH', AFTER_SALE, { add: ['pay/fraud'] });
    const before = await group('after-sale');
    const gone = await rig.ask('DELETE', AFTER_SALE);
    expect(gone).toMatchObject({ status: 200, body: { outcome: 'applied' } });
    expect(gone.body.findings.created.some((id: string) => id.startsWith('MD101|node:shop/orders-v1'))).toBe(
      true,
    );
    expect(await rig.ask('PATCH', AFTER_SALE, { add: ['pay/ledger'] })).toMatchObject({ status: 404 });
    const again = await rig.ask('POST', PATH, {
      namespace: 'shop',
      name: 'after-sale',
      restore: gone.body.restore,
    });
    expect(again.status).toBe(200);
    const after = await group('after-sale');
    expect(after.spec).toEqual(before.spec);
    expect(after.metadata.annotations.team).toBe('fulfilment');
    const [entry, ...earlier] = JSON.parse(after.metadata.annotations['meshdeck.dev/history']);
    expect(entry.after).toEqual(['shipping', 'notifications', 'pay/fraud']);
    expect(earlier).toEqual(JSON.parse(before.metadata.annotations['meshdeck.dev/history']));
  });

  it('is not deleted where it changed since it was seen', async () => {
    const { metadata } = await group('after-sale');
    await set('after-sale', { virtualservices: [] });
    const { uid, resourceVersion } = metadata;
    const members = ['shipping', 'notifications'];
    const { body } = await rig.ask('DELETE', AFTER_SALE, { expected: { uid, resourceVersion, members } });
    expect(body).toMatchObject({ code: 'E409', listConflict: { base: members, theirs: [], mine: [] } });
    expect(await group('after-sale')).toMatchObject({ metadata: { uid } });
  });

  it('of a namespace without a mesh is refused in the words of the controller', async () => {
    const { body } = await rig.ask('POST', PATH, { namespace: 'reports', name: 'x', members: [] });
    expect(body).toMatchObject({ code: 'E410' });
  });

  it.each([
    ['POST', PATH, { namespace: 'shop', name: 'Not A Name', members: [] }],
    ['POST', PATH, { namespace: 'shop', name: 'x' }],
    ['PATCH', AFTER_SALE, {}],
    ['PATCH', AFTER_SALE, { add: ['a/b/c'] }],
    ['PATCH', AFTER_SALE, { add: ['web'], undo: 'x' }],
  ])('is not written for a request that says nothing sensible: %s %s %j', async (method, path, body) => {
    expect(await rig.ask(method, path, body)).toMatchObject({ status: 422, body: { code: 'E101' } });
  });

  it('is not written by a read-only console', async () => {
    const console = openConsole({ ...quietConfig(rig.sandbox.kubeconfig), readOnly: true });
    try {
      for (const method of ['PATCH', 'DELETE'])
        expect((await ask(console, method, AFTER_SALE, {})).body.code).toBe('E201');
      expect((await ask(console, 'POST', PATH, created)).body.code).toBe('E201');
    } finally {
      console.stop();
    }
  });
});

it('whether groups may be written is among what a console asks of the cluster', async () => {
  const { access } = (await rig.ask('GET', `${SOURCE}/access?namespace=shop`)).body;
  const verbs = access
    .filter(({ resource }: { resource: string }) => resource === 'backendgroups')
    .map(({ verb }: { verb: string }) => verb);
  expect(verbs).toEqual(['create', 'patch', 'delete']);
});

it('the picture says whether the controller takes notice of groups, and follows its Deployment', async () => {
  const answer = () => rig.console.sources[0]?.hub.picture('shop')?.answer;
  expect(answer()?.mesh.groupsFlag).toBe('on');
  const deployment = '/apis/apps/v1/namespaces/appmesh-system/deployments/appmesh-controller';
  const turn = (on: boolean) =>
    rig.sandbox.request(
      'PATCH',
      deployment,
      [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/args',
          value: [`--enable-backend-groups=${on}`],
        },
      ],
      'application/json-patch+json',
    );
  await turn(false);
  await until(rig.console, () => answer()?.mesh.groupsFlag === 'off');
  expect(answer()?.findings.filter(({ code }) => code === 'MD306')).toMatchObject([
    { subject: nodeKey('shop', 'orders-v1') },
  ]);
  expect(
    answer()?.edges.some(
      ({ source, target }) =>
        source === nodeKey('shop', 'orders-v1') && target === serviceKey('shop', 'shipping'),
    ),
  ).toBe(false);
  await turn(true);
  await until(rig.console, () => answer()?.mesh.groupsFlag === 'on');
});
