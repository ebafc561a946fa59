import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology } from '@/lib/mesh/build-topology';
import { findFindings } from '@/lib/mesh/findings';
import { buildModels } from './build-models';
import {
  entity,
  member,
  meshObject,
  MESH,
  NOW,
  readMesh,
  routerTo,
  stray,
  toNode,
  worldOf,
} from './fixtures';
import { APP_MESH_RESOURCES } from './resources';

describe('membership', () => {
  it('is what meshRef says, name and uid', () => {
    const model = readMesh(member('VirtualNode', 'a'));
    expect([...model.entities.keys()]).toEqual(['node:shop/a']);
    expect(model.malformed).toEqual([]);
  });

  it.each([
    ['of an earlier mesh of that name', { name: MESH, uid: 'uid-before' }],
    ['of a mesh that is not there', { name: 'gone', uid: 'x' }],
    ['without a uid', { name: MESH }],
    ['that is no object', 'shop-mesh'],
    ['that is not there', undefined],
  ])('with a meshRef %s is none, and the object is shown as unreadable', (_, meshRef) => {
    const model = readMesh(stray('VirtualNode', 'a', { meshRef }));
    expect(model.entities.size).toBe(0);
    expect(model.malformed).toMatchObject([{ key: 'node:shop/a', kind: 'malformed' }]);
    expect(model.malformed[0]?.problems.map(({ path }) => path)).toContain('spec.meshRef');
  });

  it('of an object that nothing claims is in no mesh', () => {
    const model = readMesh(meshObject({ namespaceSelector: null }), stray('VirtualNode', 'a', {}));
    expect([model.entities.size, model.malformed.length]).toEqual([0, 0]);
  });

  it('of an object without meshRef is guessed from the selector of the mesh and the labels of the namespace', () => {
    const selecting = meshObject({ namespaceSelector: { matchLabels: { mesh: 'shop' } } });
    const namespace = (labels: Record<string, string>) => ({
      ...stray('Namespace', 'shop', undefined, { namespace: '' }),
      metadata: { name: 'shop', uid: 'ns', resourceVersion: '1', labels },
    });
    const node = stray('VirtualNode', 'a', {});
    expect(readMesh(selecting, node, namespace({ mesh: 'shop' })).malformed).toHaveLength(1);
    expect(readMesh(selecting, node, namespace({ mesh: 'pay' })).malformed).toHaveLength(0);
  });
});

describe('several meshes', () => {
  it('come in the order of their names, each with its own members', () => {
    const other = stray('Mesh', 'a-mesh', {}, { namespace: '', metadata: { uid: 'uid-a' } });
    const its = stray('VirtualNode', 'b', { meshRef: { name: 'a-mesh', uid: 'uid-a' } });
    const models = buildModels(worldOf(meshObject(), other, its, member('VirtualNode', 'a')), NOW);
    expect(models.map(({ mesh }) => mesh.ref.name)).toEqual(['a-mesh', MESH]);
    expect(models.map(({ entities }) => [...entities.keys()])).toEqual([['node:shop/b'], ['node:shop/a']]);
  });
});

describe('a mesh', () => {
  it('denies egress unless it says otherwise, and knows its owner', () => {
    expect(readMesh().mesh).toMatchObject({
      egress: 'deny',
      awsName: MESH,
      capabilities: { weightMax: 100 },
    });
    const open = meshObject({ egressFilter: { type: 'ALLOW_ALL' }, meshOwner: '111122223333' });
    expect(readMesh(open).mesh).toMatchObject({ egress: 'allow', owner: '111122223333' });
  });

  it('that cannot be read is shown with its members and with what is wrong', () => {
    const model = readMesh(meshObject({ egressFilter: { type: 'SOME' } }), member('VirtualNode', 'a'));
    expect(model.entities.size).toBe(1);
    expect(model.malformed).toMatchObject([
      { key: `mesh:/${MESH}`, problems: [{ path: 'spec.egressFilter.type' }] },
    ]);
    expect(findFindings(model, NOW)).toMatchObject([{ code: 'MD110', subject: `mesh:/${MESH}` }]);
  });
});

