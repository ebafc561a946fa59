import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleAdmin } from '../admin/routes';
import { Sandbox } from '../admin/sandbox';
import { ownCrds } from '../crds';
import { loadScenario } from '../scenarios';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await Sandbox.start({ scenario: 'shop', crds: ownCrds(), objects: () => loadScenario('shop') });
});
afterAll(() => sandbox.simulation.stop());

const ask = (question: unknown) =>
  handleAdmin(sandbox, {
    method: 'POST',
    path: '/_sandbox/route',
    query: new URLSearchParams(),
    body: typeof question === 'string' ? question : JSON.stringify(question),
  });

describe('/_sandbox/route', () => {
  it('names the route of a router for each request, or says that there is none', async () => {
    const requests = [
      { path: '/', headers: [['X-Beta-Tester', 'true']] },
      { path: '/' },
      { path: '/', port: 1 },
      { protocol: 'tcp' },
    ];
    expect(await ask({ mesh: 'shop', router: 'web_shop', requests })).toEqual({
      answers: [{ route: 'beta-testers' }, { route: 'everyone' }, { route: null }, { route: null }],
    });
  });

  it('tells how a gateway sends a request on', async () => {
    const request = {
      port: 8080,
      host: 'api.shop.example',
      path: '/v1//orders/./7?x=1',
      headers: [['x-partner-key', '']],
    };
    expect(await ask({ mesh: 'shop', gateway: 'edge_shop', requests: [request] })).toEqual({
      answers: [
        {
          route: 'partner-orders_shop',
          sent: { host: 'orders.shop.svc.cluster.local', path: '/orders/7?x=1', port: undefined },
        },
      ],
    });
  });

  it.each([
    ['not JSON', 'no'],
    ['of a router or gateway', { mesh: 'shop', requests: [] }],
    ['has no virtualRouter', { mesh: 'shop', router: 'gone', requests: [] }],
    ['list of pairs', { mesh: 'shop', router: 'web_shop', requests: [{ headers: { a: 'b' } }] }],
    ['begin with /', { mesh: 'shop', router: 'web_shop', requests: [{ path: 'cart' }] }],
    ['http, http2, grpc or tcp', { mesh: 'shop', router: 'web_shop', requests: [{ protocol: 'ftp' }] }],
  ])('says what is wrong with a question: %s', async (message, question) => {
    await expect(async () => ask(question)).rejects.toThrow(message);
  });
});
