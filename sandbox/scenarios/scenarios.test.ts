import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { ownCrds } from '../crds';
import type { KubeObject } from '../kube/types';
import { InMemoryControlPlane } from '../appmesh/control-plane';
import { loadApiResources, loadScenario } from './index';

const ajv = new Ajv({ strict: false, allErrors: true, formats: { int64: true, 'date-time': true } });
const validators = new Map(
  ownCrds().map((crd) => [
    String(crd['spec'].names.kind),
    ajv.compile(crd['spec'].versions[0].schema.openAPIV3Schema),
  ]),
);

const ofKind = (objects: KubeObject[], kind: string) => objects.filter((object) => object.kind === kind);
const keyOf = (object: KubeObject) => `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;

/** Every reference by name in an object's spec, as `Kind namespace/name`. */
function references(object: KubeObject): string[] {
  const found: string[] = [];
  const visit = (field: string, content: unknown): void => {
    if (content === null || typeof content !== 'object') return;
    const kind = /^(virtual(?:Node|Router|Service))Ref$/.exec(field)?.[1];
    if (kind !== undefined && 'name' in content) {
      const namespace = 'namespace' in content ? content.namespace : object.metadata.namespace;
      found.push(`${kind.replace('virtual', 'Virtual')} ${namespace}/${content.name}`);
    }
    for (const [name, inner] of Object.entries(content)) visit(name, inner);
  };
  visit('spec', object['spec']);
  return found;
}

function dangling(objects: KubeObject[]): string[] {
  const keys = new Set(objects.map(keyOf));
  return objects.flatMap((object) =>
    references(object)
      .filter((reference) => !keys.has(reference))
      .map((reference) => `${keyOf(object)} → ${reference}`),
  );
}

describe.each(['tutorial', 'shop', 'scale=60'])('the scenario %s', (name) => {
  const objects = loadScenario(name);

  it('is valid by the schemas of the CRDs', () => {
    for (const object of objects) {
      const validate = validators.get(object.kind);
      expect(validate?.(object) ?? true, `${keyOf(object)} ${ajv.errorsText(validate?.errors)}`).toBe(true);
    }
  });

  it('names every object once', () => {
    const keys = objects.map(keyOf);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('has pods for every node, but for the few meant to have none', () => {
    const deployments = ofKind(objects, 'Deployment');
    const withoutPods = ofKind(objects, 'VirtualNode').filter((node) => {
      const wanted: Record<string, string> = node['spec'].podSelector?.matchLabels ?? { none: 'none' };
      return !deployments.some((deployment) => {
        const labels = deployment['spec'].template.metadata.labels;
        return (
          deployment.metadata.namespace === node.metadata.namespace &&
          Object.entries(wanted).every(([label, content]) => labels[label] === content)
        );
      });
    });
    expect(withoutPods.map(keyOf)).toEqual(
      name === 'shop' ? ['VirtualNode pay/card-acquirer', 'VirtualNode pay/legacy-invoices'] : [],
    );
  });
});

describe('tutorial', () => {
  const objects = loadScenario('tutorial');
  it('refers to nothing that is not there', () => expect(dangling(objects)).toEqual([]));
  it('has the service behind its router, called by its full host name', () => {
    const [service] = ofKind(objects, 'VirtualService');
    expect(service?.metadata).toMatchObject({ namespace: 'my-apps', name: 'my-service-a' });
    expect(service?.['spec']).toEqual({
      awsName: 'my-service-a.my-apps.svc.cluster.local',
      provider: { virtualRouter: { virtualRouterRef: { name: 'my-service-a-virtual-router' } } },
    });
  });
  it('has one route of weight 1', () => {
    expect(ofKind(objects, 'VirtualRouter')[0]?.['spec'].routes).toEqual([
      {
        name: 'my-service-a-route',
        httpRoute: {
          match: { prefix: '/' },
          action: { weightedTargets: [{ virtualNodeRef: { name: 'my-service-a' }, weight: 1 }] },
        },
      },
    ]);
  });
});

describe('shop', () => {
  const objects = loadScenario('shop');
  const routes = ofKind(objects, 'VirtualRouter').flatMap(
    (router): KubeObject['spec'][] => router['spec'].routes,
  );
  const weightsOf = (routeName: string): number[] => {
    const route = routes.find((candidate) => candidate.name === routeName);
    const body = route.httpRoute ?? route.http2Route ?? route.grpcRoute ?? route.tcpRoute;
    return body.action.weightedTargets.map((target: { weight: number }) => target.weight);
  };

  it('dangles exactly where it means to', () => {
    expect(dangling(objects)).toEqual([
      'VirtualNode shop/search-indexer → VirtualService shop/search-dictionary',
      'VirtualRouter shop/wishlist → VirtualNode shop/wishlist-v2',
    ]);
  });
  it('has routes of all four protocols', () => {
    const protocols = new Set(
      routes.flatMap((route) => Object.keys(route).filter((key) => key.endsWith('Route'))),
    );
    expect([...protocols].sort()).toEqual(['grpcRoute', 'http2Route', 'httpRoute', 'tcpRoute']);
  });
  it.each([
    ['cart', [90, 10]],
    ['recommendations', [60, 30, 10]],
    ['checkout', [95, 5]],
    ['catalog', [100, 0]],
    ['inventory', [80, 20]],
    ['reviews', [3, 1]],
    ['shipping', [80, 30]],
  ])('%s shares its traffic %j', (routeName, weights) => expect(weightsOf(routeName)).toEqual(weights));
  it('has one VirtualService without a provider', () => {
    const idle = ofKind(objects, 'VirtualService').filter(
      (service) => service['spec'].provider === undefined,
    );
    expect(idle.map(keyOf)).toEqual(['VirtualService shop/gift-cards']);
  });
});

describe('shop beside Kubernetes', () => {
  const api = new InMemoryControlPlane({ now: () => new Date(0) });
  api.create({ kind: 'mesh', mesh: 'shop', name: 'shop' }, {});
  for (const { id, spec } of loadApiResources('shop')) api.create(id, spec);
  const names = (kind: 'virtualNode' | 'virtualService') =>
    api.list(kind, 'legacy-billing').map(({ id }) => id.name);

  it('has a mesh that the App Mesh API alone knows', () => {
    expect(names('virtualNode')).toHaveLength(8);
    const called = api
      .list('virtualNode', 'legacy-billing')
      .flatMap(({ spec }) => (spec['backends'] ?? []) as { virtualService: { virtualServiceName: string } }[]) // accepted
      .map(({ virtualService }) => virtualService.virtualServiceName);
    expect([...new Set(called)].filter((name) => !names('virtualService').includes(name))).toEqual([]);
    expect(api.describe({ kind: 'route', mesh: 'legacy-billing', parent: 'invoices', name: 'invoices' })?.spec)
      .toMatchObject({
        httpRoute: { action: { weightedTargets: [{ weight: 80 }, { weight: 20 }] } },
      }); // prettier-ignore
  });

  it('names a team on everything', () => {
    for (const { id, tags } of loadApiResources('shop')) expect(tags, id.name).toHaveProperty('team');
  });

  it('is of the scenario shop only', () => expect(loadApiResources('tutorial')).toEqual([]));
});

describe('scale', () => {
  it('has exactly as many nodes as asked for, and refers to nothing that is not there', () => {
    for (const nodes of [1, 19, 300]) {
      const objects = loadScenario(`scale=${nodes}`);
      expect(ofKind(objects, 'VirtualNode')).toHaveLength(nodes);
      expect(dangling(objects)).toEqual([]);
    }
  });
  it('is the same every time', () => expect(loadScenario('scale=200')).toEqual(loadScenario('scale=200')));
  it('has a Deployment for every node up to 1000, and above only when asked', () => {
    const deployments = (name: string) => ofKind(loadScenario(name), 'Deployment').length;
    expect(deployments('scale=1000')).toBeGreaterThanOrEqual(1000);
    expect(deployments('scale=1001')).toBe(0);
    expect(deployments('scale=1001,pods')).toBeGreaterThanOrEqual(1001);
  });
});

describe('an unknown scenario', () => {
  it.each(['', 'shopping', 'scale', 'scale=0', 'scale=-1', 'scale=20001', 'scale=1e3'])(
    '%j is refused',
    (name) => {
      expect(() => loadScenario(name)).toThrow(
        `There is no scenario "${name}": choose tutorial, shop or scale=N (N virtual nodes, 1 to 20000).`,
      );
    },
  );
});