describe('an object that cannot be read', () => {
  it.each([
    ['VirtualNode', { listeners: 'none' }, 'spec.listeners'],
    [
      'VirtualNode',
      { listeners: [{ portMapping: { port: 80, protocol: 'udp' } }] },
      'spec.listeners[0].portMapping.protocol',
    ],
    [
      'VirtualService',
      { provider: { virtualRouter: { virtualRouterRef: {} } } },
      'spec.provider.virtualRouter.virtualRouterRef.name',
    ],
    ['VirtualRouter', { routes: {} }, 'spec.routes'],
    ['VirtualRouter', { routes: [{ tcpRoute: { action: { weightedTargets: [] } } }] }, 'spec.routes[0].name'],
    ['VirtualRouter', { routes: [{ name: 'r', httpRoute: 'x' }] }, 'spec.routes[0].httpRoute'],
    ['VirtualGateway', { podSelector: [] }, 'spec.podSelector'],
    ['GatewayRoute', { httpRoute: { match: {} } }, 'spec.httpRoute.action'],
    ['BackendGroup', { virtualservices: ['a'] }, 'spec.virtualservices[0]'],
  ])('a %s with %j keeps its key and says where', (kind, spec, path) => {
    const model = readMesh(member(kind, 'odd', spec));
    expect(model.entities.size).toBe(0);
    expect(model.malformed).toMatchObject([{ kind: 'malformed', ref: { kind, name: 'odd' } }]);
    expect(model.malformed[0]?.problems.map((each) => each.path)).toContain(path);
  });

  it.each([33.5, '10', null, -1, true])('is a router with a weight of %j', (weight) => {
    const { malformed } = readMesh(routerTo('cart', { virtualNodeRef: { name: 'a' }, weight }));
    expect(malformed[0]?.problems).toMatchObject([
      { path: 'spec.routes[0].httpRoute.action.weightedTargets[0].weight' },
    ]);
  });

  it('is one whose spec is null only in that it belongs to no mesh', () => {
    expect(readMesh(stray('VirtualNode', 'a', null)).malformed).toMatchObject([
      { problems: [{ path: 'spec.meshRef' }] },
    ]);
  });

  it('does not keep its neighbours from being read', () => {
    const model = readMesh(member('VirtualNode', 'a', { listeners: 7 }), member('VirtualNode', 'b'));
    expect([...model.entities.keys()]).toEqual(['node:shop/b']);
  });
});

describe('fields of a later version', () => {
  it('are let through', () => {
    const node = member('VirtualNode', 'a', { listeners: [], novelty: { deep: [1] } });
    expect(entity(readMesh(node), 'node', 'a').listeners).toEqual([]);
  });
});

describe('building again', () => {
  const cart = routerTo('cart', toNode('a', 1));
  const odd = member('VirtualNode', 'odd', { listeners: 7 });

  it('gives the same objects for what did not change', () => {
    const [before] = buildModels(worldOf(meshObject(), cart, odd, member('VirtualNode', 'a')), NOW);
    if (!before) throw new Error('no mesh');
    const moved = { ...cart, metadata: { ...cart.metadata, resourceVersion: '2' } };
    // The cluster sent everything again: new objects of the same content, but for one.
    const world = structuredClone(worldOf(meshObject(), moved, odd, member('VirtualNode', 'a')));
    const [after] = buildModels(world, NOW, [before]);
    expect(after?.mesh).toBe(before.mesh);
    expect(after?.malformed[0]).toBe(before.malformed[0]);
    expect(entity(after ?? before, 'node', 'a')).toBe(entity(before, 'node', 'a'));
    expect(entity(after ?? before, 'router', 'cart')).not.toBe(entity(before, 'router', 'cart'));
    expect(entity(after ?? before, 'router', 'cart').ref.resourceVersion).toBe('2');
  });

  it('forgets what is gone', () => {
    const before = buildModels(worldOf(meshObject(), cart), NOW);
    expect(buildModels(worldOf(meshObject()), NOW, before)[0]?.entities.size).toBe(0);
    expect(buildModels(worldOf(), NOW, before)).toEqual([]);
  });
});

describe('a world of any objects', () => {
  const KINDS = APP_MESH_RESOURCES.filter(({ group }) => group === 'appmesh.k8s.aws').map(({ kind }) => kind);
  /** Names that the CRDs use, so that the odd values land where something is read. */
  const field = fc.constantFrom(
    ...['routes', 'httpRoute', 'tcpRoute', 'match', 'action', 'target', 'weightedTargets', 'virtualNodeRef'],
    ...[
      'weight',
      'provider',
      'virtualRouter',
      'virtualRouterRef',
      'virtualNodeARN',
      'virtualService',
      'name',
    ],
    ...['listeners', 'portMapping', 'backends', 'virtualServiceRef', 'backendGroups', 'virtualservices'],
    ...['serviceDiscovery', 'dns', 'hostname', 'podSelector', 'matchLabels', 'virtualGatewayRef', 'awsName'],
    ...['namespaceSelector', 'matchExpressions', 'headers', 'range', 'rewrite', '__proto__', 'namespace'],
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, 0, 33.5, -1, '', '10', '*', 'a', 'mesh/shop-mesh/virtualNode/a', true),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(field, tie('json'), { maxKeys: 4 }),
    ),
  }));
  const status = fc.oneof(fc.constant(undefined), json);

  it('is read without a throw, and every object of it is an entity or unreadable, on its key', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...KINDS), json, status, fc.boolean()), { maxLength: 8 }),
        (parts) => {
          const objects = parts.map(([kind, spec, state, joined], i) => {
            const plain = typeof spec === 'object' && !Array.isArray(spec) ? spec : {};
            const made = joined ? member : stray;
            const extra = { status: state, ...(kind === 'Mesh' ? { namespace: '' } : {}) };
            return made(kind, `o${i}`, joined ? { ...plain } : (spec as object), extra); // stray takes anything
          });
          const models = buildModels(worldOf(meshObject(), ...objects), NOW);
          const held = new Set(
            models.flatMap((model) => {
              buildTopology(model);
              findFindings(model, NOW);
              const { mesh, entities, malformed } = model;
              return [mesh.ref.uid, ...[...entities.values(), ...malformed].map(({ ref }) => ref.uid)];
            }),
          );
          for (const object of objects) expect(held).toContain(object.metadata.uid);
        },
      ),
      { numRuns: 200 },
    );
  });
});
