import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology } from '../build-topology';
import { findFindings } from '../findings';
import {
  gateway,
  gatewayRoute,
  mesh,
  modelOf,
  node,
  NOW,
  route,
  router,
  service,
  to,
  weighted,
} from '../fixtures';
import type { Entity, Mesh } from '../model';
import { objectChanges } from './objects';
import { diffPictures } from './pictures';
import type { Moment, PictureDiff } from './pictures';

function momentOf(entities: Entity[], more: Partial<Mesh> = {}): Moment {
  const model = modelOf(entities, { mesh: mesh(more) });
  const { nodes, edges } = buildTopology(model);
  return {
    mesh: model.mesh,
    nodes: new Map(nodes.map((each) => [each.key, each])),
    edges: new Map(edges.map((each) => [each.key, each])),
    findings: findFindings(model, NOW),
  };
}

const EMPTY: PictureDiff = {
  nodes: { added: [], removed: [], changed: [] },
  edges: { added: [], removed: [], changed: [] },
  findings: { added: [], removed: [], changed: [] },
};

const weightsOf = (weights: Record<string, number>) =>
  Object.entries(weights).flatMap(([name, weight]): Entity[] => [
    node(name),
    router(name, [
      route('all', { targets: [weighted(to('node', name), weight), weighted(to('node', 'a'), 1)] }),
    ]),
  ]);
const anyMoment = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(0, 1, 120))
  .map((weights) => momentOf(weightsOf(weights)));

/** Keys of what is there: what stands for nothing is none of it. */
const objectsOf = ({ nodes }: Moment) =>
  [...nodes.values()].filter(({ kind }) => kind !== 'unresolved').map(({ key }) => key);

describe('the difference between two pictures', () => {
  it('is nothing between equal ones', () => {
    fc.assert(
      fc.property(anyMoment, (a) => {
        expect(diffPictures(a, structuredClone(a))).toEqual(EMPTY);
      }),
    );
  });

  it('accounts for every object, edge and finding', () => {
    fc.assert(
      fc.property(anyMoment, anyMoment, (a, b) => {
        const { nodes, edges, findings } = diffPictures(a, b);
        const keys = (list: { key: string }[]) => list.map(({ key }) => key);
        const real = (list: { key: string; kind: string }[]) =>
          keys(list.filter(({ kind }) => kind !== 'unresolved'));
        const now = new Set<string>(objectsOf(a));
        for (const key of real(nodes.removed)) expect(now.delete(key)).toBe(true);
        for (const key of real(nodes.added)) now.add(key);
        expect([...now].sort()).toEqual(objectsOf(b).sort());
        const lines = new Map(a.edges);
        for (const { key } of edges.removed) lines.delete(key);
        for (const each of [...edges.added, ...edges.changed.map(({ after }) => after)])
          lines.set(each.key, each);
        expect(lines).toEqual(b.edges);
        const known = new Map(a.findings.map((each) => [each.id, each]));
        for (const { id } of findings.removed) known.delete(id);
        for (const each of [...findings.added, ...findings.changed.map(({ after }) => after)])
          known.set(each.id, each);
        expect(known).toEqual(new Map(b.findings.map((each) => [each.id, each])));
      }),
    );
  });

  it('tells each object once, with its findings', () => {
    fc.assert(
      fc.property(anyMoment, anyMoment, (a, b) => {
        const changes = objectChanges(diffPictures(a, b));
        expect(new Set(changes.map(({ key }) => key)).size).toBe(changes.length);
        for (const { fields } of changes)
          expect(new Set(fields.map(({ path }) => path)).size).toBe(fields.length);
      }),
    );
  });

  it('counts an object as added where a reference led to nothing before', () => {
    const broken = [router('r', [route('all', { targets: [weighted(to('node', 'a', 'missing'))] })])];
    const whole = [router('r', [route('all', { targets: [weighted(to('node', 'a'))] })]), node('a')];
    const [a, b] = [momentOf(broken), momentOf(whole)];
    expect(diffPictures(a, b).nodes.added.map(({ key }) => key)).toEqual(['node:shop/a']);
    expect(diffPictures(a, b).nodes.removed).toEqual([]);
    expect(diffPictures(b, a).nodes.removed.map(({ kind }) => kind)).toEqual(['node']);
  });

  it('takes the routes of a gateway for objects, also when one moves to another gateway', () => {
    const made = (home: string) =>
      momentOf([
        gateway('one'),
        gateway('two'),
        service('web', { kind: 'none' }),
        gatewayRoute('front', to('gateway', home), to('service', 'web')),
      ]);
    expect(objectChanges(diffPictures(made('one'), made('two')))).toMatchObject([
      {
        key: 'gatewayRoute:shop/front',
        what: 'changed',
        card: 'gateway:shop/two',
        fields: [{ path: 'spec.virtualGatewayRef', before: 'shop/one', after: 'shop/two' }],
      },
    ]);
  });

  it('tells what changed of the mesh itself, which is on no card', () => {
    const [a, b] = [momentOf([]), momentOf([], { egress: 'allow', controlPlane: 'frozen' })];
    const [change] = objectChanges(diffPictures(a, b));
    expect(change).toMatchObject({
      key: 'mesh:/shop',
      card: undefined,
      fields: [
        { path: 'spec.egressFilter', kind: 'spec', before: 'deny', after: 'allow' },
        { path: 'controlPlane', kind: 'status' },
        { kind: 'finding', after: { code: 'MD502' } },
      ],
    });
  });

  it('names who wrote in between, and nobody who wrote before', () => {
    const helm = { manager: 'helm', operation: 'Update', at: '2026-06-01T11:00:00Z' } as const;
    const kubectl = { manager: 'kubectl-patch', operation: 'Update', at: '2026-06-01T12:00:00Z' } as const;
    const a = momentOf([node('a', [], { labels: {}, writtenBy: [helm] })]);
    const b = momentOf([
      node('a', [], { labels: { v: '2' }, writtenBy: [kubectl, helm] }),
      node('b', [], { writtenBy: [helm] }),
    ]);
    expect(objectChanges(diffPictures(a, b)).map(({ key, writers }) => [key, writers])).toEqual([
      ['node:shop/b', [helm]],
      ['node:shop/a', [kubectl]],
    ]);
  });

  it('tells findings of an object that is as it was', () => {
    const routes = [route('all', { targets: [weighted(to('node', 'a'), 0)] })];
    const a = momentOf([router('r', routes), node('a')]);
    const changes = objectChanges(diffPictures({ ...a, findings: [] }, a));
    expect(changes).toMatchObject([
      {
        key: 'router:shop/r',
        what: 'changed',
        before: undefined,
        fields: [{ kind: 'finding', before: undefined, after: { code: 'MD202' } }],
      },
    ]);
  });
});
