import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import type { Operation } from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '@/lib/mesh/model';
import { member, routerTo, toNode } from './fixtures';
import { HISTORY_ANNOTATION, readHistory } from './history';
import { kubectlWeightsCommand, targetName, weightsPatch } from './patch';
import type { JsonPatchOp, WantedWeight } from './patch';
import type { RawObject } from './resources';

/** Applies a patch as the API server would; throws where a `test` fails. */
function applied(router: RawObject, patch: JsonPatchOp[]): RawObject {
  const sent = JSON.parse(JSON.stringify(patch)) as Operation[]; // what the wire carries
  return jsonPatch.applyPatch(structuredClone(router), sent, true).newDocument;
}

function patchOf(
  router: RawObject,
  route: string,
  next: WantedWeight[],
  entry?: HistoryEntry,
): JsonPatchOp[] {
  const made = weightsPatch(router, route, next, entry);
  if (!made.ok) throw new Error(made.kind);
  return made.patch;
}

function withoutHistory(router: RawObject): RawObject {
  const { annotations = {}, ...metadata } = router.metadata;
  const { [HISTORY_ANNOTATION]: _, ...others } = annotations;
  return { ...router, metadata: { ...metadata, annotations: others } };
}

interface Written extends Record<string, unknown> {
  virtualNodeRef?: { name: string; namespace?: string };
  virtualNodeARN?: string;
  weight: number;
  port?: number;
}
const BODIES = ['httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'] as const;

const text = fc.constantFrom('a', 'b', 'all', 'a/b', 'a~b', '~1', "it's", 'x"y', '한국', '$HOME `id`', ' ');
const target: fc.Arbitrary<Written> = fc
  .record({
    node: fc.oneof(
      fc.constantFrom<Partial<Written>>(
        { virtualNodeRef: { name: 'cart' } },
        { virtualNodeRef: { name: 'cart', namespace: '' } },
        { virtualNodeRef: { name: 'cart', namespace: 'pay' } },
        { virtualNodeARN: 'arn:aws:appmesh:eu-west-1:1:mesh/m/virtualNode/x' },
        { virtualNodeARN: 'mesh/m/virtualNode/y', virtualNodeRef: { name: 'cart' } },
      ),
      text.map((name) => ({ virtualNodeRef: { name } })),
    ),
    weight: fc.integer({ min: 0, max: 100 }),
    port: fc.option(fc.constantFrom(80, 8080), { nil: undefined }),
  })
  .map(({ node, weight, port }) => ({ ...node, weight, ...(port === undefined ? {} : { port }) }));

interface Case {
  router: RawObject;
  /** The route to change and its targets. */
  name: string;
  targets: Written[];
  wanted: number[];
}

const route = fc.record({
  body: fc.constantFrom(...BODIES),
  targets: fc.array(target, { minLength: 1, maxLength: 5 }),
});

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    names: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
    routes: fc.array(route, { minLength: 3, maxLength: 3 }),
    at: fc.nat(2),
    wanted: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
    annotations: fc.constantFrom<Record<string, string>[]>(
      {},
      { other: 'kept' },
      { [HISTORY_ANNOTATION]: '{' },
    ),
    bare: fc.boolean(),
  })
  .map(({ names, routes, at, wanted, annotations, bare }) => {
    const written = names.map((name, i) => {
      const { body = 'tcpRoute', targets = [] } = routes[i] ?? {};
      return { name, body, targets };
    });
    const chosen = written[at % written.length];
    if (!chosen) throw new Error('no route was chosen');
    const spec = {
      routes: written.map(({ name, body, targets }) => ({
        name,
        [body]: { match: { prefix: '/', novelty: 1 }, action: { weightedTargets: targets } },
      })),
    };
    const router = member('VirtualRouter', 'cart', spec, bare ? {} : { metadata: { annotations } });
    return { router, name: chosen.name, targets: chosen.targets, wanted };
  });

