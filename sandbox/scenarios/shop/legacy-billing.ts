import type { ApiSeed } from '../../appmesh/control-plane';
import {
  apiGateway,
  apiGatewayRoute,
  apiMesh,
  apiNode,
  apiRoute,
  apiRouter,
  apiService,
  inCloudMap,
  inDns,
} from '../api-resources';
import { listener, millis, seconds } from '../mesh-objects';

const MESH = 'legacy-billing';
const tagged = (team: string) => ({ team, 'aws-service': 'ecs', 'managed-by': 'terraform' });
const BILLING = tagged('billing');
const LETTERS = tagged('customer-letters');
const DATA = tagged('data');

/** Where a service of ECS is found. */
const onEcs = (service: string) => inCloudMap('billing.internal', service, 'billing-prod');
const host = (service: string) => `${service}.billing.internal`;
const http = { protocol: 'http', port: 8080, health: '/health' } as const;
const retry = {
  maxRetries: 2,
  perRetryTimeout: millis(2000),
  httpRetryEvents: ['server-error', 'gateway-error'],
  tcpRetryEvents: ['connection-error'],
};

/** Invoicing from before the move to Kubernetes: everything on ECS, a new version of the invoices on its way. */
export function legacyBilling(): ApiSeed[] {
  const route = (router: string, name: string) => ({ mesh: MESH, router, name });
  return [
    apiMesh(MESH, 'DROP_ALL', BILLING),
    ...nodes(),

    apiRouter(MESH, 'invoices', { protocol: 'http', port: 8080 }, BILLING),
    apiRoute(
      route('invoices', 'auditors'),
      'http',
      { prefix: '/', headers: [{ name: 'x-auditor', match: { exact: 'true' } }] },
      { 'invoices-v2': 100 },
      { priority: 10, tags: BILLING },
    ),
    apiRoute(
      route('invoices', 'invoices'),
      'http',
      { prefix: '/' },
      { 'invoices-v1': 80, 'invoices-v2': 20 },
      { priority: 100, more: { retryPolicy: retry, timeout: { perRequest: seconds(8) } }, tags: BILLING },
    ),
    apiRouter(MESH, 'tax', { protocol: 'grpc', port: 9000 }, BILLING),
    apiRoute(
      route('tax', 'tax'),
      'grpc',
      { serviceName: 'billing.tax.v3.Tax' },
      { 'tax-v3': 100 },
      { tags: BILLING },
    ),
    apiRouter(MESH, 'ledger-db', { protocol: 'tcp', port: 5432 }, DATA),
    apiRoute(
      route('ledger-db', 'ledger-db'),
      'tcp',
      {},
      { 'ledger-db-pg14': 100, 'ledger-db-pg16': 0 },
      { more: { timeout: { idle: seconds(600) } }, tags: DATA },
    ),

    apiService(MESH, host('invoices'), { router: 'invoices' }, BILLING),
    apiService(MESH, host('tax'), { router: 'tax' }, BILLING),
    apiService(MESH, host('ledger-db'), { router: 'ledger-db' }, DATA),
    apiService(MESH, host('statements'), { node: 'statements-v5' }, LETTERS),
    apiService(MESH, host('mailer'), { node: 'mailer' }, LETTERS),

    apiGateway(MESH, 'billing-edge', [listener('http', 8080, '/health')], BILLING),
    apiGatewayRoute(
      { mesh: MESH, gateway: 'billing-edge', name: 'invoices' },
      { prefix: '/invoices/' },
      host('invoices'),
      { priority: 10, rewrite: { prefix: { value: '/' } }, tags: BILLING },
    ),
    apiGatewayRoute(
      { mesh: MESH, gateway: 'billing-edge', name: 'statements' },
      { prefix: '/statements/', method: 'GET' },
      host('statements'),
      { priority: 20, tags: LETTERS },
    ),
  ];
}

function nodes(): ApiSeed[] {
  const invoices = [host('tax'), host('ledger-db'), host('mailer')];
  return [
    apiNode(MESH, 'invoices-v1', {
      listens: http,
      foundBy: onEcs('invoices-v1'),
      calls: invoices,
      tags: BILLING,
    }),
    apiNode(MESH, 'invoices-v2', {
      listens: {
        ...http,
        more: {
          outlierDetection: {
            maxServerErrors: 5,
            interval: seconds(10),
            baseEjectionDuration: seconds(30),
            maxEjectionPercent: 50,
          },
        },
      },
      foundBy: onEcs('invoices-v2'),
      calls: invoices,
      tags: BILLING,
    }),
    apiNode(MESH, 'tax-v3', {
      listens: { protocol: 'grpc', port: 9000, health: true },
      foundBy: onEcs('tax-v3'),
      calls: [host('ledger-db')],
      tags: BILLING,
    }),
    apiNode(MESH, 'ledger-db-pg14', {
      listens: { protocol: 'tcp', port: 5432 },
      foundBy: inDns('ledger-pg14.cluster-c1a2b3.us-west-2.rds.amazonaws.com'),
      tags: DATA,
    }),
    apiNode(MESH, 'ledger-db-pg16', {
      listens: { protocol: 'tcp', port: 5432 },
      foundBy: inDns('ledger-pg16.cluster-c1a2b3.us-west-2.rds.amazonaws.com'),
      tags: DATA,
    }),
    apiNode(MESH, 'statements-v5', {
      listens: http,
      foundBy: onEcs('statements-v5'),
      calls: [host('invoices'), host('mailer')],
      tags: LETTERS,
    }),
    apiNode(MESH, 'mailer', {
      listens: { protocol: 'tcp', port: 2525 },
      foundBy: inDns('mailer.billing.internal', 'ENDPOINTS'),
      tags: LETTERS,
    }),
    // Sends reminders by night: nobody calls it.
    apiNode(MESH, 'dunning-worker', { calls: [host('invoices'), host('mailer')], tags: BILLING }),
  ];
}
