import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOURCE, startRig, type Rig } from './testing/rig';

const SHIFTS = `${SOURCE}/shifts`;
const OBJECTS = '/apis/meshdeck.dev/v1alpha1/namespaces/shop/trafficshifts';

const spec = {
  routes: [{ router: 'cart', route: 'cart', from: 'cart-v1', to: 'cart-v2' }],
  strategy: { canary: { steps: [{ weight: 20, holdSeconds: 60 }, { weight: 100 }] } },
};
const HOLDING = {
  observedGeneration: 1,
  phase: 'Holding',
  phaseSinceAt: '2026-06-01T12:00:00Z',
  step: 0,
  progress: '1/2',
  weights: '80/20',
  intents: 1,
  intent: {
    id: '0.1',
    direction: 'forward',
    percent: 20,
    startedAt: '2026-06-01T12:00:00Z',
    acceptedAt: '2026-06-01T12:00:02Z',
    routes: [],
  },
  changes: [],
  measurements: [],
  controls: [],
  conditions: [],
};

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('shop');
}, 60_000);
afterAll(() => rig.stop());

let names = 0;

/** A shift of its own for each test, as far as `status` says. */
async function shift(status?: object): Promise<string> {
  names += 1;
  const name = `t-${names}`;
  await rig.sandbox.request('POST', OBJECTS, {
    apiVersion: 'meshdeck.dev/v1alpha1',
    kind: 'TrafficShift',
    metadata: { name, namespace: 'shop' },
    spec,
  });
  if (status) await deal(name, status);
  return name;
}

const deal = (name: string, status: object) =>
  rig.sandbox.request('PATCH', `${OBJECTS}/${name}/status`, { status }, 'application/merge-patch+json');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
const read = async (name: string): Promise<any> => rig.sandbox.request('GET', `${OBJECTS}/${name}`);

const control = (name: string, action: string, body: object) =>
  rig.ask('POST', `${SHIFTS}/shop/${name}/${action}`, body);

describe('starting a shift', () => {
  it('tries it in the cluster first, and shows the YAML and the equal command', async () => {
    const { status, body } = await rig.ask('POST', SHIFTS, {
      namespace: 'shop',
      name: 'dry',
      spec,
      dryRun: true,
    });
    expect({ status, body }).toMatchObject({ status: 200, body: { outcome: 'dryRun', obstacles: [] } });
    expect(body.yaml).toContain('kind: TrafficShift\n');
    expect(body.kubectl).toBe(`kubectl apply -f - <<'EOF'\n${body.yaml}EOF`);
    await expect(read('dry')).rejects.toThrow('404');
  });

  it('makes the object, and the list tells of it', async () => {
    const made = await rig.ask('POST', SHIFTS, { namespace: 'shop', name: 'made', spec });
    expect(made.body).toMatchObject({ outcome: 'created', shift: { spec: { by: 'meshdeck' } } });
    const uid = (await read('made')).metadata.uid;
    await expect
      .poll(async () => (await rig.ask('GET', SHIFTS)).body)
      .toMatchObject({ state: 'live', shifts: [{ name: 'made', uid, mesh: 'shop', steps: [20, 100] }] });
    const again = await rig.ask('POST', SHIFTS, { namespace: 'shop', name: 'made', spec });
    expect(again).toMatchObject({ status: 409, body: { code: 'E413' } });
  });

  it('says which fields of a plan cannot be carried out', async () => {
    const steps = [{ weight: 50 }, { weight: 20 }];
    const bad = { ...spec, strategy: { canary: { steps } } };
    const { status, body } = await rig.ask('POST', SHIFTS, { namespace: 'shop', name: 'bad', spec: bad });
    expect(status).toBe(422);
    expect(body.code).toBe('E411');
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'spec.strategy.canary.steps',
      'spec.strategy.canary.steps[1].weight',
    ]);
  });

  it('lists everything that would refuse it in a dry run, and makes nothing that would be refused', async () => {
    const measured = {
      ...spec,
      analysis: { metrics: [{ name: 'faults', figure: 'faultRatio', max: 0.01 }] },
    };
    const router = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters/cart';
    const lock = (holder: string | null) =>
      rig.sandbox.request(
        'PATCH',
        router,
        { metadata: { annotations: { 'meshdeck.dev/active-shift': holder } } },
        'application/merge-patch+json',
      );
    await lock('shop/other/uid-9');
    await expect
      .poll(async () => {
        const { body } = await rig.ask('POST', SHIFTS, {
          ...{ namespace: 'shop', name: 'held', dryRun: true },
          spec: measured,
        });
        return body.obstacles?.map(({ reason, waits }: { reason: string; waits: boolean }) => [
          reason,
          waits,
        ]);
      })
      .toEqual([
        ['Locked', false],
        ['NoTelemetry', false],
      ]);
    const refused = await rig.ask('POST', SHIFTS, { namespace: 'shop', name: 'held', spec: measured });
    expect(refused).toMatchObject({ status: 409, body: { code: 'E412', values: { reason: 'Locked' } } });
    await expect(read('held')).rejects.toThrow('404');
    await lock(null);
  });

  it('passes on what the rules of the CRD refuse', async () => {
    const routes = Array.from({ length: 9 }, (_, i) => ({ ...spec.routes[0], route: `r${i}` }));
    const many = { ...spec, routes };
    const { body } = await rig.ask('POST', SHIFTS, {
      namespace: 'shop',
      name: 'many',
      spec: many,
      dryRun: true,
    });
    expect(body.code).toBe('E410');
  });
});

