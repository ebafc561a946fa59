import { describe, expect, it } from 'vitest';
import { buildTopology } from '../build-topology';
import { findFindings } from '../findings';
import { group, modelOf, node, NOW, route, router, to, weighted } from '../fixtures';
import { entityKey } from '../keys';
import { topologyJson } from './topology-json';

const model = modelOf([
  router('cart', [route('all', { targets: [weighted(to('node', 'v1'), 90), weighted(to('node', 'v2'), 90)] })]),
  node('v1'),
  node('v2'),
]); // prettier-ignore
const topology = {
  revision: { epoch: 'e', seq: 7 },
  mesh: model.mesh,
  ...buildTopology(model),
  findings: findFindings(model, NOW),
  groups: [group('team', [])],
};
const file = {
  source: 'sandbox',
  address: 'http://127.0.0.1:3000/sources/sandbox/meshes/shop/topology',
  exportedAt: '2026-06-01T12:00:00.000Z',
  topology,
};
const read = (shown?: Parameters<typeof topologyJson>[0]['shown']) =>
  JSON.parse(topologyJson({ ...file, shown })) as Record<string, unknown> & { topology: typeof topology };

describe('the JSON file', () => {
  it('holds the whole topology as the API gives it, with where and when it was taken', () => {
    expect(read()).toEqual({
      schema: 'meshdeck/topology',
      version: 1,
      exportedAt: file.exportedAt,
      source: file.source,
      address: file.address,
      scope: 'whole',
      omitted: { nodes: 0, edges: 0, findings: 0 },
      topology: JSON.parse(JSON.stringify(topology)),
    });
    expect(topology.findings.length).toBeGreaterThan(0);
  });

  it('holds what is shown, and counts what it leaves out', () => {
    const part = read(new Set([entityKey('node', 'shop', 'v1'), entityKey('router', 'shop', 'cart')]));
    expect(part['scope']).toBe('shown');
    expect(part.topology.nodes.map(({ key }) => key).sort()).toEqual(['node:shop/v1', 'router:shop/cart']);
    expect(part.topology.groups).toEqual([]);
    expect(part.topology.edges.map(({ target }) => target)).toEqual(['node:shop/v1']);
    expect(part['omitted']).toEqual({ nodes: 1, edges: 1, findings: 0 });
  });

  it('keeps findings with the card that shows them', () => {
    const part = read(new Set([entityKey('node', 'shop', 'v1')]));
    expect(part.topology.findings).toEqual([]);
    expect(part['omitted']).toMatchObject({ findings: topology.findings.length });
  });
});
