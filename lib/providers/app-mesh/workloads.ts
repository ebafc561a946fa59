/**
 * Pods behind gateways and nodes, counted by readiness and proxy. A running proxy says itself whose it is; the other pods
 * are found by the selector within the object's namespace.
 */
import { z } from 'zod';
import type { MeshNode, Workload, WorkloadOwner } from '@/lib/mesh/model';
import type { SelectorCr } from './cr';
import { parseArn } from './references';
import type { RawObject, World } from './resources';

const PROXY_CONTAINER = 'envoy';

/** Where the proxy reads which resource it stands for, the newer name first. Both hold `mesh/MESH/TYPE/NAME`, or an ARN that ends so. */
const IDENTITY_VARIABLES = ['APPMESH_RESOURCE_ARN', 'APPMESH_VIRTUAL_NODE_NAME'];

const containerCr = z.looseObject({
  name: z.string(),
  env: z
    .array(z.looseObject({ name: z.string(), value: z.string().nullish() }))
    .nullish()
    .catch(undefined),
});
type ContainerCr = z.infer<typeof containerCr>;

const podCr = z.looseObject({
  spec: z.looseObject({ containers: z.array(containerCr).nullish() }).nullish(),
  status: z
    .looseObject({
      phase: z.string().nullish(),
      conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).nullish(),
    })
    .nullish(),
});

type Owner = Pick<WorkloadOwner, 'kind' | 'namespace' | 'name'>;

interface Pod {
  labels: Record<string, string>;
  owner: Owner | undefined;
  ready: boolean;
  hasProxy: boolean;
}

export type ProxiedKind = 'node' | 'gateway';

/** What a proxy stands for, in AWS names. */
export interface ProxiedResource {
  mesh: string;
  kind: ProxiedKind;
  awsName: string;
}

/** The pods of one cluster: those whose proxy names its resource by that, the others by namespace and by each of their labels. */
export interface PodIndex {
  byResource: Map<string, Pod[]>;
  byNamespace: Map<string, Pod[]>;
  /** `namespace|label|value` */
  byLabel: Map<string, Pod[]>;
}

const controllerOf = (object: RawObject) =>
  object.metadata.ownerReferences?.find((owner) => owner.controller === true) ??
  object.metadata.ownerReferences?.[0];

/** The workload a person would name: the Deployment above the ReplicaSet, else the owner; none for a pod on its own. */
function ownerOf(pod: RawObject, replicaSets: Map<string, RawObject>): Owner | undefined {
  const owner = controllerOf(pod);
  if (!owner) return undefined;
  const above = owner.kind === 'ReplicaSet' ? replicaSets.get(owner.uid) : undefined;
  const { kind, name } = (above === undefined ? undefined : controllerOf(above)) ?? owner;
  return { kind, namespace: pod.metadata.namespace ?? '', name };
}

function push<K, V>(map: Map<K, V[]>, key: K, entry: V): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

const resourceIndex = ({ mesh, kind, awsName }: ProxiedResource) => `${mesh}|${kind}|${awsName}`;

/** What the proxy of a pod stands for; `undefined` where it does not say. */
function resourceOf(proxy: ContainerCr | undefined): ProxiedResource | undefined {
  for (const variable of IDENTITY_VARIABLES) {
    const text = proxy?.env?.find(({ name }) => name === variable)?.value;
    const parsed = text ? parseArn(text) : undefined;
    if (parsed?.kind === 'node' || parsed?.kind === 'gateway')
      return { mesh: parsed.mesh, kind: parsed.kind, awsName: parsed.name };
  }
  return undefined;
}

/** Indexes the pods that count: not deleted and not ended. */
export function indexPods(world: World): PodIndex {
  const replicaSets = new Map((world['replicasets'] ?? []).map((each) => [each.metadata.uid, each]));
  const index: PodIndex = { byResource: new Map(), byNamespace: new Map(), byLabel: new Map() };
  for (const raw of world['pods'] ?? []) {
    const parsed = podCr.safeParse(raw);
    if (!parsed.success || raw.metadata.deletionTimestamp !== undefined) continue;
    const { spec, status } = parsed.data;
    if (status?.phase === 'Succeeded' || status?.phase === 'Failed') continue;
    const proxy = spec?.containers?.find(({ name }) => name === PROXY_CONTAINER);
    const pod: Pod = {
      labels: raw.metadata.labels ?? {},
      owner: ownerOf(raw, replicaSets),
      ready: status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false,
      hasProxy: proxy !== undefined,
    };
    const resource = resourceOf(proxy);
    if (resource) {
      push(index.byResource, resourceIndex(resource), pod);
      continue;
    }
    const namespace = raw.metadata.namespace ?? '';
    push(index.byNamespace, namespace, pod);
    for (const [label, content] of Object.entries(pod.labels))
      push(index.byLabel, `${namespace}|${label}|${content}`, pod);
  }
  return index;
}