/** What a caller asks for: the targets in order, by name, with the port only where it tells two apart. */
function asked({ targets, wanted }: Case): WantedWeight[] {
  const names = targets.map((each) => targetName(each, 'shop'));
  return targets.map(({ port }, i) => {
    const node = names[i] ?? '';
    const twice = names.filter((name) => name === node).length > 1;
    return { node, weight: wanted[i] ?? 0, ...(twice && port !== undefined ? { port } : {}) };
  });
}

const entryOf = ({ name, targets, wanted }: Case): HistoryEntry => ({
  id: '1',
  at: '2026-06-01T12:00:00.000Z',
  by: 'alice',
  route: name,
  before: targets.map((each) => ({ node: targetName(each, 'shop'), weight: each.weight })),
  after: targets.map((each, i) => ({ node: targetName(each, 'shop'), weight: wanted[i] ?? 0 })),
});

/** The router with one change made to the chosen route, as somebody else would have made it. */
function meddled({ router, name }: Case, change: (targets: Written[]) => unknown): RawObject {
  const copy = structuredClone(router);
  const { routes } = copy['spec'] as { routes: Record<string, unknown>[] }; // made above
  for (const each of routes)
    for (const body of BODIES) {
      const found = each[body] as { action: { weightedTargets: Written[] } } | undefined;
      if (each['name'] === name && found) change(found.action.weightedTargets);
    }
  return copy;
}

const property = (check: (given: Case) => void) => fc.assert(fc.property(anyCase, check), { numRuns: 150 });

describe('a patch of weights, for any router', () => {
  it('sets the wanted weights and touches nothing else but the history', () => {
    property((given) => {
      const after = applied(given.router, patchOf(given.router, given.name, asked(given), entryOf(given)));
      const expected = meddled(given, (targets) =>
        targets.forEach((each, i) => (each.weight = given.wanted[i] ?? 0)),
      );
      expect(withoutHistory(after)).toEqual(withoutHistory(expected));
      expect(readHistory(after.metadata.annotations?.[HISTORY_ANNOTATION])).toEqual([entryOf(given)]);
    });
  });

  it('is taken back by what the history remembers', () => {
    property((given) => {
      const after = applied(given.router, patchOf(given.router, given.name, asked(given), entryOf(given)));
      const undone = applied(after, patchOf(after, given.name, entryOf(given).before));
      expect(withoutHistory(undone)).toEqual(withoutHistory(given.router));
    });
  });

  it('fails as a whole when anybody changed what was seen', () => {
    property((given) => {
      const patch = patchOf(given.router, given.name, asked(given), entryOf(given));
      const { router, name } = given;
      const others = [
        { ...router, metadata: { ...router.metadata, uid: 'uid-another' } },
        meddled(given, ([first]) => first && (first.weight += 1)),
        meddled(given, ([first]) => first && (first.port = 7)),
        meddled(
          given,
          ([first]) => first && Object.assign(first, { virtualNodeARN: 'mesh/m/virtualNode/z' }),
        ),
        meddled(given, (targets) => targets.push({ virtualNodeRef: { name: 'late' }, weight: 1 })),
        meddled(given, (targets) => targets.pop()),
      ];
      const renamed = structuredClone(router);
      const { routes } = renamed['spec'] as { routes: { name: string }[] }; // made above
      for (const each of routes) if (each.name === name) each.name = `${name}-2`;
      for (const other of [...others, renamed]) expect(() => applied(other, patch)).toThrow();
    });
  });

  it('does not mind a status update', () => {
    property((given) => {
      const patch = patchOf(given.router, given.name, asked(given));
      const { metadata } = given.router;
      const moved = { ...given.router, metadata: { ...metadata, resourceVersion: '99' }, status: {} };
      expect(() => applied(moved, patch)).not.toThrow();
    });
  });
});

