import { describe, expect, it } from 'vitest';
import { createAppMeshApi } from './app-mesh';
import type { ApiFailure, ApiMeshRead, ApiMeshSnapshot, AppMeshApi } from './app-mesh';
import { APP_MESH_PREFIX, holding, refuse } from './scripted-api';
import type { Asked, Held, Reply, ScriptedApi } from './scripted-api';
import { openScripted } from './scripted-client';

const never = new AbortController().signal;

const world = () =>
  new Map<string, Held>([
    ['virtualNodes/cart', { version: 1, spec: { listeners: [] } }],
    ['virtualNodes/pay', { version: 1, spec: {} }],
    ['virtualNodes/stock', { version: 4, spec: {} }],
    ['virtualRouters/cart', { version: 1, spec: { listeners: [] } }],
    ['virtualRouter/cart/routes/all', { version: 1, spec: { priority: 1 } }],
    ['virtualServices/cart.shop', { version: 1, spec: {} }],
    ['virtualGateways/door', { version: 1, spec: { listeners: [] } }],
    ['virtualGateway/door/gatewayRoutes/in', { version: 1, spec: {} }],
  ]);

const open = (answer: (asked: Asked) => Reply | Promise<Reply>) =>
  openScripted(createAppMeshApi, answer, {
    prefix: APP_MESH_PREFIX,
    connectTimeoutMs: 500,
    answerTimeoutMs: 500,
  });

async function read(api: AppMeshApi, previous?: ApiMeshSnapshot): Promise<ApiMeshRead> {
  const answer = await api.readMesh('shop', '123456789012', previous, never);
  if (!answer.ok) throw new Error(`${answer.failure.operation}: ${answer.failure.detail}`);
  return answer.result;
}

const names = ({ resources }: ApiMeshSnapshot) =>
  resources.map(({ kind, parent, name }) => `${kind} ${parent === undefined ? '' : `${parent}/`}${name}`);

const describes = ({ asked }: ScriptedApi) =>
  asked
    .filter(({ path }) => !/(?:meshes|Nodes|Routers|Services|Gateways|outes|tags)$/.test(path))
    .map(({ path }) => path);

