/** What traffic depends on and only the cluster knows of nodes and gateways: their pods and the traffic annotation. */
import type { InProcessCluster } from '../kube/cluster';
import { matchesSelector } from '../kube/selectors';
import { typeId } from '../kube/store';
import type { KubeObject } from '../kube/types';
import { GROUP } from '../appmesh/designation';
import { TRAFFIC_ANNOTATION } from './profile';

export interface ProxyFacts {
  /** Text of the annotation. */
  annotation: string | undefined;
  /** Whether anybody is there to answer; true for what selects no pods. */
  ready: boolean;
  /** Ports of others that its pods call past their proxy. */
  pastProxy: string[];
}

type FactsKind = 'virtualNode' | 'virtualGateway';
const KINDS: Record<string, FactsKind> = { VirtualNode: 'virtualNode', VirtualGateway: 'virtualGateway' };
const PODS = typeId({ group: '', plural: 'pods' });
const MESHES = typeId({ group: GROUP, plural: 'meshes' });
const IGNORED_PORTS = 'appmesh.k8s.aws/egressIgnoredPorts';

/** Key of a node or gateway by its AWS names. */
export const factsKey = (kind: FactsKind, mesh: string, name: string) => JSON.stringify([kind, mesh, name]);

export type AllFacts = ReadonlyMap<string, ReadonlyMap<string, ProxyFacts>>;

/** Keeps the facts, by namespace, in step with the cluster. */
export class FactsOfCluster {
  private byNamespace = new Map<string, ReadonlyMap<string, ProxyFacts>>();
  private readonly stopListening: () => void;

  /** `changing` is called before facts are replaced. */
  constructor(
    private readonly cluster: InProcessCluster,
    changing: () => void,
  ) {
    for (const kind of ['virtualnodes', 'virtualgateways'])
      for (const { metadata } of cluster.store.list(typeId({ group: GROUP, plural: kind })))
        this.byNamespace.set(metadata.namespace ?? '', new Map());
    for (const namespace of this.byNamespace.keys()) this.byNamespace.set(namespace, this.factsIn(namespace));
    this.stopListening = cluster.store.onChange(({ object: { kind, metadata } }) => {
      if (kind !== 'Pod' && KINDS[kind] === undefined) return;
      const namespace = metadata.namespace ?? '';
      const next = this.factsIn(namespace);
      if (same(next, this.byNamespace.get(namespace))) return;
      changing();
      this.byNamespace = new Map(this.byNamespace).set(namespace, next);
    });
  }

  /** As they are now; never changed afterwards. */
  get all(): AllFacts {
    return this.byNamespace;
  }

  stop(): void {
    this.stopListening();
  }

  private factsIn(namespace: string): Map<string, ProxyFacts> {
    const { store } = this.cluster;
    const facts = new Map<string, ProxyFacts>();
    const pods = store.list(PODS, namespace);
    const anyPods = store.count(PODS) > 0;
    for (const [kind, plural] of [
      ['virtualNode', 'virtualnodes'],
      ['virtualGateway', 'virtualgateways'],
    ] as const)
      for (const object of store.list(typeId({ group: GROUP, plural }), namespace)) {
        const meshRef: { name?: string } = object['spec'].meshRef ?? {};
        const mesh = store.get(MESHES, undefined, meshRef.name ?? '');
        const own: unknown = object['spec'].podSelector;
        const selected = own
          ? pods.filter((pod) => matchesSelector(object['spec'].podSelector, pod.metadata.labels))
          : [];
        facts.set(
          factsKey(kind, mesh?.['spec'].awsName ?? meshRef.name ?? '', object['spec'].awsName ?? ''),
          {
            annotation: object.metadata.annotations?.[TRAFFIC_ANNOTATION],
            ready: !own || !anyPods || selected.some(isReady),
            pastProxy: (selected[0]?.metadata.annotations?.[IGNORED_PORTS] ?? '')
              .split(',')
              .map((port) => port.trim()),
          },
        );
      }
    return facts;
  }
}

function isReady(pod: KubeObject): boolean {
  const conditions: { type: string; status: string }[] = pod['status']?.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

function same(a: ReadonlyMap<string, ProxyFacts>, b: ReadonlyMap<string, ProxyFacts> | undefined): boolean {
  if (a.size !== b?.size) return false;
  for (const [key, facts] of a) {
    const other = b.get(key);
    if (other?.annotation !== facts.annotation || other?.ready !== facts.ready) return false;
    if (other?.pastProxy.join() !== facts.pastProxy.join()) return false;
  }
  return true;
}
