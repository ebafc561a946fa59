import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bulkAnswer } from '@/lib/api/weights';
import type { BulkAnswer } from '@/lib/api/weights';
import { startRig, until, type Rig } from './testing/rig';

const PATH = '/api/v1/routes/weights';
const ROUTERS = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('shop');
}, 60_000);
afterAll(() => rig.stop());
beforeEach(async () => {
  const { uid } = rig.console.sources[0]?.hub.picture('shop')?.answer.mesh.ref ?? { uid: '' };
  await rig.sandbox.request('POST', '/_sandbox/reset');
  await until(rig.console, () => {
    const picture = rig.console.sources[0]?.hub.picture('shop');
    return (
      picture?.present === true &&
      picture.answer.mesh.ref.uid !== uid &&
      picture.answer.nodes.every(({ kind }) => kind !== 'malformed')
    );
  });
});

const two = (router: string, route: string, names: [string, string], weights: [number, number]) => ({
  source: 'sandbox',
  namespace: 'shop',
  router,
  route,
  targets: names.map((name, i) => ({ node: `shop/${name}`, weight: weights[i] ?? 0 })),
});
const cart = (...weights: [number, number]) => two('cart', 'cart', ['cart-v1', 'cart-v2'], weights);
const checkout = (...weights: [number, number]) =>
  two('checkout', 'checkout', ['checkout-v1', 'checkout-v2'], weights);
const catalog = (...weights: [number, number]) =>
  two('catalog', 'catalog', ['catalog-blue', 'catalog-green'], weights);
const employees = (weight: number) => ({
  ...checkout(1, 1),
  route: 'employees',
  targets: [{ node: 'shop/checkout-v2', weight }],
});

async function send(body: object): Promise<BulkAnswer> {
  return bulkAnswer.parse((await rig.ask('PATCH', PATH, body)).body);
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
const router = (name: string): Promise<any> => rig.sandbox.request('GET', `${ROUTERS}/${name}`);
const weights = async (name: string): Promise<number[][]> =>
  (await router(name)).spec.routes.map(
    (route: { httpRoute: { action: { weightedTargets: { weight: number }[] } } }) =>
      route.httpRoute.action.weightedTargets.map(({ weight }) => weight),
  );
const states = ({ writes }: BulkAnswer) => writes.map(({ state }) => state);

describe('several routes in one change', () => {
  it('rehearses all of them and writes nothing as a dry run', async () => {
    const before = await router('cart');
    const answer = await send({ changes: [cart(50, 50), checkout(50, 50)], dryRun: true });
    expect(answer.outcome).toBe('rehearsed');
    expect(states(answer)).toEqual(['rehearsed', 'rehearsed']);
    expect(await router('cart')).toEqual(before);
  });

  it('writes the routes of one router as one change of the object, with an entry for each', async () => {
    const before = await router('checkout');
    const answer = await send({ changes: [checkout(60, 40), employees(50)], reason: 'release' });
    expect(answer).toMatchObject({
      outcome: 'applied',
      writes: [{ router: 'checkout', routes: ['checkout', 'employees'], state: 'applied' }],
    });
    const after = await router('checkout');
    expect(after.metadata.generation).toBe(before.metadata.generation + 1);
    const history = JSON.parse(after.metadata.annotations['meshdeck.dev/history']);
    expect(
      history.map(({ route, reason }: { route: string; reason: string }) => [route, reason]).sort(),
    ).toEqual([
      ['checkout', 'release'],
      ['employees', 'release'],
    ]);
  });

  it('changes no route of a router where one of them cannot be', async () => {
    const answer = await send({
      changes: [checkout(60, 40), { ...employees(1), targets: [{ node: 'shop/nobody', weight: 1 }] }],
    });
    expect(answer).toMatchObject({
      outcome: 'none',
      writes: [{ state: 'refused', problemRoute: 'employees', problem: { code: 'E402' } }],
    });
    expect((await weights('checkout')).flat()).not.toContain(60);
  });

  it('writes nothing anywhere where one of several would be refused', async () => {
    const answer = await send({ changes: [cart(50, 50), checkout(90, 90)] });
    expect(answer.outcome).toBe('none');
    expect(states(answer)).toEqual(['rehearsed', 'refused']);
    expect(await weights('cart')).toEqual([[90, 10]]);
  });

  it('asks for an owner to be acknowledged before anything is written', async () => {
    const changes = [cart(50, 50), catalog(50, 50)];
    const refused = await send({ changes });
    expect(refused).toMatchObject({ outcome: 'none', writes: [{}, { problem: { code: 'E204' } }] });
    expect(await weights('cart')).toEqual([[90, 10]]);
    expect((await send({ changes, acknowledgeOwner: true })).outcome).toBe('applied');
  });

  it('is taken back in one step, with what every write left', async () => {
    const applied = await send({ changes: [cart(50, 50), checkout(50, 50)] });
    const undo = applied.writes
      .toReversed()
      .map(({ source, namespace, router: name, routes, answers = [] }) => ({
        source,
        namespace,
        router: name,
        route: routes[0],
        targets: answers[0]?.before,
        undo: answers[0]?.historyId,
      }));
    expect((await send({ changes: undo })).outcome).toBe('applied');
    expect(await weights('cart')).toEqual([[90, 10]]);
  });

  it.each([
    ['a route twice', { changes: [cart(1, 1), cart(2, 2)] }, 'E101'],
    ['no route', { changes: [] }, 'E101'],
    ['a source that is none', { changes: [{ ...cart(1, 1), source: 'nowhere' }] }, 'E301'],
  ])('is refused as a whole for %s', async (_, body, code) => {
    expect((await rig.ask('PATCH', PATH, body)).body.code).toBe(code);
  });
});

describe('a change that was begun from something else', () => {
  it('is a conflict of that router, and nothing is written anywhere', async () => {
    const { uid } = (await router('checkout')).metadata;
    const seen = { uid, resourceVersion: 'old', targets: checkout(1, 99).targets };
    const answer = await send({ changes: [cart(80, 20), { ...checkout(50, 50), expected: seen }] });
    expect(answer).toMatchObject({ outcome: 'none', writes: [{}, { problem: { code: 'E409' } }] });
    expect(await weights('cart')).toEqual([[90, 10]]);
  });
});
