import { expect, it } from 'vitest';
import type { MeshSummary, Source } from '@/lib/api/topology';
import { meshRows, withoutMesh } from './mesh-rows';

const since = '2026-11-01T12:00:00Z';
const source = (id: string, kind: Source['kind']): Source => ({
  id,
  kind,
  name: id,
  server: '',
  readOnly: false,
  state: { phase: 'live', since },
});
const mesh = (name: string, joined?: MeshSummary['joined']): MeshSummary => ({
  name,
  key: `mesh:/${name}`,
  controlPlane: 'live',
  egress: 'deny',
  counts: {},
  findings: { error: 0, warning: 0, info: 0 },
  ...(joined === undefined ? {} : { joined }),
});
const connection = { phase: 'live' as const, since };

it('a mesh that a cluster and an API know is one row of the cluster that names both', () => {
  const rows = meshRows([
    { source: source('prod', 'kubernetes'), meshes: [mesh('shop')], connection },
    {
      source: source('aws', 'appmesh'),
      meshes: [mesh('ecs'), mesh('shop', { source: 'prod', mesh: 'shop' })],
      connection,
    },
  ]);
  expect(rows.map((row) => [row.mesh.name, row.sources.map((each) => each.source.id)])).toEqual([
    ['shop', ['prod', 'aws']],
    ['ecs', ['aws']],
  ]);
});

it('meshes of one name in two clusters are two rows', () => {
  const rows = meshRows(
    ['blue', 'green'].map((id) => ({ source: source(id, 'kubernetes'), meshes: [mesh('shop')], connection })),
  );
  expect(rows.map((row) => row.sources.map((each) => each.source.id))).toEqual([['blue'], ['green']]);
});

it('a source without a mesh has no row, and is named all the same', () => {
  const known = [
    { source: source('prod', 'kubernetes'), meshes: [mesh('shop')], connection },
    { source: source('aws', 'appmesh'), meshes: [], connection },
  ];
  expect(meshRows(known)).toHaveLength(1);
  expect(withoutMesh(known).map((each) => each.source.id)).toEqual(['aws']);
});