describe('reading a mesh', () => {
  it('reads every kind to the last page', async () => {
    const [api] = await open(holding(world()));
    const { snapshot, changed, problems } = await read(api);
    expect(names(snapshot)).toEqual([
      'virtualGateway door',
      'gatewayRoute door/in',
      'virtualService cart.shop',
      'virtualRouter cart',
      'route cart/all',
      'virtualNode cart',
      'virtualNode pay',
      'virtualNode stock',
    ]);
    expect({ changed, problems, unread: snapshot.unread }).toEqual({
      changed: true,
      problems: [],
      unread: [],
    });
    expect(snapshot.resources.at(-1)).toMatchObject({
      version: 4,
      arn: 'arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/virtualNodes/stock',
      body: { metadata: { createdAt: '2023-11-14T22:13:20.500Z' } },
    });
  });

  it('describes nothing when nothing is new', async () => {
    const [api, scripted] = await open(holding(world()));
    const first = await read(api);
    scripted.asked.length = 0;
    const second = await read(api, first.snapshot);
    expect(second).toEqual({ snapshot: first.snapshot, changed: false, problems: [] });
    expect(second.snapshot).toBe(first.snapshot);
    expect(describes(scripted)).toEqual([]);
  });

  it('describes what is new or has another version, and keeps the rest as it was', async () => {
    const held = world();
    const [api, scripted] = await open(holding(held));
    const first = await read(api);
    held.set('virtualNodes/pay', { version: 2, spec: { backends: [] } });
    held.set('virtualNodes/late', { version: 1, spec: {} });
    held.delete('virtualServices/cart.shop');
    scripted.asked.length = 0;
    const { snapshot, changed } = await read(api, first.snapshot);
    expect(changed).toBe(true);
    expect(describes(scripted).sort()).toEqual([
      '/meshes/shop/virtualNodes/late',
      '/meshes/shop/virtualNodes/pay',
    ]);
    expect(names(snapshot)).not.toContain('virtualService cart.shop');
    const cart = (of: ApiMeshSnapshot) =>
      of.resources.find(({ kind, name }) => kind === 'virtualNode' && name === 'cart');
    expect(cart(snapshot)).toBe(cart(first.snapshot));
  });

  it('reads the tags of what it describes, and does without where it may not', async () => {
    const answer = holding(world());
    const tagged = (asked: Asked): Reply => {
      if (asked.path !== '/tags') return answer(asked);
      const second = asked.query.get('nextToken') === 'more';
      return second
        ? { body: { tags: [{ key: 'team', value: 'shop' }] } }
        : { body: { tags: [{ key: 'stage', value: '' }], nextToken: 'more' } };
    };
    const [api, scripted] = await open(tagged);
    const { snapshot } = await read(api);
    const tagsOf = (of: ApiMeshSnapshot) => of.resources.map(({ kind, tags }) => [kind, tags?.['team']]);
    expect(Object.fromEntries(tagsOf(snapshot))).toEqual({
      virtualGateway: 'shop',
      gatewayRoute: undefined,
      virtualService: 'shop',
      virtualRouter: 'shop',
      route: undefined,
      virtualNode: 'shop',
    });
    scripted.answer = (asked) => (asked.path === '/tags' ? refuse(403, 'ForbiddenException') : answer(asked));
    const { snapshot: without, problems } = await read(api);
    expect(problems).toEqual([]);
    expect(names(without)).toEqual(names(snapshot));
  });

  it('names a kind that fails and reads the others', async () => {
    const answer = holding(world());
    const [api] = await open((asked) =>
      asked.path.endsWith('/virtualNodes') ? refuse(403, 'ForbiddenException', 'not allowed') : answer(asked),
    );
    const { snapshot, problems } = await read(api);
    expect(problems).toEqual([
      {
        kind: 'forbidden',
        operation: 'ListVirtualNodes',
        detail: 'not allowed',
        about: 'mesh/shop/virtualNode',
        status: 403,
      },
    ]);
    expect(snapshot.unread).toEqual([{ kind: 'virtualNode' }]);
    expect(names(snapshot)).toHaveLength(5);
  });

  it('counts resources that fail, and keeps what it knew of them', async () => {
    const held = world();
    const answer = holding(held);
    const [api, scripted] = await open(answer);
    const first = await read(api);
    for (const [path, { spec }] of held)
      if (path.startsWith('virtualNodes/')) held.set(path, { version: 9, spec });
    held.set('virtualNodes/late', { version: 1, spec: {} });
    scripted.answer = (asked) =>
      asked.path.includes('/virtualNodes/') ? refuse(500, 'InternalServerErrorException') : answer(asked);
    const { snapshot, problems } = await read(api, first.snapshot);
    expect(problems).toMatchObject([{ kind: 'unreachable', operation: 'DescribeVirtualNode', count: 4 }]);
    expect(names(snapshot)).toEqual(names(first.snapshot));
    expect(snapshot.unread).toEqual([{ kind: 'virtualNode', name: 'late' }]);
    scripted.answer = answer;
    const third = await read(api, snapshot);
    expect(third.snapshot.unread).toEqual([]);
    expect(names(third.snapshot)).toContain('virtualNode late');
  });

  it('leaves out what was deleted between list and description', async () => {
    const answer = holding(world());
    const [api] = await open((asked) =>
      asked.path.endsWith('/virtualNodes/pay') ? refuse(404, 'NotFoundException') : answer(asked),
    );
    const { snapshot, problems } = await read(api);
    expect(problems).toEqual([]);
    expect(names(snapshot)).not.toContain('virtualNode pay');
  });

  it('gives up at once when the service goes away', async () => {
    const answer = holding(world());
    const [api, scripted] = await open((asked) => (asked.path === '/meshes' ? answer(asked) : 'reset'));
    const failed = await api.readMesh('shop', '123456789012', undefined, never);
    expect(failed).toMatchObject({ ok: false, failure: { kind: 'unreachable', operation: 'DescribeMesh' } });
    expect(scripted.asked).toHaveLength(2);
  });

  it('says that a mesh is not there', async () => {
    const [api] = await open(holding(world()));
    expect(await api.readMesh('other', '', undefined, never)).toMatchObject({
      ok: false,
      failure: { kind: 'notFound', about: 'mesh/other' },
    });
  });

  it('reads a mesh that may be described and not listed', async () => {
    const answer = holding(world());
    const [api] = await open((asked) =>
      asked.path === '/meshes' ? refuse(403, 'AccessDeniedException') : answer(asked),
    );
    expect(names((await read(api)).snapshot)).toHaveLength(8);
  });

  it('does not follow a list that goes round in a circle', async () => {
    const answer = holding(world());
    const [api] = await open((asked) =>
      asked.path.endsWith('/virtualNodes')
        ? { body: { virtualNodes: [], nextToken: 'again' } }
        : answer(asked),
    );
    expect((await read(api)).problems).toMatchObject([{ operation: 'ListVirtualNodes', kind: 'unknown' }]);
  });

  it('stops when told to', async () => {
    const [api] = await open(() => 'hang');
    const stop = new AbortController();
    const reading = api.listMeshes(stop.signal);
    stop.abort();
    expect(await reading).toMatchObject({ ok: false, failure: { operation: 'ListMeshes' } });
  });
});

