/** The embedded cluster as the tests see it: its HTTP API, its faults, and kubectl. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface KubeObject {
  metadata: { name: string; namespace: string; uid: string; resourceVersion: string; generation: number };
  spec: Record<string, unknown>;
}

interface RouteBody {
  action?: { weightedTargets: { weight: number }[] };
}

interface RouterObject {
  metadata: { namespace: string; name: string };
  spec: { routes: ({ name: string } & Record<string, RouteBody | string>)[] };
}

interface MeshTraffic {
  mesh: string;
  edges: { from: { name: string } | null; to: { name: string } | null; ok: number }[];
}

interface KubePod {
  metadata: { name: string };
  status: { conditions: { type: string; status: string }[] };
}

const finder = spawnSync(process.execPath, ['bin/kubectl.mjs'], { encoding: 'utf8' });

/** Path of a kubectl, or undefined where none can be had: tests that need one skip, visibly. */
export const kubectlPath: string | undefined = finder.status === 0 ? finder.stdout.trim() : undefined;

export class Sandbox {
  readonly server: string;

  constructor(readonly kubeconfig: string) {
    const config = parse(readFileSync(kubeconfig, 'utf8')) as { clusters: { cluster: { server: string } }[] };
    const server = config.clusters[0]?.cluster.server;
    if (server === undefined) throw new Error(`${kubeconfig} names no server`);
    this.server = server;
  }

