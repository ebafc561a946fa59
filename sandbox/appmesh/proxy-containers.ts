/** The containers the injector adds to a pod, as the controller writes them. Tracing is off. */
import type { KubeObject } from '../kube/types';
import { REGION } from './resource-id';

const ENVOY_IMAGE = 'public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod';
const INIT_IMAGE = 'public.ecr.aws/appmesh/aws-appmesh-proxy-route-manager:v7-prod';
const CONTROLLER_VERSION = 'v1.13.1';
const PROXY_UID = 1337;
const ADMIN_PORT = 9901;

interface Env {
  name: string;
  value?: string;
  valueFrom?: object;
}

interface Container {
  name: string;
  image?: string;
  env?: Env[];
  readinessProbe?: object;
}

const READINESS = {
  exec: {
    command: ['sh', '-c', `curl -s http://localhost:${ADMIN_PORT}/server_info | grep state | grep -q LIVE`],
  },
  initialDelaySeconds: 1,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

/** `resource`: `mesh/MESH/virtualNode/NAME` or `mesh/MESH/virtualGateway/NAME`. */
function envoyEnv(resource: string): Env[] {
  const values: Record<string, string> = {
    APPMESH_RESOURCE_ARN: resource,
    APPMESH_VIRTUAL_NODE_NAME: resource,
    AWS_REGION: REGION,
    ENVOY_LOG_LEVEL: 'info',
    ENVOY_ADMIN_ACCESS_PORT: String(ADMIN_PORT),
    ENVOY_ADMIN_ACCESS_LOG_FILE: '/tmp/envoy_admin_access.log',
    ENVOY_ADMIN_ACCESS_ENABLE_IPV6: 'false',
    APPMESH_PREVIEW: '0',
    APPMESH_DUALSTACK_ENDPOINT: '0',
    APPMESH_FIPS_ENDPOINT: '0',
    APPMESH_PLATFORM_K8S_VERSION: 'v1.33.0',
    APPMESH_PLATFORM_APP_MESH_CONTROLLER_VERSION: CONTROLLER_VERSION,
    APPNET_AGENT_ADMIN_MODE: 'uds',
    APPNET_AGENT_ADMIN_UDS_PATH: '/tmp/agent_admin.sock',
  };
  return [
    ...Object.entries(values).map(([name, value]) => ({ name, value })),
    { name: 'APPMESH_PLATFORM_K8S_POD_UID', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } },
  ];
}

const isEnvoy = ({ name }: Container) => name === 'envoy';

/** Adds the init container and Envoy to a node's pod; a pod that brings its own Envoy is left as it is. */
export function injectProxy(pod: KubeObject, node: KubeObject, mesh: string): void {
  const { spec } = pod;
  const containers: Container[] = spec.containers ?? [];
  if (containers.some(isEnvoy)) return;
  const listeners: { portMapping: { port: number } }[] = node['spec'].listeners ?? [];
  spec.initContainers = [
    ...(spec.initContainers ?? []),
    initContainer(listeners.map(({ portMapping }) => portMapping.port)),
  ];
  spec.containers = [...containers, envoyContainer(`mesh/${mesh}/virtualNode/${node['spec'].awsName}`)];
  spec.securityContext = { fsGroup: PROXY_UID, ...spec.securityContext };
}

/** A gateway's pod is Envoy already: the injector only sets it up. Without a container `envoy` nothing happens. */
export function configureGateway(pod: KubeObject, gateway: KubeObject, mesh: string): void {
  const containers: Container[] = pod['spec'].containers ?? [];
  const envoy = containers.find(isEnvoy);
  if (!envoy) return;
  const skip = pod.metadata.annotations?.['appmesh.k8s.aws/virtualGatewaySkipImageOverride'];
  if (skip?.toLowerCase() !== 'enabled') envoy.image = ENVOY_IMAGE;
  const ours = envoyEnv(`mesh/${mesh}/virtualGateway/${gateway['spec'].awsName}`);
  const names = new Set(ours.map(({ name }) => name));
  envoy.env = [...(envoy.env ?? []).filter(({ name }) => !names.has(name)), ...ours];
  envoy.readinessProbe ??= READINESS;
}

function envoyContainer(resource: string): object {
  return {
    name: 'envoy',
    image: ENVOY_IMAGE,
    securityContext: { runAsUser: PROXY_UID },
    ports: [{ containerPort: ADMIN_PORT, name: 'stats', protocol: 'TCP' }],
    lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 20'] } } },
    env: envoyEnv(resource),
    readinessProbe: READINESS,
    resources: { requests: { cpu: '10m', memory: '32Mi' } },
  };
}

function initContainer(appPorts: number[]): object {
  const env: Record<string, string> = {
    APPMESH_START_ENABLED: '1',
    APPMESH_IGNORE_UID: String(PROXY_UID),
    APPMESH_ENVOY_INGRESS_PORT: '15000',
    APPMESH_ENVOY_EGRESS_PORT: '15001',
    APPMESH_APP_PORTS: appPorts.join(','),
    APPMESH_EGRESS_IGNORED_IP: '169.254.169.254',
    APPMESH_EGRESS_IGNORED_PORTS: '22',
    APPMESH_ENABLE_IPV6: '0',
  };
  return {
    name: 'proxyinit',
    image: INIT_IMAGE,
    securityContext: { capabilities: { add: ['NET_ADMIN'] } },
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
    resources: { requests: { cpu: '10m', memory: '32Mi' } },
  };
}
