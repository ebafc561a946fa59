import type { KubeObject } from '../kube/types';
import { INJECT, listener, mesh, route, virtualNode, virtualRouter, virtualService } from './mesh-objects';
import { clusterHost, deployment, namespace, service, serviceAccount, type Labels } from './workload-objects';

/**
 * The smallest mesh worth looking at, as the first steps of the App Mesh documentation build it: one service behind one
 * router, allowed to call a second service in another namespace.
 */
export function tutorial(): KubeObject[] {
  const mine = 'my-apps';
  const yours = 'your-apps';
  return [
    namespace(mine, { mesh: 'my-mesh', ...INJECT }),
    namespace(yours, { mesh: 'my-mesh', ...INJECT }),
    mesh('my-mesh'),

    virtualNode(mine, 'my-service-a', {
      pods: { app: 'my-app-1' },
      listeners: [listener('http', 80)],
      hostname: clusterHost(mine, 'my-service-a'),
      backends: [`${yours}/your-service-a`],
    }),
    virtualRouter(mine, 'my-service-a-virtual-router', { port: 80, protocol: 'http' }, [
      route('http', 'my-service-a-route', { prefix: '/' }, { 'my-service-a': 1 }),
    ]),
    virtualService(mine, 'my-service-a', { provider: { router: 'my-service-a-virtual-router' } }),
    ...nginx(mine, 'my-service-a', { app: 'my-app-1' }, 3),

    virtualNode(yours, 'your-service-a', {
      pods: { app: 'your-app-1' },
      listeners: [listener('http', 80)],
      hostname: clusterHost(yours, 'your-service-a'),
    }),
    virtualService(yours, 'your-service-a', { provider: { node: 'your-service-a' } }),
    ...nginx(yours, 'your-service-a', { app: 'your-app-1' }, 1),
  ];
}

function nginx(namespaceName: string, name: string, selector: Labels, replicas: number): KubeObject[] {
  return [
    serviceAccount(namespaceName, name, `${name}-envoy`),
    service(namespaceName, name, { selector, ports: [{ name: 'http', port: 80 }] }),
    deployment(namespaceName, name, {
      selector,
      replicas,
      image: 'nginx:1.27.3',
      container: 'nginx',
      ports: [80],
      serviceAccount: name,
    }),
  ];
}