function expressionHolds(
  { key, operator, values }: { key: string; operator: string; values?: string[] | null | undefined },
  labels: Record<string, string>,
): boolean {
  const content = labels[key];
  switch (operator) {
    case 'In':
      return content !== undefined && (values ?? []).includes(content);
    case 'NotIn':
      return content === undefined || !(values ?? []).includes(content);
    case 'Exists':
      return content !== undefined;
    case 'DoesNotExist':
      return content === undefined;
    default:
      return false;
  }
}

/** Kubernetes' rule: all labels and all expressions must hold; an empty selector holds for everything. */
export function selects(selector: SelectorCr, labels: Record<string, string>): boolean {
  return (
    Object.entries(selector.matchLabels ?? {}).every(([label, content]) => labels[label] === content) &&
    (selector.matchExpressions ?? []).every((expression) => expressionHolds(expression, labels))
  );
}

function selectedPods(
  index: PodIndex,
  namespace: string,
  selector: SelectorCr | null | undefined,
): readonly Pod[] {
  // No selector finds no pod: such a node stands for something outside the cluster.
  if (!selector) return [];
  const [first] = Object.entries(selector.matchLabels ?? {});
  const candidates = first
    ? index.byLabel.get(`${namespace}|${first[0]}|${first[1]}`)
    : index.byNamespace.get(namespace);
  return (candidates ?? []).filter((pod) => selects(selector, pod.labels));
}

function ownersOf(pods: readonly Pod[]): WorkloadOwner[] {
  const owners = new Map<string, WorkloadOwner>();
  for (const { owner, ready } of pods) {
    if (owner === undefined) continue;
    const id = `${owner.kind}/${owner.namespace}/${owner.name}`;
    const known = owners.get(id) ?? { ...owner, total: 0, ready: 0 };
    owners.set(id, { ...known, total: known.total + 1, ready: known.ready + (ready ? 1 : 0) });
  }
  return [...owners].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, owner]) => owner);
}

/**
 * The pods behind `resource`: those whose proxy says so, wherever they run, and those that the selector finds in the
 * namespace and whose proxy, if there is one, does not say. A proxy that stands for another resource is counted there.
 */
export function workloadOf(
  index: PodIndex,
  resource: ProxiedResource,
  namespace: string,
  selector: SelectorCr | null | undefined,
): Workload {
  const pods = [
    ...(index.byResource.get(resourceIndex(resource)) ?? []),
    ...selectedPods(index, namespace, selector),
  ];
  const withProxy = pods.filter((pod) => pod.hasProxy).length;
  return {
    owners: ownersOf(pods),
    total: pods.length,
    ready: pods.filter((pod) => pod.ready).length,
    withProxy,
    withoutProxy: pods.length - withProxy,
  };
}

/** The Services of a cluster, and where they were read. */
export interface KnownServices {
  /** namespace/name */
  names: ReadonlySet<string>;
  isRead(namespace: string): boolean;
}

/**
 * What a DNS name leads to. `name`, `name.ns`, `name.ns.svc` and `name.ns.svc.<domain>` may be a Service's, given as
 * namespace/name. Where there is none, `beyond` tells a name that only a Service has from that of an outside host; it is
 * left out where the Services were not read.
 */
export function behindName(
  { names, isRead }: KnownServices,
  hostname: string,
  namespace: string,
): Pick<MeshNode, 'kubernetesService' | 'beyond'> {
  const [name = '', second, third] = hostname.replace(/\.$/, '').split('.');
  const mayBeService = third === undefined || third === 'svc';
  const where = second ?? namespace;
  const found = `${where}/${name}`;
  if (mayBeService && names.has(found)) return { kubernetesService: found };
  if (mayBeService && !isRead(where)) return {};
  // `example.com` may be anything; a name alone, or one with `svc`, is looked up in the cluster only.
  const ofCluster = mayBeService && (second === undefined || third === 'svc');
  return { beyond: ofCluster ? 'noService' : 'host' };
}

/**
 * Marks a service whose host name leads to no Service of the cluster. `name.namespace` of its own namespace is the name the
 * webhook gives, and only the cluster could know it; other names with a dot may be answered elsewhere, and are not judged.
 */
export function unresolvableName(
  services: KnownServices,
  hostname: string,
  namespace: string,
): { unresolvable?: true } {
  const { kubernetesService, beyond } = behindName(services, hostname, namespace);
  if (kubernetesService !== undefined || beyond === undefined) return {};
  const [, second, third] = hostname.replace(/\.$/, '').split('.');
  const own = second === namespace && third === undefined;
  return beyond === 'noService' || own ? { unresolvable: true } : {};
}
