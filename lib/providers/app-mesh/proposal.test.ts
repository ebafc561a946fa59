import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicatesOf, nodeWithSpec, proposalImpact } from '@/lib/mesh/backends/proposal';
import { whitelistOf } from '@/lib/mesh/backends/whitelist';
import { nodeKey, serviceKey } from '@/lib/mesh/keys';
import type { MeshNode } from '@/lib/mesh/model';
import { entity, member, readMesh } from './fixtures';

const service = (name: string, namespace: string) => member('VirtualService', name, {}, { namespace });
/** Services and groups of two namespaces; one group names a service beside the node, and one that is not there. */
const others = [
  ...['a', 'b'].flatMap((name) => ['shop', 'pay'].map((namespace) => service(name, namespace))),
  member('BackendGroup', 'team', {
    virtualservices: [{ name: 'a' }, { name: 'b', namespace: 'pay' }, { name: 'gone', namespace: 'pay' }],
  }),
  member('BackendGroup', 'team', { virtualservices: [{ name: 'b' }] }, { namespace: 'pay' }),
];
const meshWith = (spec: object) => readMesh(member('VirtualNode', 'web', spec), ...others);
const webOf = (spec: object): MeshNode => entity(meshWith(spec), 'node', 'web');

const tls = fc.constantFrom({}, { tls: {} }, { tls: { enforce: false } }, { tls: { enforce: true } });
const ref = fc.record(
  { name: fc.constantFrom('a', 'b', 'gone'), namespace: fc.constantFrom('shop', 'pay') },
  { requiredKeys: ['name'] },
);
const entries = fc.uniqueArray(
  fc.oneof(
    fc.record({ virtualServiceRef: ref, clientPolicy: tls }, { requiredKeys: ['virtualServiceRef'] }),
    fc.record({ virtualServiceARN: fc.constant('mesh/elsewhere/virtualService/far') }),
  ),
  { maxLength: 4, selector: (each) => JSON.stringify(each) },
);
const specs = fc.record(
  {
    backends: entries.map((list) => list.map((virtualService) => ({ virtualService }))),
    backendGroups: fc.uniqueArray(
      fc.constantFrom<object>(
        { name: 'team' },
        { name: 'team', namespace: 'pay' },
        { name: '*' },
        { name: '*', namespace: 'pay' },
        { name: 'none' },
      ),
      { maxLength: 3 },
    ),
    backendDefaults: tls.map((clientPolicy) => ({ clientPolicy })),
  },
  { requiredKeys: [] },
);
const said = ({ backends, backendGroups, defaultTlsEnforced }: MeshNode) => ({
  // Which of an open namespace comes first is nobody's promise.
  backends: backends.map(({ arnUnfit: _, ...each }) => JSON.stringify(each, Object.keys(each).sort())).sort(),
  backendGroups,
  defaultTlsEnforced,
});

describe('a node with another text of its backends', () => {
  it('is read as the cluster’s own would be', () => {
    fc.assert(
      fc.property(specs, specs, (before, wanted) => {
        const model = meshWith(before);
        const list = whitelistOf(model.mesh, model.entities.values());
        const node = entity(model, 'node', 'web');
        expect(said(nodeWithSpec(node, wanted, list))).toEqual(said(webOf(wanted)));
      }),
    );
  });

  it('tells what it would do: what a group lets through already is listed twice', () => {
    const model = meshWith({ backendGroups: [{ name: 'team' }] });
    const list = whitelistOf(model.mesh, model.entities.values());
    const before = entity(model, 'node', 'web');
    const spec = {
      backends: [{ virtualService: { virtualServiceRef: { name: 'a' } } }],
      backendGroups: [{ name: 'team' }],
    };
    const after = nodeWithSpec(before, spec, list);
    const twice = { node: nodeKey('shop', 'web'), service: serviceKey('shop', 'a') };
    expect(duplicatesOf(after)).toMatchObject([twice]);
    expect(proposalImpact(list, before, after, new Map())).toMatchObject({ duplicates: [twice], unseen: [] });
    const emptied = proposalImpact(list, after, nodeWithSpec(after, {}, list), new Map());
    expect(emptied).toMatchObject({ emptied: [twice.node], duplicates: [] });
    expect(emptied.unseen).toContainEqual(twice);
  });
});
