import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRig, SOURCE, until, type Rig } from './testing/rig';

const MESH = '/apis/appmesh.k8s.aws/v1beta2/meshes/shop';
const PATH = `${SOURCE}/meshes/shop/egress`;

let rig: Rig;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
let original: any;
beforeAll(async () => {
  rig = await startRig('shop');
  original = await mesh();
}, 60_000);
afterAll(() => rig.stop());
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
const mesh = (): Promise<any> => rig.sandbox.request('GET', MESH);
const patchMesh = (patch: object) =>
  rig.sandbox.request('PATCH', MESH, patch, 'application/merge-patch+json');
const seen = async () => {
  const { metadata, spec } = await mesh();
  const { uid, resourceVersion } = metadata;
  return { uid, resourceVersion, type: spec.egressFilter?.type ?? 'DROP_ALL' };
};
afterEach(() =>
  patchMesh({
    spec: { egressFilter: original.spec.egressFilter ?? null },
    metadata: { labels: { 'argocd.argoproj.io/instance': null } },
  }),
);

describe('a change of the egress filter', () => {
  it('changes the object and nothing else, records why, and the picture of the mesh hears of it', async () => {
    const { spec } = await mesh();
    const rehearsed = await rig.ask('PATCH', PATH, { type: 'ALLOW_ALL', dryRun: true });
    expect(rehearsed).toMatchObject({ status: 200, body: { outcome: 'dryRun', after: 'ALLOW_ALL' } });
    expect((await mesh()).spec).toEqual(spec);

    const { status, body } = await rig.ask('PATCH', PATH, {
      type: 'ALLOW_ALL',
      expected: await seen(),
      reason: 'migration',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'applied', before: 'DROP_ALL', after: 'ALLOW_ALL' });
    expect(body.kubectl).toContain('kubectl patch meshes.appmesh.k8s.aws shop');
    expect(body.kustomize).toContain('kind: Mesh');
    const after = await mesh();
    expect(after.spec).toEqual({ ...spec, egressFilter: { type: 'ALLOW_ALL' } });
    expect(JSON.parse(after.metadata.annotations['meshdeck.dev/history'])).toMatchObject([
      { id: body.historyId, by: 'meshdeck', reason: 'migration', after: 'ALLOW_ALL' },
    ]);
    const { hub } = rig.console.sources[0] ?? {};
    await until(rig.console, () => hub?.picture('shop')?.answer.mesh.egress === 'allow');
  });

  it('is taken back exactly, also to having no filter at all, and only while it stands', async () => {
    await patchMesh({ spec: { egressFilter: null } });
    const { spec } = await mesh();
    const { body } = await rig.ask('PATCH', PATH, { type: 'ALLOW_ALL' });
    expect(body).toMatchObject({ before: 'DROP_ALL', after: 'ALLOW_ALL' });
    const undone = await rig.ask('PATCH', PATH, { undo: body.historyId });
    expect(undone).toMatchObject({ status: 200, body: { outcome: 'applied', after: 'DROP_ALL' } });
    expect((await mesh()).spec).toEqual(spec);
    const again = await rig.ask('PATCH', PATH, { undo: body.historyId });
    expect(again).toMatchObject({ status: 409, body: { code: 'E404', values: { reason: 'egress' } } });
    const unknown = await rig.ask('PATCH', PATH, { undo: 'never' });
    expect(unknown).toMatchObject({ status: 409, body: { code: 'E404', values: { reason: 'mesh' } } });
  });

  it('never goes over what somebody else wrote, and tells what each of the three is', async () => {
    const expected = await seen();
    await patchMesh({ spec: { egressFilter: { type: 'ALLOW_ALL' } } });
    const { status, body } = await rig.ask('PATCH', PATH, { type: 'ALLOW_ALL', expected });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'E409',
      egressConflict: { base: 'DROP_ALL', theirs: 'ALLOW_ALL', mine: 'ALLOW_ALL' },
    });
  });

  it('is no conflict with a write that left the filter alone', async () => {
    const expected = await seen();
    await patchMesh({ metadata: { labels: { touched: 'yes' } } });
    expect(await rig.ask('PATCH', PATH, { type: 'ALLOW_ALL', expected })).toMatchObject({ status: 200 });
  });

  it('asks for an acknowledgement where a repository puts the object back', async () => {
    await patchMesh({ metadata: { labels: { 'argocd.argoproj.io/instance': 'platform' } } });
    const refused = await rig.ask('PATCH', PATH, { type: 'ALLOW_ALL' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'E204' } });
    const rehearsed = await rig.ask('PATCH', PATH, { type: 'ALLOW_ALL', dryRun: true });
    expect(rehearsed.body.warnings).toEqual([
      { code: 'owner-gitops', details: { owner: 'Argo CD', name: 'platform' } },
    ]);
    expect(await rig.ask('PATCH', PATH, { type: 'ALLOW_ALL', acknowledgeOwner: true })).toMatchObject({
      status: 200,
    });
  });

  it('is refused where it names nothing, something unknown, or a mesh that is not there', async () => {
    expect(await rig.ask('PATCH', PATH, {})).toMatchObject({ status: 422, body: { code: 'E101' } });
    expect(await rig.ask('PATCH', PATH, { type: 'SOME' })).toMatchObject({ status: 422 });
    const gone = await rig.ask('PATCH', `${SOURCE}/meshes/gone/egress`, { type: 'ALLOW_ALL' });
    expect(gone).toMatchObject({ status: 404, body: { code: 'E303' } });
    expect(gone.body.detail).toContain('There is no Mesh gone.');
  });
});

it('whether it may be written is asked of the whole cluster alone', async () => {
  const about = async (namespace: string) =>
    (await rig.ask('GET', `${SOURCE}/access?namespace=${namespace}`)).body.access.filter(
      ({ resource }: { resource: string }) => resource === 'meshes',
    );
  expect(await about('')).toEqual([{ verb: 'patch', resource: 'meshes', namespace: '', allowed: true }]);
  expect(await about('shop')).toEqual([]);
});
