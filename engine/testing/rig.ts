/** An engine over a running sandbox, and what people do to both. */
import { connect } from '@/lib/kubernetes';
import type { RawObject } from '@/lib/providers/app-mesh';
import { readShift, SHIFT_API_VERSION, SHIFT_KIND, type TrafficShift } from '@/lib/providers/app-mesh/shifts';
import { readConfig } from '@/lib/server/config';
import { createLog } from '@/lib/server/log';
import type { Channel } from '@/lib/server/notifications/channels';
import { openTelemetry } from '@/lib/server/telemetry/telemetry';
import { startSandbox, type RunningSandbox } from '@/lib/server/testing/sandbox';
import type { Control, MeasurePort, ShiftSpec } from '@/lib/shifts';
import { startEngine, type Engine } from '../engine';
import { measurePort } from '../measure';
import { watchCluster, type EngineWatch } from '../watch';

const SHIFTS = '/apis/meshdeck.dev/v1alpha1/namespaces/shop/trafficshifts';
const ROUTERS = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters';

interface EngineChoices {
  measures?: boolean;
  /** Whom its shifts may tell. */
  channels?: readonly Channel[];
  leaseSeconds?: number;
  /** Called before each request is sent (`WATCH` before a watch begins): what somebody does at just that moment. */
  before?: (method: string, path: string) => Promise<void>;
}

/** A sandbox with whatever works on its shifts. */
export class ShiftRig {
  private readonly engines = new Set<Engine>();
  private readonly closing = new AbortController();
  private requests = 0;

  private constructor(readonly sandbox: RunningSandbox) {}

  static async start(scenario = 'shop'): Promise<ShiftRig> {
    return new ShiftRig(await startSandbox(scenario));
  }

  /** Starts an engine, and another where it loses its lease, as the launcher does: a machine may stand still for a while. */
  engine(options: EngineChoices = {}): void {
    const connected = connect({ kubeconfig: this.sandbox.kubeconfig });
    if (!connected.ok) throw new Error(connected.problem);
    const { cluster } = connected;
    const { before } = options;
    const engine = startEngine({
      cluster:
        before === undefined
          ? cluster
          : {
              ...cluster,
              async request(...sent) {
                await before(sent[0], sent[1]);
                return cluster.request(...sent);
              },
              async open(...sent) {
                await before('WATCH', sent[0]);
                return cluster.open(...sent);
              },
            },
      source: 'sandbox',
      namespaces: undefined,
      lease: {
        namespace: 'default',
        name: 'engine',
        identity: 'one',
        durationSeconds: options.leaseSeconds ?? 15,
      },
      observatory: options.measures === true ? this.observatory() : undefined,
      channels: options.channels ?? [],
      log: createLog('silent'),
    });
    this.engines.add(engine);
    void engine.ended.then(({ lost }) => {
      this.engines.delete(engine);
      if (lost !== undefined && !this.closing.signal.aborted) this.engine(options);
    });
  }

  /** Stops the engines in good order, and starts another. */
  async restart(options: EngineChoices = {}): Promise<void> {
    await Promise.all([...this.engines].map((engine) => engine.stop()));
    this.engine(options);
  }

  /** What measures for the shifts of `shop`, without an engine. Resolves when the cluster has been read. */
  async measures(): Promise<MeasurePort> {
    const connected = connect({ kubeconfig: this.sandbox.kubeconfig });
    if (!connected.ok) throw new Error(connected.problem);
    const { cluster } = connected;
    const watch = await new Promise<EngineWatch>((resolve) => {
      const begun = watchCluster(cluster, undefined, {
        onShifts: () => undefined,
        onWorld: () => {
          if (begun.ready()) resolve(begun);
        },
      });
      this.closing.signal.addEventListener('abort', () => begun.stop());
    });
    const observatory = this.observatory();
    if (observatory === undefined) throw new Error('nobody measures here');
    return measurePort(observatory, 'shop', () => watch.models([], new Date()));
  }

  private observatory() {
    const env = {
      MESHDECK_SANDBOX_KEYS: 'a:b',
      MESHDECK_SANDBOX_TELEMETRY: `us-west-2,endpoint=${this.sandbox.url}`,
    };
    const read = readConfig(env);
    if (!read.ok) throw new Error(read.message);
    return openTelemetry(read.config, this.closing.signal).of('sandbox');
  }

  async create(name: string, spec: ShiftSpec): Promise<void> {
    const metadata = { name, namespace: 'shop' };
    await this.sandbox.request('POST', SHIFTS, {
      apiVersion: SHIFT_API_VERSION,
      kind: SHIFT_KIND,
      metadata,
      spec,
    });
  }

  async shift(name: string): Promise<TrafficShift> {
    const read = readShift((await this.sandbox.request('GET', `${SHIFTS}/${name}`)) as RawObject);
    if (!read.ok) throw new Error(read.message);
    return read.shift;
  }

