import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Bench } from '../testing';
import type { KubeObject } from '../kube/types';
import { INJECT, listener, mesh, virtualGateway, virtualNode } from '../scenarios/mesh-objects';
import { namespace } from '../scenarios/workload-objects';

const MODE = 'appmesh.k8s.aws/sidecarInjectorWebhook';
let bench: Bench;

interface PodOptions {
  namespace?: string;
  app?: string;
  mode?: string;
  containers?: { name: string; image: string; env?: object[] }[];
}
function pod({ namespace: home = 'shop', app = 'cart', mode, containers }: PodOptions = {}): KubeObject {
  const annotations = mode === undefined ? {} : { annotations: { [MODE]: mode } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'one', namespace: home, labels: { app }, ...annotations },
    spec: { containers: containers ?? [{ name: app, image: `${app}:1` }] },
  };
}
const containersOf = (made: KubeObject) =>
  [...(made['spec'].initContainers ?? []), ...made['spec'].containers].map(
    ({ name }: { name: string }) => name,
  );
const envOf = (made: KubeObject, container: string) => {
  const all: { name: string; env: { name: string; value?: string }[] }[] = [
    ...(made['spec'].initContainers ?? []),
    ...made['spec'].containers,
  ];
  const env = all.find(({ name }) => name === container)?.env ?? [];
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
};
const denied = (why: string) =>
  expect.objectContaining({
    code: 403,
    message: expect.stringContaining(`admission webhook "mpod.appmesh.k8s.aws" denied the request: ${why}`),
  });

beforeEach(async () => {
  const member = (name: string, pods: string, port = 8080) =>
    virtualNode('shop', name, {
      pods: { app: pods },
      listeners: [listener('http', port), listener('grpc', 9090)],
      hostname: `${name}.shop`,
    });
  bench = await startBench([
    namespace('shop', { mesh: 'shop', ...INJECT }),
    namespace('plain', { mesh: 'shop' }),
    namespace('off', { mesh: 'shop', [MODE]: 'disabled' }),
    mesh('shop'),
    member('cart', 'cart'),
    member('twin-a', 'twin'),
    member('twin-b', 'twin'),
    virtualNode('plain', 'cart', { pods: { app: 'cart' } }),
    virtualNode('off', 'cart', { pods: { app: 'cart' } }),
    virtualGateway('shop', 'edge', {
      pods: { app: 'edge' },
      listeners: [listener('http', 80)],
      routesFrom: {},
    }),
  ]);
});
afterEach(() => bench.simulation.stop());

describe('a pod of a VirtualNode', () => {
  it('gets the init container and Envoy, after its own container', () => {
    const made = bench.create(pod());
    expect(containersOf(made)).toEqual(['proxyinit', 'cart', 'envoy']);
    expect(made['spec'].securityContext).toEqual({ fsGroup: 1337 });
  });

  it('has Envoy told which node it is, and the ports to take over', () => {
    const made = bench.create(pod());
    expect(envOf(made, 'envoy')).toMatchObject({
      APPMESH_RESOURCE_ARN: 'mesh/shop/virtualNode/cart_shop',
      APPMESH_VIRTUAL_NODE_NAME: 'mesh/shop/virtualNode/cart_shop',
      AWS_REGION: 'us-west-2',
    });
    expect(envOf(made, 'proxyinit')).toMatchObject({ APPMESH_APP_PORTS: '8080,9090' });
  });

  it('is not given a second Envoy', () => {
    const own = [{ name: 'envoy', image: 'envoy:1' }];
    expect(containersOf(bench.create(pod({ containers: own })))).toEqual(['envoy']);
  });
});

describe('a pod of a VirtualGateway', () => {
  it('keeps its containers, and its Envoy is set up', () => {
    const env = [
      { name: 'AWS_REGION', value: 'eu-west-1' },
      { name: 'OWN', value: '1' },
    ];
    const made = bench.create(pod({ app: 'edge', containers: [{ name: 'envoy', image: 'old:1', env }] }));
    expect(containersOf(made)).toEqual(['envoy']);
    expect(made['spec'].containers[0].image).toMatch(/aws-appmesh-envoy/);
    expect(envOf(made, 'envoy')).toMatchObject({
      APPMESH_RESOURCE_ARN: 'mesh/shop/virtualGateway/edge_shop',
      AWS_REGION: 'us-west-2',
      OWN: '1',
    });
  });

  it('without a container envoy is left as it is', () => {
    expect(envOf(bench.create(pod({ app: 'edge' })), 'edge')).toEqual({});
  });
});

describe('the mode', () => {
  it('disabled leaves a pod alone, whether the pod or its namespace says so', () => {
    expect(containersOf(bench.create(pod({ mode: 'Disabled' })))).toEqual(['cart']);
    expect(containersOf(bench.create(pod({ namespace: 'off' })))).toEqual(['cart']);
  });

  it('of a pod counts more than that of its namespace', () => {
    const made = bench.create(pod({ namespace: 'off', mode: 'enabled' }));
    expect(containersOf(made)).toContain('envoy');
  });

  it('means nothing in a namespace without the label', () => {
    expect(containersOf(bench.create(pod({ namespace: 'plain', mode: 'enabled' })))).toEqual(['cart']);
  });

  it('that is no known word lets a pod through that nobody selects', () => {
    expect(containersOf(bench.create(pod({ app: 'stranger', mode: 'maybe' })))).toEqual(['stranger']);
  });
});

describe('a refusal', () => {
  it('meets a pod that nobody selects and one that two nodes select', () => {
    expect(() => bench.create(pod({ app: 'stranger' }))).toThrow(
      denied('sidecarInject enabled but no matching VirtualNode or VirtualGateway found'),
    );
    expect(() => bench.create(pod({ app: 'twin' }))).toThrow(
      denied('found multiple matching VirtualNodes for pod shop/one: shop/twin-a,shop/twin-b'),
    );
  });

  it('meets every pod of a labelled namespace while the controller is down, and no other', () => {
    bench.turn({ controllerDown: true });
    expect(() => bench.create(pod())).toThrow(
      expect.objectContaining({
        code: 500,
        message: expect.stringContaining('failed calling webhook "mpod'),
      }),
    );
    expect(containersOf(bench.create(pod({ namespace: 'plain' })))).toEqual(['cart']);
  });
});
