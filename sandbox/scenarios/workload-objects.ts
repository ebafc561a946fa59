import type { KubeObject, OwnerReference } from '../kube/types';

export type Labels = Record<string, string>;

/** Marks that other tools leave on an object: labels, annotations, owners. */
export interface Marks {
  labels?: Labels;
  annotations?: Labels;
  ownerReferences?: OwnerReference[];
}

/** The host name by which a Service is known inside the cluster. */
export const clusterHost = (namespace: string, service: string) =>
  `${service}.${namespace}.svc.cluster.local`;

export function namespace(name: string, labels: Labels = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
  };
}

/** `role`: the IAM role that the account's pods take on; Envoy needs one to fetch its configuration. */
export function serviceAccount(namespaceName: string, name: string, role: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name,
      namespace: namespaceName,
      annotations: { 'eks.amazonaws.com/role-arn': `arn:aws:iam::111122223333:role/${role}` },
    },
  };
}

export interface ServiceOptions {
  selector: Labels;
  ports: { name: string; port: number; targetPort?: number }[];
  type?: 'ClusterIP' | 'LoadBalancer';
  /** Without a virtual IP: its name resolves to the pods themselves. */
  headless?: boolean;
  marks?: Marks;
}

export function service(namespaceName: string, name: string, options: ServiceOptions): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: namespaceName, ...options.marks },
    spec: {
      type: options.type ?? 'ClusterIP',
      ...(options.headless === true ? { clusterIP: 'None' } : {}),
      selector: options.selector,
      ports: options.ports.map(({ name: portName, port, targetPort }) => ({
        name: portName,
        port,
        targetPort: targetPort ?? port,
        protocol: 'TCP',
      })),
    },
  };
}

export interface DeploymentOptions {
  /** What selects the pods; the pods carry these and `podLabels`. */
  selector: Labels;
  podLabels?: Labels;
  podAnnotations?: Labels;
  replicas: number;
  image: string;
  /** Name of the container; the deployment's own when left out. */
  container?: string;
  ports?: number[];
  env?: Record<string, string>;
  args?: string[];
  /** HTTP path and port asked for readiness. */
  ready?: { path: string; port: number };
  serviceAccount?: string;
  marks?: Marks;
}

export function deployment(namespaceName: string, name: string, options: DeploymentOptions): KubeObject {
  const labels = { ...options.podLabels, ...options.selector };
  const container = {
    name: options.container ?? name,
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    ...(options.args && { args: options.args }),
    ports: (options.ports ?? []).map((containerPort) => ({ containerPort, protocol: 'TCP' })),
    env: Object.entries(options.env ?? {}).map(([variable, content]) => ({ name: variable, value: content })),
    ...(options.ready === undefined
      ? {}
      : { readinessProbe: { httpGet: options.ready, periodSeconds: 5, failureThreshold: 3 } }),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: namespaceName,
      ...options.marks,
      labels: { ...labels, ...options.marks?.labels },
    },
    spec: {
      replicas: options.replicas,
      selector: { matchLabels: options.selector },
      template: {
        metadata: {
          labels,
          ...(options.podAnnotations === undefined ? {} : { annotations: options.podAnnotations }),
        },
        spec: {
          ...(options.serviceAccount === undefined ? {} : { serviceAccountName: options.serviceAccount }),
          containers: [container],
        },
      },
    },
  };
}
