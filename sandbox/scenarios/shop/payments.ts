import type { KubeObject } from '../../kube/types';
import { listener, route, seconds, virtualNode, virtualService } from '../mesh-objects';
import { app } from './app';
import { flagger } from './marks';
import { PAY_TLS_PORT, payTls, secretMounts, strictTls } from './tls';

const ACQUIRER = 'api.card-acquirer.example.com';

/** The money: kept in a namespace of its own, and the only part that calls a host outside the cluster. */
export function payments(): KubeObject[] {
  return [
    ...app({
      namespace: 'pay',
      name: 'payments',
      team: 'payments',
      protocol: 'http2',
      port: PAY_TLS_PORT,
      health: '/healthz',
      listener: strictTls,
      // With tracing of its own beside that of the proxy.
      versions: {
        v3: {
          tag: '3.7.2',
          replicas: 3,
          traffic: { p50Ms: 45, p99Ms: 260, faultRatio: 0.002, app: 'payments-api' },
        },
        v4: {
          tag: '4.0.0',
          replicas: 2,
          traffic: { p50Ms: 41, p99Ms: 230, faultRatio: 0.002, app: 'payments-api' },
        },
      },
      backends: ['ledger', 'fraud', 'card-acquirer'],
      podAnnotations: secretMounts('pay-tls'),
      routes: [
        route(
          'http2',
          'payments',
          { prefix: '/' },
          { 'payments-v3': 99, 'payments-v4': 1 },
          {
            retry: {
              maxRetries: 2,
              perRetryTimeout: seconds(3),
              httpRetryEvents: ['stream-error'],
              tcpRetryEvents: ['connection-error'],
            },
            timeout: { perRequest: seconds(10) },
          },
        ),
      ],
    }),

    ...app({
      namespace: 'pay',
      name: 'webhooks',
      team: 'payments',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: { v1: { tag: '1.2.5', replicas: 2 } },
      backends: [{ service: 'payments', clientPolicy: payTls }],
      podAnnotations: secretMounts('pay-ca'),
    }),

    ...app({
      namespace: 'pay',
      name: 'ledger',
      team: 'payments',
      protocol: 'grpc',
      port: 9000,
      versions: { v2: { tag: '2.15.0', replicas: 3 } },
      routes: [route('grpc', 'ledger', {}, { 'ledger-v2': 1 })],
    }),

    ...app({
      namespace: 'pay',
      name: 'fraud',
      team: 'risk',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: { primary: { tag: '0.58.0', replicas: 2 }, canary: { tag: '0.59.0', replicas: 2 } },
      backends: ['shop/orders'],
      routes: [route('http', 'fraud', { prefix: '/' }, { 'fraud-primary': 100, 'fraud-canary': 0 })],
      routerMarks: flagger('fraud'),
    }),

    virtualNode('pay', 'card-acquirer', { listeners: [listener('tcp', 443)], hostname: ACQUIRER }),
    virtualService('pay', 'card-acquirer', { hostname: ACQUIRER, provider: { node: 'card-acquirer' } }),
  ];
}
