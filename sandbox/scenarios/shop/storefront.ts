import type { KubeObject } from '../../kube/types';
import { millis, route, seconds } from '../mesh-objects';
import { app } from './app';
import { argoCd, helm } from './marks';

/** What a customer sees while looking around: pages, catalogue, search, recommendations, reviews, prices. */
export function storefront(): KubeObject[] {
  return [
    ...app({
      namespace: 'shop',
      name: 'web',
      team: 'storefront',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: { v1: { tag: '2026.11.2', replicas: 3 }, v2: { tag: '2026.12.0-beta.4', replicas: 2 } },
      backends: ['catalog', 'search', 'recommendations', 'reviews', 'cart', 'checkout', 'orders', 'wishlist'],
      routes: [
        route(
          'http',
          'beta-testers',
          { prefix: '/', headers: [{ name: 'x-beta-tester', match: { exact: 'true' } }] },
          { 'web-v2': 100 },
          { priority: 10 },
        ),
        route('http', 'everyone', { prefix: '/' }, { 'web-v1': 100 }, { priority: 100 }),
      ],
    }),

    ...app({
      namespace: 'shop',
      name: 'catalog',
      team: 'storefront',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: { blue: { tag: '7.4.1', replicas: 3 }, green: { tag: '7.5.0', replicas: 3 } },
      backends: ['pricing', 'inventory'],
      routes: [route('http', 'catalog', { prefix: '/' }, { 'catalog-blue': 100, 'catalog-green': 0 })],
      routerMarks: argoCd('storefront', 'shop/catalog'),
    }),

    ...app({
      namespace: 'shop',
      name: 'search',
      team: 'discovery',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      versions: { v5: { tag: '5.2.0', replicas: 2 } },
      backends: ['catalog', 'pricing'],
      routes: [
        // A deliberate mistake: `everything` is tried first and takes what `suggest` was meant to time out early.
        route('http', 'everything', { prefix: '/' }, { 'search-v5': 1 }, { priority: 10 }),
        route(
          'http',
          'suggest',
          { prefix: '/suggest' },
          { 'search-v5': 1 },
          { priority: 20, timeout: { perRequest: millis(400) } },
        ),
      ],
      marks: helm('search', 'shop'),
    }),

    ...app({
      namespace: 'shop',
      name: 'recommendations',
      team: 'discovery',
      protocol: 'http2',
      port: 8080,
      health: '/healthz',
      versions: {
        v1: { tag: '1.31.0', replicas: 3 },
        v2: { tag: '2.8.3', replicas: 2 },
        v3: {
          tag: '3.0.0-rc.1',
          replicas: 2,
          env: { RANKER: 'transformer' },
          traffic: { p50Ms: 140, p99Ms: 650, faultRatio: 0.004 },
        },
      },
      backends: ['catalog'],
      routes: [
        route(
          'http2',
          'ranker-experiment',
          { prefix: '/', headers: [{ name: 'x-experiment', match: { prefix: 'ranker-' } }] },
          { 'recommendations-v3': 100 },
          { priority: 5 },
        ),
        route(
          'http2',
          'recommendations',
          { prefix: '/' },
          { 'recommendations-v1': 60, 'recommendations-v2': 30, 'recommendations-v3': 10 },
          { priority: 50 },
        ),
      ],
    }),

    ...app({
      namespace: 'shop',
      name: 'reviews',
      team: 'discovery',
      protocol: 'http',
      port: 8080,
      health: '/healthz',
      listener: {
        outlierDetection: {
          maxServerErrors: 5,
          interval: seconds(10),
          baseEjectionDuration: seconds(30),
          maxEjectionPercent: 50,
        },
      },
      headless: true,
      // Asks the catalogue for titles, which nobody declared: past its own proxy, since the mesh would not let it.
      podAnnotations: { 'appmesh.k8s.aws/egressIgnoredPorts': '8080' },
      versions: {
        v1: { tag: '1.9.4', replicas: 3, traffic: { p50Ms: 12, p99Ms: 70, calls: ['catalog'] } },
        v2: { tag: '2.0.1', replicas: 2, traffic: { p50Ms: 11, p99Ms: 60 } },
      },
      routes: [route('http', 'reviews', { prefix: '/' }, { 'reviews-v1': 3, 'reviews-v2': 1 })],
    }),

    ...app({
      namespace: 'shop',
      name: 'pricing',
      team: 'commerce',
      protocol: 'http2',
      port: 8080,
      health: '/healthz',
      versions: { v1: { tag: '4.0.7', replicas: 3 } },
    }),
  ];
}