  async phase(name: string): Promise<string> {
    const { status } = await this.shift(name);
    return status?.pause === undefined ? (status?.phase ?? '') : `${status.phase} ${status.pause.reason}`;
  }

  async control(name: string, control: Pick<Control, 'action'> & Partial<Control>): Promise<void> {
    this.requests += 1;
    const body = { spec: { control: { requestId: `r${this.requests}`, by: 'jo', ...control } } };
    await this.sandbox.request('PATCH', `${SHIFTS}/${name}`, body, 'application/merge-patch+json');
  }

  async remove(name: string): Promise<void> {
    await this.sandbox.request('DELETE', `${SHIFTS}/${name}`);
  }

  async router(name: string): Promise<RawObject> {
    return (await this.sandbox.request('GET', `${ROUTERS}/${name}`)) as RawObject;
  }

  /** Weights of the first route. */
  async weights(name: string): Promise<number[]> {
    // An object of the cluster says nothing of its spec; this one was written here.
    const { spec } = (await this.router(name)) as unknown as RouterBody;
    return bodyOf(spec.routes[0]).action.weightedTargets.map(({ weight }) => weight);
  }

  /** Somebody else's write to the first route, which is http. */
  async edit(name: string, ...weights: number[]): Promise<void> {
    const path = (at: number) => `/spec/routes/0/httpRoute/action/weightedTargets/${at}/weight`;
    const patch = weights.map((value, at) => ({ op: 'replace', path: path(at), value }));
    await this.sandbox.request('PATCH', `${ROUTERS}/${name}`, patch, 'application/json-patch+json');
  }

  async knobs(change: object): Promise<void> {
    await this.sandbox.request('PATCH', '/_sandbox/knobs', change);
  }

  /** Reasons of the events about an object. */
  async events(kind: string, name: string): Promise<string[]> {
    const { items } = (await this.sandbox.request('GET', '/api/v1/namespaces/shop/events')) as {
      items: { reason: string; involvedObject: { kind: string; name: string } }[];
    };
    return items
      .filter(({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === name)
      .map(({ reason }) => reason);
  }

  /** How a node behaves under traffic from the next second on. */
  async behave(node: string, traffic: object): Promise<void> {
    const path = `/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualnodes/${node}`;
    const annotations = { 'sandbox.meshdeck.dev/traffic': JSON.stringify(traffic) };
    await this.sandbox.request('PATCH', path, { metadata: { annotations } }, 'application/merge-patch+json');
  }

  /** Deletes a router of `shop`, without waiting for what App Mesh has of it. */
  async removeRouter(name: string): Promise<void> {
    const path = `${ROUTERS}/${name}`;
    await this.sandbox.request('DELETE', path);
    await this.sandbox.request(
      'PATCH',
      path,
      { metadata: { finalizers: null } },
      'application/merge-patch+json',
    );
  }

  async annotate(router: string, annotations: Record<string, string>): Promise<void> {
    const path = `${ROUTERS}/${router}`;
    await this.sandbox.request('PATCH', path, { metadata: { annotations } }, 'application/merge-patch+json');
  }

  /** Pods of an application of `shop` that are ready. */
  async readyPods(app: string): Promise<number> {
    const { items } = (await this.sandbox.request('GET', '/api/v1/namespaces/shop/pods')) as {
      items: { metadata: { name: string }; status: { conditions?: { type: string; status: string }[] } }[];
    };
    return items.filter(
      ({ metadata, status }) =>
        metadata.name.startsWith(`${app}-`) &&
        status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true,
    ).length;
  }

  async scale(deployment: string, replicas: number): Promise<void> {
    const path = `/apis/apps/v1/namespaces/shop/deployments/${deployment}`;
    await this.sandbox.request('PATCH', path, { spec: { replicas } }, 'application/merge-patch+json');
  }

  async stop(): Promise<void> {
    this.closing.abort();
    await Promise.all([...this.engines].map((engine) => engine.stop()));
    await this.sandbox.stop();
  }
}

interface RouteBody {
  action: { weightedTargets: { weight: number }[] };
}
interface RouterBody {
  spec: { routes: Record<string, RouteBody>[] };
}

function bodyOf(route: Record<string, RouteBody> | undefined): RouteBody {
  const body = Object.values(route ?? {}).find((each) => typeof each === 'object' && 'action' in each);
  if (body === undefined) throw new Error('the router has no route');
  return body;
}

/** A canary of a router of `shop` from its first version to the second; nothing is measured. */
export const quickly = (
  router: string,
  weights: readonly number[],
  more: Partial<ShiftSpec> = {},
): ShiftSpec => ({
  routes: [{ router, route: router, from: `${router}-v1`, to: `${router}-v2` }],
  strategy: { canary: { steps: weights.map((weight) => ({ weight })) } },
  verify: { mode: 'skip' },
  ...more,
});
