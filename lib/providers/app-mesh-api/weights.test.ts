import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource, routeSpec } from './fixtures';
import { awsWeightsCommand, withWeights } from './index';

const bodyOf = (spec: unknown) => resource('route', 'cart/all', spec).body;

const body = bodyOf({
  priority: 3,
  ...routeSpec({ a: 80, b: 20 }),
  somethingNew: { kept: true },
});

describe('the spec with new weights', () => {
  it('changes the weights and nothing else', () => {
    const made = withWeights(body, [
      { node: '/b', weight: 50 },
      { node: 'a', weight: 50 },
    ]);
    expect(made).toEqual({
      ok: true,
      spec: { priority: 3, ...routeSpec({ a: 50, b: 50 }), somethingNew: { kept: true } },
      before: [
        { node: '/a', weight: 80 },
        { node: '/b', weight: 20 },
      ],
    });
  });

  it('tells two targets of one node apart by port', () => {
    const twice = bodyOf({
      tcpRoute: {
        action: {
          weightedTargets: [
            { virtualNode: 'a', weight: 1, port: 1 },
            { virtualNode: 'a', weight: 2, port: 2 },
          ],
        },
      },
    });
    const made = withWeights(twice, [
      { node: '/a', weight: 9, port: 2 },
      { node: '/a', weight: 8, port: 1 },
    ]);
    expect(made).toMatchObject({
      spec: {
        tcpRoute: {
          action: {
            weightedTargets: [
              { weight: 8, port: 1 },
              { weight: 9, port: 2 },
            ],
          },
        },
      },
    });
  });

  it.each([
    [
      'a target that is not there',
      [
        { node: 'a', weight: 1 },
        { node: 'c', weight: 1 },
      ],
      'targetsDiffer',
    ],
    ['a target too few', [{ node: 'a', weight: 1 }], 'targetsDiffer'],
    [
      'a target twice',
      [
        { node: 'a', weight: 1 },
        { node: 'a', weight: 1 },
      ],
      'targetsDiffer',
    ],
  ])('refuses %s', (_, weights, kind) => {
    expect(withWeights(body, weights)).toEqual({ ok: false, kind });
  });

  it('refuses a route without one type, and one that cannot be read', () => {
    expect(withWeights(bodyOf({}), [])).toEqual({ ok: false, kind: 'uneditable' });
    expect(withWeights({ spec: 1 }, [])).toEqual({ ok: false, kind: 'malformed' });
  });

  const anyBody = fc
    .record({
      field: fc.constantFrom('httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'),
      targets: fc.uniqueArray(
        fc.record(
          {
            virtualNode: fc.string({ minLength: 1 }).filter((name) => !name.startsWith('/')),
            weight: fc.nat(100),
            port: fc.integer({ min: 1, max: 65535 }),
            extra: fc.jsonValue(),
          },
          { requiredKeys: ['virtualNode', 'weight'] },
        ),
        { minLength: 1, maxLength: 10, selector: ({ virtualNode, port }) => `${virtualNode}|${port ?? ''}` },
      ),
      unknown: fc.dictionary(
        fc.string().map((name) => `x${name}`),
        fc.jsonValue(),
      ),
      priority: fc.option(fc.nat(1000), { nil: undefined }),
    })
    .map(({ field, targets, unknown, priority }) => ({
      body: bodyOf({
        ...(priority === undefined ? {} : { priority }),
        [field]: {
          match: { prefix: '/', ...unknown },
          action: { weightedTargets: targets, ...unknown },
          ...unknown,
        },
        ...unknown,
      }),
      targets,
    }));

  it('is undone by the weights of before', () => {
    fc.assert(
      fc.property(
        anyBody,
        fc.array(fc.nat(100), { minLength: 10, maxLength: 10 }),
        ({ body, targets }, next) => {
          const wanted = targets.map(({ virtualNode, port }, i) => ({
            node: `/${virtualNode}`,
            weight: next[i] ?? 0,
            ...(port === undefined ? {} : { port }),
          }));
          const untouched = structuredClone(body);
          const made = withWeights(body, wanted);
          expect(made.ok).toBe(true);
          if (!made.ok) return;
          expect(body).toEqual(untouched);
          const undone = withWeights({ ...(body as object), spec: made.spec }, made.before);
          expect(undone).toMatchObject({ ok: true, before: wanted });
          expect(undone.ok && undone.spec).toEqual((untouched as { spec: unknown }).spec);
        },
      ),
    );
  });
});

describe('the equal command', () => {
  const place = { region: 'eu-west-1', mesh: "it's", owner: '123456789012', router: 'cart', route: 'all' };

  it('is read by a shell as it is meant', () => {
    const command = awsWeightsCommand({ ...place, endpoint: 'http://localhost:1/$HOME' }, body, [
      { node: 'a', weight: 1 },
      { node: 'b', weight: 0 },
    ]);
    const printed = execFileSync(
      'sh',
      ['-c', `aws() { for each; do printf '%s\\n' "$each"; done; }; ${command}`],
      {
        encoding: 'utf8',
      },
    ).trim();
    const words = printed.split('\n');
    expect(words.slice(0, 6)).toEqual([
      'appmesh',
      'update-route',
      '--region',
      'eu-west-1',
      '--endpoint-url',
      'http://localhost:1/$HOME',
    ]);
    expect(JSON.parse(words.at(-1) ?? '')).toEqual({
      meshName: "it's",
      meshOwner: '123456789012',
      virtualRouterName: 'cart',
      routeName: 'all',
      spec: { priority: 3, ...routeSpec({ a: 1, b: 0 }), somethingNew: { kept: true } },
    });
  });

  it('is not there where there is no such change', () => {
    expect(awsWeightsCommand(place, body, [])).toBeUndefined();
  });
});
