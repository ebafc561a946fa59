import type { KubeObject } from '../../kube/types';
import { TRAFFIC_ANNOTATION, type TrafficCr } from '../../traffic/profile';
import {
  listener,
  virtualNode,
  virtualRouter,
  virtualService,
  type Backend,
  type Fields,
  type Protocol,
} from '../mesh-objects';
import {
  clusterHost,
  deployment,
  service,
  serviceAccount,
  type Labels,
  type Marks,
} from '../workload-objects';

export interface Version {
  /** Tag of the image `registry.example.com/shop/NAME`. */
  tag: string;
  replicas: number;
  env?: Record<string, string>;
  /** How it behaves under traffic, where its name alone does not say so. */
  traffic?: TrafficCr;
}

export interface App {
  namespace: string;
  name: string;
  team: string;
  protocol: Protocol;
  port: number;
  /** Health check path of an http or http2 app; the others are only asked whether they answer. */
  health?: string;
  /** Timeout, tls, outlierDetection, connectionPool of the nodes' listener. */
  listener?: Fields;
  /** Each version has its own Deployment, Service and VirtualNode, named `NAME-VERSION`. */
  versions: Record<string, Version>;
  /** Another image than `registry.example.com/shop/NAME`. */
  image?: string;
  backends?: Backend[];
  backendGroups?: string[];
  /** Routes of its VirtualRouter; without any, the VirtualService leads straight to the first version. */
  routes?: Fields[];
  headless?: boolean;
  podAnnotations?: Labels;
  /** Marks on Deployments and mesh objects alike, as a delivery tool that owns the app leaves them. */
  marks?: Marks;
  /** Marks on the VirtualRouter alone. */
  routerMarks?: Marks;
}

/** Everything one application of the shop consists of: accounts, workloads, Services and its part of the mesh. */
export function app(options: App): KubeObject[] {
  const { namespace, name, protocol, port, routes } = options;
  const versions = Object.entries(options.versions);
  const firstNode = `${name}-${versions[0]?.[0] ?? 'v1'}`;
  const provider = routes ? { router: name } : { node: firstNode };
  return [
    serviceAccount(namespace, name, `shop-${name}`),
    service(namespace, name, { selector: { app: name }, ports: [{ name: protocol, port }] }),
    ...versions.flatMap(([version, details]) => appVersion(options, version, details)),
    ...(routes
      ? [virtualRouter(namespace, name, { port, protocol }, routes, options.routerMarks ?? options.marks)]
      : []),
    virtualService(namespace, name, { provider, ...(options.marks && { marks: options.marks }) }),
  ];
}

function appVersion(options: App, version: string, details: Version): KubeObject[] {
  const { namespace, name, protocol, port, health, marks } = options;
  const selector = { app: name, version };
  const nodeName = `${name}-${version}`;
  const checked = protocol === 'http' || protocol === 'http2' ? health : true;
  return [
    service(namespace, nodeName, {
      selector,
      ports: [{ name: protocol, port }],
      ...(options.headless !== undefined && { headless: options.headless }),
    }),
    deployment(namespace, nodeName, {
      selector,
      podLabels: {
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/version': details.tag,
        'app.kubernetes.io/part-of': 'shop',
        team: options.team,
      },
      replicas: details.replicas,
      image: `${options.image ?? `registry.example.com/shop/${name}`}:${details.tag}`,
      container: name,
      ports: [port],
      serviceAccount: name,
      ...(health !== undefined && { ready: { path: health, port } }),
      ...(details.env && { env: details.env }),
      ...(options.podAnnotations && { podAnnotations: options.podAnnotations }),
      ...(marks && { marks }),
    }),
    virtualNode(namespace, nodeName, {
      pods: selector,
      listeners: [listener(protocol, port, checked, options.listener)],
      hostname: clusterHost(namespace, nodeName),
      ...(options.headless === true && { responseType: 'ENDPOINTS' }),
      ...(options.backends && { backends: options.backends }),
      ...(options.backendGroups && { backendGroups: options.backendGroups }),
      accessLog: '/dev/stdout',
      ...nodeMarks(marks, details.traffic),
    }),
  ];
}

function nodeMarks(marks: Marks | undefined, traffic: TrafficCr | undefined): { marks?: Marks } {
  if (!traffic) return marks ? { marks } : {};
  const annotations = { ...marks?.annotations, [TRAFFIC_ANNOTATION]: JSON.stringify(traffic) };
  return { marks: { ...marks, annotations } };
}