  private async send(
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<unknown> {
    const answer = await fetch(`${this.server}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': type } }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async reset(): Promise<void> {
    await this.send('POST', '/_sandbox/reset');
  }

  async knobs(values: Record<string, number | boolean | string | string[]>): Promise<void> {
    await this.send('PATCH', '/_sandbox/knobs', values);
  }

  async cutWatches(): Promise<void> {
    await this.send('POST', '/_sandbox/watch-cut');
  }

  async expire(): Promise<void> {
    await this.send('POST', '/_sandbox/expire');
  }

  async restart(downMs: number): Promise<void> {
    await this.send('POST', `/_sandbox/restart?downMs=${downMs}`);
  }

  private path(plural: string, namespace: string, name?: string): string {
    const all = `/apis/appmesh.k8s.aws/v1beta2/namespaces/${namespace}/${plural}`;
    return name === undefined ? all : `${all}/${name}`;
  }

  /** An object as the cluster answers it; what is read of it is the test's own business. */
  async get<T = KubeObject>(plural: string, namespace: string, name: string): Promise<T> {
    return (await this.send('GET', this.path(plural, namespace, name))) as T;
  }

  async mesh(name: string): Promise<KubeObject> {
    return (await this.send('GET', `/apis/appmesh.k8s.aws/v1beta2/meshes/${name}`)) as KubeObject;
  }

  async mergePatch(plural: string, namespace: string, name: string, patch: unknown): Promise<KubeObject> {
    const path = this.path(plural, namespace, name);
    return (await this.send('PATCH', path, patch, 'application/merge-patch+json')) as KubeObject;
  }

  async jsonPatch(plural: string, namespace: string, name: string, patch: unknown): Promise<KubeObject> {
    const path = this.path(plural, namespace, name);
    return (await this.send('PATCH', path, patch, 'application/json-patch+json')) as KubeObject;
  }

  /** The routers of every namespace. */
  async routers(): Promise<RouterObject[]> {
    const { items } = (await this.send('GET', '/apis/appmesh.k8s.aws/v1beta2/virtualrouters')) as {
      items: RouterObject[];
    };
    return items;
  }

  /** Somebody else's weights for a router's first route, which is http. */
  async setWeights(namespace: string, router: string, ...weights: number[]): Promise<void> {
    const path = '/spec/routes/0/httpRoute/action/weightedTargets';
    const patch = weights.map((value, at) => ({ op: 'replace', path: `${path}/${at}/weight`, value }));
    await this.jsonPatch('virtualrouters', namespace, router, patch);
  }

  /** Weights of a router's route, the first without a name, in the order of its targets. */
  async weights(namespace: string, router: string, name?: string): Promise<number[]> {
    const { spec } = await this.get<RouterObject>('virtualrouters', namespace, router);
    const route = spec.routes.find((each) => name === undefined || each.name === name);
    const bodies = Object.values(route ?? {}).flatMap((part) =>
      typeof part === 'object' && part.action !== undefined ? [part.action] : [],
    );
    return bodies[0]?.weightedTargets.map(({ weight }) => weight) ?? [];
  }

  /** Somebody else's egress filter of a mesh. */
  async setEgress(name: string, type: 'ALLOW_ALL' | 'DROP_ALL'): Promise<void> {
    const patch = { spec: { egressFilter: { type } } };
    const path = `/apis/appmesh.k8s.aws/v1beta2/meshes/${name}`;
    await this.send('PATCH', path, patch, 'application/merge-patch+json');
  }

  /** Whether a node got an answer of another in the last five minutes; names are those of the AWS side. */
  async reached(mesh: string, from: string, to: string): Promise<boolean> {
    const { meshes } = (await this.send('GET', '/_sandbox/traffic')) as { meshes: MeshTraffic[] };
    const edges = meshes.find((each) => each.mesh === mesh)?.edges ?? [];
    return edges.some((edge) => edge.from?.name === from && edge.to?.name === to && edge.ok > 0);
  }

  /** How a node behaves under traffic from the next second on; docs/sandbox.md has the fields. */
  async behave(namespace: string, node: string, traffic: Record<string, number | string[]>): Promise<void> {
    const annotations = { 'sandbox.meshdeck.dev/traffic': JSON.stringify(traffic) };
    await this.mergePatch('virtualnodes', namespace, node, { metadata: { annotations } });
  }

  /** Rolls the controller out without its flag for backend groups. */
  async backendGroupsOff(): Promise<void> {
    const path = '/apis/apps/v1/namespaces/appmesh-system/deployments/appmesh-controller';
    const args = { path: '/spec/template/spec/containers/0/args', value: ['--enable-backend-groups=false'] };
    await this.send('PATCH', path, [{ op: 'replace', ...args }], 'application/json-patch+json');
  }

  /** Creates an object of these kinds in a namespace. */
  async create(plural: string, namespace: string, kind: string, name: string, spec: unknown): Promise<void> {
    await this.send('POST', this.path(plural, namespace), {
      apiVersion: 'appmesh.k8s.aws/v1beta2',
      kind,
      metadata: { name, namespace },
      spec,
    });
  }

  /** Tells of a pod as its kubelet would that it is ready or is not. The first pod of a deployment is taken. */
  async setReady(namespace: string, app: string, ready: boolean): Promise<void> {
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    const { items } = (await this.send('GET', pods)) as { items: KubePod[] };
    const pod = items.find(({ metadata }) => metadata.name.startsWith(`${app}-`));
    if (!pod) throw new Error(`${app} has no pod in ${namespace}`);
    const status = ready ? 'True' : 'False';
    const conditions = pod.status.conditions.map((each) =>
      each.type === 'Ready' || each.type === 'ContainersReady' ? { ...each, status } : each,
    );
    const path = `${pods}/${pod.metadata.name}/status`;
    await this.send('PATCH', path, { status: { conditions } }, 'application/merge-patch+json');
  }

  async remove(plural: string, namespace: string, name: string): Promise<void> {
    await this.send('DELETE', this.path(plural, namespace, name));
  }

  private shiftPath(namespace: string, name = ''): string {
    return `/apis/meshdeck.dev/v1alpha1/namespaces/${namespace}/trafficshifts/${name}`.replace(/\/$/, '');
  }

  async createShift(namespace: string, name: string, spec: unknown): Promise<void> {
    await this.send('POST', this.shiftPath(namespace), {
      apiVersion: 'meshdeck.dev/v1alpha1',
      kind: 'TrafficShift',
      metadata: { name, namespace },
      spec,
    });
  }

  async shift(namespace: string, name: string): Promise<KubeObject> {
    return (await this.send('GET', this.shiftPath(namespace, name))) as KubeObject;
  }

  /** Runs kubectl against this cluster and gives its standard output. */
  kubectl(...args: string[]): string {
    if (kubectlPath === undefined) throw new Error('no kubectl here');
    const { status, stdout, stderr } = spawnSync(kubectlPath, ['--kubeconfig', this.kubeconfig, ...args], {
      encoding: 'utf8',
      env: { ...process.env, HOME: '/nonexistent' },
    });
    if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  }
}
