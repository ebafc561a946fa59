import type { KubeObject } from '../../kube/types';
import { backendGroup, millis, route, seconds } from '../mesh-objects';
import { app, type Version } from './app';
import { flux } from './marks';
import { payTls, secretMounts } from './tls';

const payments = { service: 'pay/payments', clientPolicy: payTls };

/** From the cart to the parcel. */
export function ordering(): KubeObject[] {
  return [
    ...app({
      namespace: 'shop',
      name: 'cart',
      team: 'commerce',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: {
        v1: { tag: '1.18.3', replicas: 3, traffic: { p50Ms: 14, p99Ms: 90, faultRatio: 0.001 } },
        // The canary that should not go on: its new store makes it slow, and it fails now and then.
        v2: {
          tag: '2.0.0',
          replicas: 2,
          env: { STORE: 'redis-hash' },
          traffic: { p50Ms: 55, p99Ms: 480, faultRatio: 0.02 },
        },
      },
      backends: ['pricing', 'inventory', 'cart-redis'],
      routes: [
        route(
          'http',
          'cart',
          { prefix: '/' },
          { 'cart-v1': 90, 'cart-v2': 10 },
          {
            retry: {
              maxRetries: 2,
              perRetryTimeout: millis(1500),
              httpRetryEvents: ['gateway-error', 'stream-error'],
              tcpRetryEvents: ['connection-error'],
            },
            timeout: { perRequest: seconds(5), idle: seconds(60) },
          },
        ),
      ],
    }),
    ...datastore(
      'cart-redis',
      'public.ecr.aws/docker/library/redis',
      6379,
      { v7: { tag: '7.4.1', traffic: { p50Ms: 1, p99Ms: 6 } } },
      { 'cart-redis-v7': 1 },
    ),

    ...app({
      namespace: 'shop',
      name: 'checkout',
      team: 'commerce',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      // The canary that may go on: as fast as the version before it, and it fails less.
      versions: {
        v1: { tag: '3.12.0', replicas: 3, traffic: { p50Ms: 32, p99Ms: 180, faultRatio: 0.003 } },
        v2: { tag: '3.13.0', replicas: 2, traffic: { p50Ms: 30, p99Ms: 160, faultRatio: 0.0005 } },
      },
      backends: ['cart', 'orders', 'pricing', 'shipping', 'gift-cards', payments, 'pay/fraud'],
      podAnnotations: secretMounts('pay-ca'),
      routes: [
        route(
          'http',
          'employees',
          { prefix: '/', headers: [{ name: 'x-employee-id' }] },
          { 'checkout-v2': 100 },
          { priority: 10 },
        ),
        route(
          'http',
          'checkout',
          { prefix: '/' },
          { 'checkout-v1': 95, 'checkout-v2': 5 },
          { priority: 100, timeout: { perRequest: seconds(12) } },
        ),
      ],
    }),

    ...app({
      namespace: 'shop',
      name: 'orders',
      team: 'fulfilment',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: { v1: { tag: '8.1.0', replicas: 3 } },
      backends: ['orders-db', 'inventory', payments],
      backendGroups: ['after-sale'],
      podAnnotations: secretMounts('pay-ca'),
      routes: [
        route(
          'http',
          'history',
          { prefix: '/orders', method: 'GET' },
          { 'orders-v1': 100 },
          {
            priority: 10,
            retry: {
              maxRetries: 3,
              perRetryTimeout: seconds(1),
              httpRetryEvents: ['server-error', 'stream-error'],
            },
          },
        ),
        route('http', 'orders', { prefix: '/' }, { 'orders-v1': 100 }, { priority: 20 }),
      ],
      marks: flux('fulfilment'),
    }),
    backendGroup('shop', 'after-sale', ['shipping', 'notifications']),
    ...datastore(
      'orders-db',
      'public.ecr.aws/docker/library/postgres',
      5432,
      { pg16: { tag: '16.6', traffic: { p50Ms: 3, p99Ms: 45 } }, pg17: { tag: '17.2' } },
      { 'orders-db-pg16': 100, 'orders-db-pg17': 0 },
    ),

    ...app({
      namespace: 'shop',
      name: 'inventory',
      team: 'fulfilment',
      protocol: 'grpc',
      port: 9000,
      versions: {
        v1: { tag: '1.44.2', replicas: 3, traffic: { p50Ms: 7, p99Ms: 40 } },
        v2: { tag: '2.0.0', replicas: 2, traffic: { p50Ms: 4, p99Ms: 22 } },
      },
      routes: [
        route(
          'grpc',
          'reserve',
          { serviceName: 'shop.inventory.v1.Inventory', methodName: 'Reserve' },
          { 'inventory-v1': 100 },
          { priority: 10 },
        ),
        route(
          'grpc',
          'inventory',
          {},
          { 'inventory-v1': 80, 'inventory-v2': 20 },
          {
            priority: 100,
            retry: {
              maxRetries: 2,
              perRetryTimeout: millis(800),
              grpcRetryEvents: ['cancelled', 'unavailable'],
              httpRetryEvents: ['stream-error'],
            },
          },
        ),
      ],
    }),

    ...app({
      namespace: 'shop',
      name: 'shipping',
      team: 'fulfilment',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: { v1: { tag: '2.20.1', replicas: 2 }, v2: { tag: '2.21.0', replicas: 2 } },
      // A deliberate mistake: v2 was raised from 20 to 30 and v1 forgotten, so that the weights add up to 110.
      routes: [route('http', 'shipping', { prefix: '/' }, { 'shipping-v1': 80, 'shipping-v2': 30 })],
    }),

    ...app({
      namespace: 'shop',
      name: 'notifications',
      team: 'fulfilment',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: { v1: { tag: '1.6.0', replicas: 2 } },
    }),
  ];
}

function datastore(
  name: string,
  image: string,
  port: number,
  versions: Record<string, Omit<Version, 'replicas'>>,
  weights: Record<string, number>,
): KubeObject[] {
  return app({
    namespace: 'shop',
    name,
    team: 'data',
    protocol: 'tcp',
    port,
    image,
    versions: Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [name, { ...version, replicas: 1 }]),
    ),
    routes: [route('tcp', name, {}, weights, { timeout: { idle: seconds(300) } })],
  });
}
