/** Pods behind gateways and nodes: found by the selector within the object's namespace, counted by readiness and proxy. */
import { z } from 'zod';
import type { Workload } from '@/lib/mesh/model';
import type { SelectorCr } from './cr';
import type { RawObject, World } from './resources';

const PROXY_CONTAINER = 'envoy';

const podCr = z.looseObject({
  spec: z.looseObject({ containers: z.array(z.looseObject({ name: z.string() })).nullish() }).nullish(),
  status: z
    .looseObject({
      phase: z.string().nullish(),
      conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).nullish(),
    })
    .nullish(),
});

interface Pod {
  labels: Record<string, string>;
  owner: string | undefined;
  ready: boolean;
  hasProxy: boolean;
}

/** The pods of one cluster, by namespace and by each of their labels. */
export interface PodIndex {
  byNamespace: Map<string, Pod[]>;
  /** `namespace|label|value` */
  byLabel: Map<string, Pod[]>;
}

const controllerOf = (object: RawObject) =>
  object.metadata.ownerReferences?.find((owner) => owner.controller === true) ??
  object.metadata.ownerReferences?.[0];

/** The workload a person would name: the Deployment above the ReplicaSet, else the owner, else the pod itself. */
function ownerName(pod: RawObject, replicaSets: Map<string, RawObject>): string | undefined {
  const owner = controllerOf(pod);
  if (!owner) return undefined;
  const above = owner.kind === 'ReplicaSet' ? replicaSets.get(owner.uid) : undefined;
  const top = above === undefined ? undefined : controllerOf(above);
  return top === undefined ? `${owner.kind}/${owner.name}` : `${top.kind}/${top.name}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, entry: V): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

/** Indexes the pods that count: not deleted and not ended. */
export function indexPods(world: World): PodIndex {
  const replicaSets = new Map((world['replicasets'] ?? []).map((each) => [each.metadata.uid, each]));
  const index: PodIndex = { byNamespace: new Map(), byLabel: new Map() };
  for (const raw of world['pods'] ?? []) {
    const parsed = podCr.safeParse(raw);
    if (!parsed.success || raw.metadata.deletionTimestamp !== undefined) continue;
    const { spec, status } = parsed.data;
    if (status?.phase === 'Succeeded' || status?.phase === 'Failed') continue;
    const pod: Pod = {
      labels: raw.metadata.labels ?? {},
      owner: ownerName(raw, replicaSets),
      ready: status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false,
      hasProxy: spec?.containers?.some((each) => each.name === PROXY_CONTAINER) ?? false,
    };
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

/** The pods a selector finds in a namespace. No selector finds none: such a node stands for something outside the cluster. */
export function workloadOf(
  index: PodIndex,
  namespace: string,
  selector: SelectorCr | null | undefined,
): Workload {
  const workload: Workload = { owners: [], total: 0, ready: 0, withProxy: 0, withoutProxy: 0 };
  if (!selector) return workload;
  const [first] = Object.entries(selector.matchLabels ?? {});
  const candidates = first
    ? index.byLabel.get(`${namespace}|${first[0]}|${first[1]}`)
    : index.byNamespace.get(namespace);
  const owners = new Set<string>();
  for (const pod of candidates ?? []) {
    if (!selects(selector, pod.labels)) continue;
    workload.total += 1;
    if (pod.ready) workload.ready += 1;
    if (pod.hasProxy) workload.withProxy += 1;
    else workload.withoutProxy += 1;
    if (pod.owner !== undefined) owners.add(pod.owner);
  }
  workload.owners = [...owners].sort();
  return workload;
}

/**
 * The Kubernetes Service a DNS name leads to, as namespace/name. `name`, `name.ns`, `name.ns.svc` and `name.ns.svc.<domain>`
 * are understood; `undefined` when there is no such Service, so that an outside host is not taken for one.
 */
export function kubernetesServiceOf(
  services: ReadonlySet<string>,
  hostname: string,
  namespace: string,
): string | undefined {
  const parts = hostname.replace(/\.$/, '').split('.');
  const [name = '', second, third] = parts;
  if (third !== undefined && third !== 'svc') return undefined;
  const found = `${second ?? namespace}/${name}`;
  return services.has(found) ? found : undefined;
}