describe('a patch of weights', () => {
  const cart = routerTo('cart', toNode('a', 90), toNode('b', 10));

  it('takes the targets in any order', () => {
    const after = applied(
      cart,
      patchOf(cart, 'all', [
        { node: 'shop/b', weight: 40 },
        { node: 'shop/a', weight: 60 },
      ]),
    );
    expect(after).toEqual(routerTo('cart', toNode('a', 60), toNode('b', 40)));
  });

  it('tells one node on two ports apart', () => {
    const two = routerTo('cart', toNode('a', 1, { port: 81 }), toNode('a', 2, { port: 80 }));
    const next = [
      { node: 'shop/a', weight: 5, port: 80 },
      { node: 'shop/a', weight: 6, port: 81 },
    ];
    expect(applied(two, patchOf(two, 'all', next))).toEqual(
      routerTo('cart', toNode('a', 6, { port: 81 }), toNode('a', 5, { port: 80 })),
    );
  });

  it('gives a named port to its target before one without port is placed', () => {
    const two = routerTo('cart', toNode('a', 1, { port: 81 }), toNode('a', 2, { port: 80 }));
    const next = [
      { node: 'shop/a', weight: 5 },
      { node: 'shop/a', weight: 6, port: 81 },
    ];
    expect(applied(two, patchOf(two, 'all', next))).toEqual(
      routerTo('cart', toNode('a', 6, { port: 81 }), toNode('a', 5, { port: 80 })),
    );
  });

  it('can be sent for a target that names nothing', () => {
    const odd = routerTo('cart', { weight: 1 }, toNode('a', 1));
    const next = [
      { node: 'shop/', weight: 0 },
      { node: 'shop/a', weight: 1 },
    ];
    expect(applied(odd, patchOf(odd, 'all', next))).toEqual(routerTo('cart', { weight: 0 }, toNode('a', 1)));
  });

  it('writes no weight that stays', () => {
    const patch = patchOf(cart, 'all', [
      { node: 'shop/a', weight: 90 },
      { node: 'shop/b', weight: 10 },
    ]);
    expect(patch.map(({ op }) => op)).toEqual(['test', 'test', 'test']);
  });

  const wants = (...nodes: string[]) => nodes.map((node) => ({ node, weight: 1 }));
  const routes = (...list: object[]) => member('VirtualRouter', 'cart', { routes: list });
  const tcp = { tcpRoute: { action: { weightedTargets: [toNode('a', 1)] } } };
  it.each([
    ['malformed', 'a router that cannot be read', routes({ name: 7 }), wants('shop/a')],
    ['unknownRoute', 'a route that is not there', routes(), wants('shop/a')],
    [
      'unknownRoute',
      'a name two routes have',
      routes({ name: 'all', ...tcp }, { name: 'all', ...tcp }),
      wants('shop/a'),
    ],
    ['uneditable', 'a route without a known body', routes({ name: 'all' }), wants('shop/a')],
    ['targetsDiffer', 'a target too few', cart, wants('shop/a')],
    ['targetsDiffer', 'a target too many', cart, wants('shop/a', 'shop/b', 'shop/c')],
    ['targetsDiffer', 'another target', cart, wants('shop/a', 'shop/c')],
    ['targetsDiffer', 'one target twice', cart, wants('shop/a', 'shop/a')],
    ['targetsDiffer', 'another namespace', cart, wants('shop/a', 'pay/b')],
    [
      'targetsDiffer',
      'a port that is not there',
      cart,
      [...wants('shop/a'), { node: 'shop/b', weight: 1, port: 80 }],
    ],
  ])('is refused as %s for %s', (kind, _, router, next) => {
    expect(weightsPatch(router, 'all', next)).toEqual({ ok: false, kind });
    expect(kubectlWeightsCommand(router, [{ route: 'all', next }])).toBeUndefined();
  });
});

describe('the kubectl command', () => {
  /** The words a POSIX shell makes of a command. */
  const words = (command: string): string[] =>
    execFileSync('sh', ['-c', `kubectl() { printf '%s\\0' "$@"; }; ${command}`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);

  it('is the same patch, whatever the shell would make of its characters', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const said = words(
          kubectlWeightsCommand(given.router, [{ route: given.name, next: asked(given) }]) ?? '',
        );
        expect(said.slice(0, 7)).toEqual([
          ...['-n', 'shop', 'patch', 'virtualrouters.appmesh.k8s.aws', 'cart', '--type=json', '-p'],
        ]);
        expect(said).toHaveLength(8);
        expect(JSON.parse(said[7] ?? '')).toEqual(patchOf(given.router, given.name, asked(given)));
      }),
      { numRuns: 40 },
    );
  });
});
