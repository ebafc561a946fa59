import type { KubeObject } from '../../kube/types';
import { gatewayRoute, listener, virtualGateway } from '../mesh-objects';
import { deployment, service, serviceAccount } from '../workload-objects';

const pods = { app: 'edge' };
const HTTP = 8080;
const HTTP2 = 8081;
const GRPC = 9090;

/** The way in: one gateway with three doors, and who is let through to which service. */
export function edge(): KubeObject[] {
  return [
    serviceAccount('shop', 'edge', 'shop-edge'),
    service('shop', 'edge', {
      selector: pods,
      type: 'LoadBalancer',
      ports: [
        { name: 'http', port: 80, targetPort: HTTP },
        { name: 'http2', port: 8081, targetPort: HTTP2 },
        { name: 'grpc', port: 9090, targetPort: GRPC },
      ],
    }),
    deployment('shop', 'edge', {
      selector: pods,
      podLabels: { 'app.kubernetes.io/name': 'edge', 'app.kubernetes.io/part-of': 'shop', team: 'platform' },
      replicas: 3,
      image: 'public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod',
      container: 'envoy',
      ports: [HTTP, HTTP2, GRPC],
      serviceAccount: 'edge',
    }),
    virtualGateway('shop', 'edge', {
      pods,
      routesFrom: { gateway: 'edge' },
      listeners: [
        listener('http', HTTP, '/healthz', {
          connectionPool: { http: { maxConnections: 1000, maxPendingRequests: 100 } },
        }),
        listener('http2', HTTP2),
        listener('grpc', GRPC, true),
      ],
      accessLog: '/dev/stdout',
    }),

    gatewayRoute('shop', 'storefront', 'http', { prefix: '/', port: HTTP }, 'web', {
      priority: 1000,
      rewrite: { hostname: { defaultTargetHostname: 'DISABLED' } },
    }),
    gatewayRoute(
      'shop',
      'search-suggest',
      'http',
      { path: { exact: '/suggest' }, method: 'GET', port: HTTP },
      'search',
      { priority: 100 },
    ),
    gatewayRoute(
      'shop',
      'partner-orders',
      'http',
      {
        prefix: '/v1/orders/',
        hostname: { exact: 'api.shop.example' },
        headers: [{ name: 'x-partner-key' }],
        port: HTTP,
      },
      'orders',
      { priority: 50, rewrite: { prefix: { value: '/orders/' } } },
    ),
    gatewayRoute(
      'shop',
      'mobile-recommendations',
      'http2',
      { prefix: '/recommendations/', hostname: { suffix: '.mobile.shop.example' }, port: HTTP2 },
      'recommendations',
    ),
    gatewayRoute(
      'shop',
      'warehouse-stock',
      'grpc',
      {
        serviceName: 'shop.inventory.v1.Inventory',
        metadata: [{ name: 'x-warehouse', match: { prefix: 'wh-' } }],
        port: GRPC,
      },
      'inventory',
    ),
    gatewayRoute(
      'pay',
      'card-webhooks',
      'http',
      { prefix: '/webhooks/card/', method: 'POST', port: HTTP },
      'webhooks',
      {
        priority: 10,
      },
    ),
  ];
}
