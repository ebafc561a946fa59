import { beforeEach, describe, expect, it } from 'vitest';
import { ownCrds } from '../crds';
import type { InProcessCluster } from '../kube/cluster';
import { createCluster } from '../kube/cluster';
import type { Knobs, KubeObject } from '../kube/types';
import { DEFAULT_KNOBS } from '../admin/knobs';
import { loadScenario } from '../scenarios';
import { appMeshWebhooks } from './webhooks';

let cluster: InProcessCluster;
let knobs: Knobs;

function create(
  kind: string,
  name: string,
  spec?: object,
  namespace?: string,
  labels?: Record<string, string>,
) {
  const apiVersion = kind === 'Namespace' ? 'v1' : 'appmesh.k8s.aws/v1beta2';
  const metadata = { name, ...(namespace ? { namespace } : {}), ...(labels ? { labels } : {}) };
  const object: KubeObject = { apiVersion, kind, metadata, ...(spec ? { spec } : {}) };
  return cluster.create(cluster.typeOf(object), object);
}
const denied = (webhook: string, why: RegExp) =>
  expect.objectContaining({
    code: 403,
    message: expect.stringMatching(
      new RegExp(`^admission webhook "${webhook}" denied the request: .*${why.source}`),
    ),
  });

beforeEach(() => {
  knobs = { ...DEFAULT_KNOBS, reconcileDelayMs: 0 };
  cluster = createCluster({ crds: ownCrds() });
  cluster.addAdmission(appMeshWebhooks(cluster, () => knobs));
  create('Namespace', 'shop', undefined, undefined, { mesh: 'shop' });
  create('Namespace', 'lonely');
  create('Mesh', 'shop', { namespaceSelector: { matchLabels: { mesh: 'shop' } } });
});

describe('at creation', () => {
  it.each([
    ['VirtualNode', 'cart_shop'],
    ['VirtualRouter', 'cart_shop'],
    ['VirtualGateway', 'cart_shop'],
    ['VirtualService', 'cart.shop'],
  ])('gives a %s its mesh and the name %s', (kind, awsName) => {
    const mesh = cluster.get(cluster.resourceType('appmesh.k8s.aws', 'meshes'), undefined, 'shop');
    expect(create(kind, 'cart', {}, 'shop')['spec']).toEqual({
      awsName,
      meshRef: { name: 'shop', uid: mesh?.metadata.uid },
    });
  });

  it('refuses a namespace of no mesh, of two meshes, and a given meshRef', () => {
    expect(() => create('VirtualNode', 'a', {}, 'lonely')).toThrow(
      denied('mvirtualnode.appmesh.k8s.aws', /namespace: lonely, expecting 1 but found 0/),
    );
    expect(() => create('VirtualNode', 'a', { meshRef: { name: 'shop', uid: 'x' } }, 'shop')).toThrow(
      denied('mvirtualnode.appmesh.k8s.aws', /read-only field: spec.meshRef/),
    );
    create('Mesh', 'second', { namespaceSelector: {} });
    expect(() => create('VirtualNode', 'a', {}, 'shop')).toThrow(
      denied('mvirtualnode.appmesh.k8s.aws', /multiple matching meshes/),
    );
  });

  it('hangs a gateway route on the one gateway that selects it', () => {
    const route = { httpRoute: { match: { prefix: '/' }, action: { target: { virtualService: {} } } } };
    expect(() => create('GatewayRoute', 'all', route, 'shop')).toThrow(
      denied('mgatewayroute.appmesh.k8s.aws', /expecting 1 but found 0/),
    );
    const gateway = create('VirtualGateway', 'edge', { namespaceSelector: {} }, 'shop');
    expect(create('GatewayRoute', 'all', route, 'shop')['spec'].virtualGatewayRef).toEqual({
      name: 'edge',
      namespace: 'shop',
      uid: gateway.metadata.uid,
    });
  });
});

describe('validation', () => {
  const route = (name: string, match: object) => ({
    name,
    httpRoute: { match, action: { weightedTargets: [{ virtualNodeRef: { name: 'v1' }, weight: 1 }] } },
  });
  it.each([
    ['VirtualRouter', { routes: [route('a', { prefix: '/' }), route('a', { prefix: '/b' })] }, /unique/],
    ['VirtualRouter', { routes: [route('a', {})] }, /exactly one of prefix and path/],
    ['VirtualRouter', { routes: [route('a', { path: { exact: '/', regex: '.' } })] }, /exact and path.regex/],
    ['VirtualNode', { listeners: [] }, /needs serviceDiscovery/],
    ['VirtualNode', { backends: [{ virtualService: { virtualServiceRef: { name: 'b' } } }, { virtualService: { virtualServiceRef: { name: 'b', namespace: 'shop' } } }] }, /shop\/b twice/],
  ])('refuses %s %j', (kind, spec, why) => {
    expect(() => create(kind, 'x', spec, 'shop')).toThrow(denied(`v${kind.toLowerCase()}.appmesh.k8s.aws`, why));
  }); // prettier-ignore

  it('does not look at weights or at several types on one route', () => {
    const target = (weight: number) => ({ virtualNodeRef: { name: 'v1' }, weight });
    const action = { weightedTargets: [target(100), target(100)] };
    const both = { name: 'a', tcpRoute: { action }, grpcRoute: { match: {}, action } };
    expect(create('VirtualRouter', 'x', { routes: [both] }, 'shop').metadata.generation).toBe(1);
  });

  it('keeps names and the mesh as they were', () => {
    create('VirtualNode', 'a', {}, 'shop');
    const type = cluster.resourceType('appmesh.k8s.aws', 'virtualnodes');
    const change = () => cluster.mutate(type, 'shop', 'a', (draft) => void (draft['spec'].awsName = 'b'));
    expect(change).toThrow(
      denied('vvirtualnode.appmesh.k8s.aws', /may not change these fields: spec.awsName$/),
    );
  });
});

it('lets nothing through while the controller is down', () => {
  knobs.controllerDown = true;
  expect(() => create('VirtualNode', 'a', {}, 'shop')).toThrow(expect.objectContaining({ code: 500 }));
});

it.each(['tutorial', 'shop', 'scale=50'])('lets the whole scenario %s in', (name) => {
  const fresh = createCluster({ crds: ownCrds() });
  fresh.addAdmission(appMeshWebhooks(fresh, () => knobs));
  const objects = loadScenario(name);
  for (const object of objects) fresh.create(fresh.typeOf(object), object);
  const routers = fresh.list(fresh.resourceType('appmesh.k8s.aws', 'virtualrouters'));
  expect(routers.length).toBeGreaterThan(0);
  expect(routers.every((router) => router['spec'].meshRef?.uid)).toBe(true);
});