describe('asking something of a shift', () => {
  it('writes it down once for each request, and tells what became of it', async () => {
    const name = await shift(HOLDING);
    const asked = { requestId: 'r1', expectedStep: 0, reason: 'lunch' };
    expect((await control(name, 'pause', asked)).body).toMatchObject({ outcome: 'sent' });
    expect((await read(name)).spec.control).toEqual({ action: 'pause', ...asked, by: 'meshdeck' });
    expect((await control(name, 'pause', asked)).body).toMatchObject({ outcome: 'waiting' });
    const dealt = {
      requestId: 'r1',
      action: 'pause',
      by: 'meshdeck',
      at: HOLDING.phaseSinceAt,
      step: 0,
      outcome: 'done',
    };
    await deal(name, { ...HOLDING, controls: [dealt] });
    expect((await control(name, 'pause', asked)).body).toMatchObject({ outcome: 'done' });
  });

  it('is refused for another step than the one that was seen', async () => {
    const name = await shift({ ...HOLDING, step: 1 });
    const { status, body } = await control(name, 'promote', { requestId: 'r1', expectedStep: 0 });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { code: 'E407', values: { obstacle: 'otherStep', step: 2 } },
    });
    expect((await read(name)).spec.control).toBeUndefined();
  });

  it('is not lost to a later one, but for an abort', async () => {
    const name = await shift(HOLDING);
    await control(name, 'pause', { requestId: 'r1' });
    const later = await control(name, 'promote', { requestId: 'r2', expectedStep: 0 });
    expect(later).toMatchObject({ status: 409, body: { code: 'E408', values: { action: 'pause' } } });
    expect((await control(name, 'abort', { requestId: 'r3' })).body).toMatchObject({ outcome: 'sent' });
    expect((await read(name)).spec.control).toMatchObject({ action: 'abort', requestId: 'r3' });
  });

  it('means the object that was seen, and no other of its name', async () => {
    const name = await shift(HOLDING);
    const { status, body } = await control(name, 'abort', { requestId: 'r1', uid: 'somebody-else' });
    expect({ status, body }).toMatchObject({ status: 404, body: { code: 'E303' } });
  });

  it('knows no other actions', async () => {
    const name = await shift(HOLDING);
    expect((await control(name, 'explode', { requestId: 'r1' })).body).toMatchObject({ code: 'E305' });
  });

  it('gets through between the writes of an engine', async () => {
    const name = await shift(HOLDING);
    const writes = Array.from({ length: 20 }, (_, i) => deal(name, { ...HOLDING, message: `turn ${i}` }));
    const [asked] = await Promise.all([control(name, 'pause', { requestId: 'r1' }), ...writes]);
    expect(asked.body).toMatchObject({ outcome: 'sent' });
    expect((await read(name)).spec.control).toMatchObject({ requestId: 'r1' });
  });
});

it('shows one with the weights of its routes and the state of its mesh', async () => {
  const name = await shift(HOLDING);
  await expect
    .poll(async () => (await rig.ask('GET', `${SHIFTS}/shop/${name}`)).body)
    .toMatchObject({
      shift: { name, status: { phase: 'Holding' } },
      mesh: { name: 'shop', controlPlane: 'live' },
      live: [
        { router: 'cart', route: 'cart', targets: [{ node: 'shop/cart-v1' }, { node: 'shop/cart-v2' }] },
      ],
    });
  expect(await rig.ask('GET', `${SHIFTS}/shop/nobody`)).toMatchObject({
    status: 404,
    body: { code: 'E303' },
  });
});
