import type { KubeObject } from '../kube/types';
import {
  gatewayRoute,
  INJECT,
  listener,
  mesh,
  route,
  virtualGateway,
  virtualNode,
  virtualRouter,
  virtualService,
  type Protocol,
} from './mesh-objects';
import { randomFrom, type Random } from './random';
import { clusterHost, deployment, namespace, service } from './workload-objects';

export interface ScaleOptions {
  /** Number of VirtualNodes. */
  nodes: number;
  /** Whether every node has a Deployment of one pod. */
  pods: boolean;
}

interface PlannedService {
  namespace: string;
  name: string;
  protocol: Exclude<Protocol, 'tcp'>;
  /** `v1`, `v2`, … one VirtualNode each. */
  versions: string[];
  /** `name` or `namespace/name`. */
  backends: string[];
}

interface PlannedNamespace {
  name: string;
  gateway: string;
  services: PlannedService[];
}

const NODES_PER_NAMESPACE = [20, 40] as const;
const NAMESPACES_PER_GATEWAY = 4;
const PORT = 8080;

/**
 * A mesh of any size, the same every time: namespaces of 20 to 40 nodes, services of one to three versions that call
 * mostly their neighbours, a gateway for every few namespaces.
 */
export function scale(options: ScaleOptions): KubeObject[] {
  const plan = planNamespaces(options.nodes, randomFrom(options.nodes));
  return [
    mesh('scale', 'DROP_ALL'),
    ...plan.flatMap((planned) => [
      namespace(planned.name, { mesh: 'scale', gateway: planned.gateway, ...INJECT }),
      ...planned.services.flatMap((each) => serviceObjects(each, options.pods)),
      ...entrance(planned),
    ]),
    ...gateways(plan, options.pods),
  ];
}

function planNamespaces(nodes: number, random: Random): PlannedNamespace[] {
  const plan: PlannedNamespace[] = [];
  for (let left = nodes; left > 0;) {
    const wanted = random.between(...NODES_PER_NAMESPACE);
    const size = Math.min(left, wanted);
    plan.push(planNamespace(plan.length, size, random));
    left -= size;
  }
  const all = plan.flatMap((planned) => planned.services);
  for (const planned of plan) planned.services.forEach((_, place) => connect(planned, place, all, random));
  return plan;
}

function planNamespace(index: number, size: number, random: Random): PlannedNamespace {
  const name = numbered(NAMESPACE_WORDS, index);
  const services: PlannedService[] = [];
  for (let left = size; left > 0;) {
    const count = Math.min(left, random.pick([1, 1, 1, 2, 2, 3]));
    services.push({
      namespace: name,
      name: numbered(SERVICE_WORDS, services.length),
      protocol: random.pick(['http', 'http', 'http', 'http2', 'grpc']),
      versions: Array.from({ length: count }, (_, version) => `v${version + 1}`),
      backends: [],
    });
    left -= count;
  }
  // The first service is the namespace's entrance, which is reached over plain http.
  const [first] = services;
  if (first) first.protocol = 'http';
  return { name, gateway: `gateway-${Math.floor(index / NAMESPACES_PER_GATEWAY) + 1}`, services };
}

/** Lets a service call up to three of the next ones in its namespace, and now and then one of another. */
function connect(planned: PlannedNamespace, place: number, all: PlannedService[], random: Random): void {
  const caller = planned.services[place];
  if (!caller) return;
  const neighbours = planned.services.slice(place + 1, place + 7).map((each) => each.name);
  const called = new Set(random.sample(neighbours, random.between(place === 0 ? 2 : 0, 3)));
  const far = random.chance(0.15) ? random.pick(all) : undefined;
  if (far && far.namespace !== caller.namespace) called.add(`${far.namespace}/${far.name}`);
  caller.backends = [...called];
}

function serviceObjects(planned: PlannedService, pods: boolean): KubeObject[] {
  const { namespace: home, name, protocol, versions } = planned;
  const port = { name: protocol, port: PORT };
  const shares = WEIGHTS[versions.length - 1] ?? [];
  const weights = Object.fromEntries(versions.map((version, i) => [`${name}-${version}`, shares[i] ?? 0]));
  return [
    service(home, name, { selector: { app: name }, ports: [port] }),
    ...versions.flatMap((version) => {
      const selector = { app: name, version };
      const nodeName = `${name}-${version}`;
      return [
        virtualNode(home, nodeName, {
          pods: selector,
          listeners: [listener(protocol, PORT, protocol === 'grpc' ? true : '/healthz')],
          hostname: clusterHost(home, nodeName),
          backends: planned.backends,
        }),
        service(home, nodeName, { selector, ports: [port] }),
        ...(pods ? [workload(home, nodeName, selector)] : []),
      ];
    }),
    virtualRouter(home, name, { port: PORT, protocol }, [
      route(protocol, name, protocol === 'grpc' ? {} : { prefix: '/' }, weights),
    ]),
    virtualService(home, name, { provider: { router: name } }),
  ];
}

function workload(home: string, name: string, selector: Record<string, string>): KubeObject {
  return deployment(home, name, {
    selector,
    replicas: 1,
    image: `registry.example.com/${home}/${selector['app']}:1.0.0`,
    ports: [PORT],
  });
}

function entrance(planned: PlannedNamespace): KubeObject[] {
  const [first] = planned.services;
  return first
    ? [gatewayRoute(planned.name, 'entrance', 'http', { prefix: `/${planned.name}/` }, first.name)]
    : [];
}

function gateways(plan: PlannedNamespace[], pods: boolean): KubeObject[] {
  return plan
    .filter((_, index) => index % NAMESPACES_PER_GATEWAY === 0)
    .flatMap(({ name: home, gateway }) => {
      const selector = { app: gateway };
      const envoy = deployment(home, gateway, {
        selector,
        replicas: 1,
        image: 'public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod',
        container: 'envoy',
        ports: [PORT],
      });
      return [
        virtualGateway(home, gateway, {
          pods: selector,
          listeners: [listener('http', PORT)],
          routesFrom: { gateway },
        }),
        service(home, gateway, {
          selector,
          type: 'LoadBalancer',
          ports: [{ name: 'http', port: 80, targetPort: PORT }],
        }),
        ...(pods ? [envoy] : []),
      ];
    });
}

/** `billing`, …, then `billing-2`, … once the words are used up. */
function numbered(words: readonly string[], index: number): string {
  const round = Math.floor(index / words.length);
  return `${words[index % words.length]}${round === 0 ? '' : `-${round + 1}`}`;
}

/** Weights of a route with one, two or three targets. */
const WEIGHTS = [[100], [90, 10], [60, 30, 10]] as const;

const NAMESPACE_WORDS =
  'billing media identity logistics catalog support analytics messaging pricing partners travel insurance lending claims fleet energy grocery tickets learning payroll'.split(
    ' ',
  );
const SERVICE_WORDS =
  'front accounts invoices sessions profiles search orders quotes ratings uploads thumbnails exports imports alerts schedules policies tokens limits ledgers reports archive audit webhooks translations'.split(
    ' ',
  );