describe('a route', () => {
  it('is described and updated, with the whole spec as it is given', async () => {
    const held = world();
    const answer = holding(held);
    const spec = {
      httpRoute: { match: { prefix: '/' }, action: { weightedTargets: [{ virtualNode: 'a', weight: 1 }] } },
    };
    const [api, scripted] = await open((asked) => {
      if (asked.method === 'PUT') held.set('virtualRouter/cart/routes/all', { version: 2, spec });
      return answer(asked);
    });
    const before = await api.describeRoute('shop', '123456789012', 'cart', 'all', never);
    expect(before).toMatchObject({
      ok: true,
      result: { kind: 'route', parent: 'cart', name: 'all', version: 1 },
    });
    const after = await api.updateRoute('shop', '123456789012', 'cart', 'all', spec, never);
    expect(after).toMatchObject({ ok: true, result: { version: 2, body: { spec } } });
    const sent = scripted.asked.find(({ method }) => method === 'PUT');
    expect(sent?.query.get('meshOwner')).toBe('123456789012');
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({ spec });
  });

  it('may have been taken when the answer to a write is lost', async () => {
    const [api] = await open(() => 'reset');
    expect(await api.updateRoute('shop', '', 'cart', 'all', {}, never)).toMatchObject({
      ok: false,
      failure: { kind: 'unknown', operation: 'UpdateRoute', about: 'mesh/shop/virtualRouter/cart/route/all' },
    });
  });
});

describe('what went wrong', () => {
  const MESSAGE = 'The Canonical String should have been x-amz-security-token:TOPSECRET';
  const cases: [string, Reply, Partial<ApiFailure>][] = [
    ['a missing permission', refuse(403, 'ForbiddenException', 'no'), { kind: 'forbidden', detail: 'no' }],
    ['a policy', refuse(403, 'AccessDeniedException', 'x is not authorized'), { kind: 'forbidden' }],
    [
      'a signature',
      refuse(403, 'InvalidSignatureException', MESSAGE),
      { detail: 'InvalidSignatureException' },
    ],
    ['an unknown account', refuse(403, 'UnrecognizedClientException'), { kind: 'gone' }],
    ['somebody else at the address', { status: 404, text: '<html>no</html>' }, { kind: 'gone' }],
    ['a service that ended', { status: 410, text: '' }, { kind: 'gone', detail: 'HTTP 410' }],
    ['too many calls', refuse(429, 'TooManyRequestsException'), { kind: 'throttled' }],
    ['a quota', refuse(400, 'LimitExceededException'), { kind: 'invalid' }],
    [
      'a service in trouble',
      refuse(503, 'ServiceUnavailableException'),
      { kind: 'unreachable', status: 503 },
    ],
    ['an answer that is no JSON', { text: '<html>hello</html>' }, { kind: 'unknown' }],
    ['an answer without a list', { body: {} }, { kind: 'unknown', detail: 'the answer holds no list' }],
    ['silence', 'hang', { kind: 'unreachable', detail: 'no answer in time' }],
    ['a connection that ends', 'reset', { kind: 'unreachable' }],
  ];
  it.each(cases)('tells %s', async (_, reply, failure) => {
    const [api] = await open(() => reply);
    const answer = await api.listMeshes(never);
    expect(answer).toMatchObject({ ok: false, failure: { operation: 'ListMeshes', ...failure } });
    expect(JSON.stringify(answer)).not.toMatch(/TOPSECRET|AKIAEXAMPLE/);
  });

  it.each([
    ['http://127.0.0.1:1', 'unreachable'],
    ['http://nothing.invalid', 'gone'],
  ])('tells that nobody is at %s', async (endpoint, kind) => {
    const api = createAppMeshApi({
      region: 'eu-west-1',
      endpoint,
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
      attempts: 1,
    });
    expect(await api.listMeshes(never)).toMatchObject({ ok: false, failure: { kind } });
    api.close();
  });

  it('shows an endpoint without its password', () => {
    const api = createAppMeshApi({ region: 'eu-west-1', endpoint: 'https://user:pass@mesh.example/' });
    expect(api.endpoint).toBe('https://mesh.example');
    api.close();
  });
});
