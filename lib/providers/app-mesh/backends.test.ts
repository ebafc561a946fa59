import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entity, member, readMesh } from './fixtures';
import type { RawObject } from './resources';

const toService = (name: string, more: object = {}) => ({
  virtualService: { virtualServiceRef: { name }, ...more },
});
const service = (name: string, namespace = 'shop') => member('VirtualService', name, {}, { namespace });
const group = (name: string, namespace: string, ...virtualservices: object[]) =>
  member('BackendGroup', name, { virtualservices }, { namespace });

function nodeWith(spec: object, ...others: RawObject[]) {
  const node = member('VirtualNode', 'web', spec, { namespace: 'front' });
  return entity(readMesh(node, ...others), 'node', 'front/web');
}
const keys = (list: { key: string }[]) => list.map(({ key }) => key);

describe('the backends of a node', () => {
  it('are its own, in their order, a service named twice standing twice', () => {
    const { backends } = nodeWith({ backends: [toService('b'), toService('a'), toService('b')] });
    expect(keys(backends)).toEqual(['service:front/b', 'service:front/a', 'service:front/b']);
  });

  it('enforce TLS where there is a policy that does not say no', () => {
    const tls = (policy: object) => toService('a', { clientPolicy: policy });
    const { backends } = nodeWith({
      backends: [tls({ tls: {} }), tls({ tls: { enforce: false } }), tls({}), toService('a')],
    });
    expect(backends.map(({ tlsEnforced }) => tlsEnforced)).toEqual([true, false, undefined, undefined]);
  });

  it('go on with the members of its groups that are not there yet', () => {
    const { backends, backendGroups } = nodeWith(
      {
        backends: [{ virtualService: { virtualServiceRef: { name: 'a', namespace: 'shop' } } }],
        backendGroups: [{ name: 'g', namespace: 'shop' }],
      },
      group('g', 'shop', { name: 'a', namespace: 'shop' }, { name: 'b', namespace: 'shop' }),
      service('a'),
      service('b'),
    );
    expect(backends).toMatchObject([
      { key: 'service:shop/a', resolution: 'ok' },
      { key: 'service:shop/b', resolution: 'ok', viaGroup: 'backendGroup:shop/g' },
    ]);
    expect(backends[0]?.viaGroup).toBeUndefined();
    expect(backendGroups).toMatchObject([{ key: 'backendGroup:shop/g', resolution: 'ok' }]);
  });

  it('stand once for a service that two groups name', () => {
    const { backends } = nodeWith(
      { backendGroups: [{ name: 'g' }, { name: 'h' }] },
      group('g', 'front', { name: 'a' }),
      group('h', 'front', { name: 'a' }),
    );
    expect(backends).toMatchObject([{ key: 'service:front/a', viaGroup: 'backendGroup:front/g' }]);
  });

  it('look for a member without namespace beside the node, as the controller does, not beside the group', () => {
    const { backends } = nodeWith(
      { backendGroups: [{ name: 'g', namespace: 'shop' }] },
      group('g', 'shop', { name: 'a' }),
      service('a', 'shop'),
    );
    expect(backends).toMatchObject([{ key: 'service:front/a', resolution: 'missing' }]);
  });

  it('are all services of the namespace for a group named *', () => {
    const { backends, backendGroups } = nodeWith(
      { backendGroups: [{ name: '*', namespace: 'shop' }] },
      service('b'),
      service('a'),
      service('c', 'front'),
      member('VirtualNode', 'd'),
    );
    expect(keys(backends).sort()).toEqual(['service:shop/a', 'service:shop/b']);
    expect(backendGroups).toMatchObject([{ key: 'backendGroup:shop/*', resolution: 'ok' }]);
  });

  it('have nothing from a group that is not there, and the group says so', () => {
    expect(nodeWith({ backendGroups: [{ name: 'gone' }] })).toMatchObject({
      backends: [],
      backendGroups: [{ key: 'backendGroup:front/gone', resolution: 'missing' }],
    });
  });
});

describe('a backend group', () => {
  it('lists what it names, from its own namespace', () => {
    const model = readMesh(group('g', 'shop', { name: 'a' }, { name: 'b', namespace: 'pay' }));
    expect(keys(entity(model, 'backendGroup', 'g').members)).toEqual(['service:shop/a', 'service:pay/b']);
  });
});

describe('what groups let through', () => {
  const NAMESPACES = ['front', 'shop'];
  const refs = fc.array(
    fc.record(
      { name: fc.constantFrom('a', 'b', 'c'), namespace: fc.constantFrom(...NAMESPACES, '') },
      { requiredKeys: ['name'] },
    ),
    { maxLength: 3 },
  );
  const groupRefs = fc.uniqueArray(
    fc.record({ name: fc.constantFrom('g', 'h', '*'), namespace: fc.constantFrom(...NAMESPACES) }),
    { maxLength: 3, selector: ({ name, namespace }) => `${namespace}/${name}` },
  );
  const own = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 });
  const standing = fc.subarray(NAMESPACES.flatMap((ns) => ['a', 'b', 'c'].map((name) => `${ns}/${name}`)));

  it('is what the reference says: entries, then members not among them, resolved beside the node', () => {
    fc.assert(
      fc.property(own, groupRefs, refs, refs, standing, (names, used, g, h, services) => {
        const node = nodeWith(
          { backends: names.map((name) => toService(name)), backendGroups: used },
          ...NAMESPACES.flatMap((ns) => [group('g', ns, ...g), group('h', ns, ...h)]),
          ...services.map((each) => service(...(each.split('/').reverse() as [string, string]))), // name, namespace
        );
        // app-mesh.md 2.2: an empty namespace of a member is the node's, not the group's; `*` is every service there.
        const members = used.flatMap(({ name, namespace }) =>
          name === '*'
            ? services.filter((each) => each.startsWith(`${namespace}/`))
            : (name === 'g' ? g : h).map((ref) => `${ref.namespace || 'front'}/${ref.name}`),
        );
        const expected = new Set([...names.map((name) => `front/${name}`), ...members]);
        const listed = node.backends.map(({ namespace, name }) => `${namespace}/${name}`);
        expect(new Set(listed)).toEqual(expected);
        expect(listed).toHaveLength(expected.size);
        const first = node.backends.slice(0, names.length);
        expect(first.map(({ name }) => name)).toEqual(names);
        for (const each of first)
          expect(each.alsoViaGroup !== undefined).toBe(members.includes(`${each.namespace}/${each.name}`));
      }),
    );
  });
});
