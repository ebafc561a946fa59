import { describe, expect, it } from 'vitest';
import { mesh, modelOf, node, NOW, router, route, service, to, weighted } from '../fixtures';
import type { Entity, Listener, MeshNode } from '../model';
import { findFindings } from './index';

const found = (entities: Entity[], egress: 'deny' | 'allow' = 'deny') =>
  findFindings(modelOf(entities, { mesh: mesh({ egress }) }), NOW).filter(({ code }) => /^MD3/.test(code));
const codes = (...entities: Entity[]) => found(entities).map(({ code }) => code);
const answered = (name: string) => service(name, { kind: 'node', target: to('node', name) });
const group = to('backendGroup', 'team');
const grouped = { backendGroups: [group] };

describe('MD303, an entry that a group names, too', () => {
  const twice = { ...to('service', 'db'), alsoViaGroup: group.key };
  it('is told with the entry and the group', () => {
    expect(found([node('a', [twice], grouped), answered('db')])).toMatchObject([
      {
        code: 'MD303',
        severity: 'info',
        subject: 'node:shop/a',
        related: ['service:shop/db', 'backendGroup:shop/team'],
        path: 'spec.backends[0]',
        details: { service: 'shop/db', group: 'shop/team' },
      },
    ]);
  });
  it('is not one with a client policy of its own: it says more than the group', () => {
    expect(codes(node('a', [{ ...twice, tlsEnforced: true }], grouped), answered('db'))).toEqual([]);
  });
});

describe('MD305, a whitelist that does not hold for all', () => {
  const nodes = [node('a'), node('b', [to('service', 'db')]), answered('db')];
  it('is told of the mesh once, with how many list nothing', () => {
    expect(found(nodes, 'allow')).toMatchObject([
      { code: 'MD305', severity: 'info', subject: 'mesh:/shop', details: { open: 1, all: 2 } },
    ]);
  });
  it('is not in a mesh that drops, nor where every node has a list', () => {
    expect(found(nodes)).toEqual([]);
    expect(found(nodes.slice(1), 'allow')).toEqual([]);
  });
});

describe('MD308, more backends than App Mesh takes', () => {
  const many = (count: number): MeshNode =>
    node(
      'a',
      Array.from({ length: count }, (_, i) => to('service', `s${i}`, 'foreign')),
    );
  it('is told from the first one over the quota', () => {
    expect(found([many(51)])).toMatchObject([{ code: 'MD308', details: { count: 51, max: 50 } }]);
    expect(found([many(50)])).toEqual([]);
  });
});

describe('MD309, a server that speaks first', () => {
  const tcp = (port: number): Listener => ({
    ...{ port, protocol: 'tcp', healthCheck: false, outlierDetection: false },
  });
  const db = (port: number) => node('db', [], { listeners: [tcp(port)] });
  const caller = node('a', [to('service', 'db')]);
  it('is told of the service, with who lists it', () => {
    expect(found([db(3306), answered('db'), caller, node('b', [to('service', 'db')])])).toMatchObject([
      {
        code: 'MD309',
        subject: 'service:shop/db',
        related: ['node:shop/a', 'node:shop/b'],
        details: { port: 3306, protocol: 'MySQL', node: 'shop/a', more: 1 },
      },
    ]);
  });
  it('is told by the port of the router as well', () => {
    const behind = router('db', [route('all', { targets: [weighted(to('node', 'db'))] })], {
      listeners: [tcp(25)],
    });
    const mail = service('db', { kind: 'router', target: to('router', 'db') });
    expect(codes(db(2500), behind, mail, caller)).toEqual(['MD309']);
  });
  it('is not where nobody lists it, the port is another, or the listener no tcp', () => {
    expect(codes(db(3306), answered('db'))).toEqual([]);
    expect(codes(db(6379), answered('db'), caller)).toEqual([]);
    const http = node('db', [], { listeners: [{ ...tcp(3306), protocol: 'http' }] });
    expect(codes(http, answered('db'), caller)).toEqual([]);
  });
});

describe('MD311, calls that may go round', () => {
  it('is told of a node that may call itself, with the service in between', () => {
    expect(found([node('a', [to('service', 'a')]), answered('a')])).toMatchObject([
      {
        code: 'MD311',
        severity: 'info',
        subject: 'node:shop/a',
        related: ['service:shop/a'],
        details: { count: 1 },
      },
    ]);
  });
  it('is told once for all that call each other round', () => {
    const ring = ['a', 'b', 'c'].map((name, i, all) =>
      node(name, [to('service', all[(i + 1) % all.length] ?? '')]),
    );
    expect(found([...ring, ...['a', 'b', 'c'].map(answered)])).toMatchObject([
      { code: 'MD311', subject: 'node:shop/a', details: { count: 3, names: 'shop/a, shop/b, shop/c' } },
    ]);
  });
  it('is not where nobody comes back', () => {
    expect(codes(node('a', [to('service', 'b')]), node('b'), answered('b'))).toEqual([]);
  });
});
