/** One reconcile of one object: finalizers, preconditions, the App Mesh API, and then the status or an Event. */
import type { EventRecorder } from '../loop/events';
import type { Informer } from '../loop/informer';
import type { Outcome } from '../loop/work-queue';
import type { Cluster, KubeObject, ResourceType } from '../kube/types';
import { StatusError } from '../kube/types';
import { ApiError } from './api-errors';
import { pendingMembers } from './members';
import { isActive, KINDS, type Condition, type MeshKind } from './kinds';
import { MANAGERS, type Accepted } from './managers';
import { Held } from './references';
import { arnOf } from './resource-id';
import type { Tools } from './tools';

const PREFIX = 'finalizers.appmesh.k8s.aws/';
const RESOURCES = `${PREFIX}aws-appmesh-resources`;
const MEMBERS: Partial<Record<MeshKind, { finalizer: string; component: string }>> = {
  Mesh: { finalizer: `${PREFIX}mesh-members`, component: 'mesh-members' },
  VirtualGateway: { finalizer: `${PREFIX}virtualgateway-members`, component: 'virtualgateway-members' },
};

/** Name of the real controller's program, as managedFields has it. */
const WRITER = { fieldManager: 'controller' };

/** The real controller looks again after a minute; nobody waits that long in front of a sandbox. */
const MEMBERS_RETRY_MS = 5_000;

/** Thrown by a step when the controller was switched off meanwhile: the reconcile is dropped without a word. */
export class Stopped extends Error {
  override name = 'Stopped';
}

export interface ReconcilerOptions {
  cluster: Cluster;
  informer: Informer;
  events: EventRecorder;
  tools: Tools;
  now: () => Date;
}

export class Reconciler {
  private readonly type: ResourceType;

  constructor(
    private readonly kind: MeshKind,
    private readonly options: ReconcilerOptions,
  ) {
    this.type = options.tools.references.typeOf(kind);
  }

  async run(key: string): Promise<Outcome> {
    const object = this.options.informer.get(this.type, key);
    if (!object) return 'done';
    try {
      return await (object.metadata.deletionTimestamp ? this.cleanUp(object) : this.reconcile(object));
    } catch (error) {
      if (error instanceof Stopped) return 'done';
      if (!(error instanceof Held || error instanceof ApiError || error instanceof StatusError)) throw error;
      const { message } = error;
      this.options.events.record(object, {
        component: this.kind,
        type: 'Warning',
        reason: 'ReconcileError',
        message,
      });
      return 'retry';
    }
  }

  private async reconcile(object: KubeObject): Promise<Outcome> {
    const members = MEMBERS[this.kind];
    const wanted = [...(members ? [members.finalizer] : []), RESOURCES];
    const missing = wanted.filter((finalizer) => !object.metadata.finalizers?.includes(finalizer));
    if (missing.length > 0) this.finalizers(object, (held) => void held.push(...missing));
    const accepted = await MANAGERS[this.kind].upsert(object, this.options.tools);
    if (isReported(object, accepted, this.kind)) return 'done';
    await this.options.tools.step();
    this.report(object, accepted);
    return 'done';
  }

  private async cleanUp(object: KubeObject): Promise<Outcome> {
    const members = MEMBERS[this.kind];
    const held = object.metadata.finalizers ?? [];
    if (members && held.includes(members.finalizer)) {
      const message = pendingMembers(object, this.options.informer);
      if (message !== undefined) {
        const { component } = members;
        const reason = 'PendingMembersDeletion';
        this.options.events.record(object, { component, type: 'Warning', reason, message });
        return { retryAfterMs: MEMBERS_RETRY_MS };
      }
      this.finalizers(object, (list) => remove(list, members.finalizer));
    }
    if (held.includes(RESOURCES)) {
      await this.takeBack(object);
      this.finalizers(object, (list) => remove(list, RESOURCES));
    }
    return 'done';
  }

  /** Deletes from the App Mesh API. What never got there is let go even when the API cannot be asked. */
  private async takeBack(object: KubeObject): Promise<void> {
    const { tools } = this.options;
    const manager = MANAGERS[this.kind];
    const id = manager.idOf(object, tools);
    let found;
    try {
      found = tools.api.describe(id);
    } catch (error) {
      if (object['status']?.[KINDS[this.kind].arnField] === undefined) return;
      throw error;
    }
    if (!found) return;
    await manager.clear?.(id, tools);
    await tools.step();
    tools.api.delete(id);
  }

  private finalizers({ metadata }: KubeObject, change: (held: string[]) => void): void {
    this.options.cluster.mutate(
      this.type,
      metadata.namespace,
      metadata.name,
      (draft) => {
        if (draft.metadata.uid !== metadata.uid) return;
        const held = [...(draft.metadata.finalizers ?? [])];
        change(held);
        if (held.length > 0) draft.metadata.finalizers = held;
        else delete draft.metadata.finalizers;
      },
      WRITER,
    );
  }

  /** Writes the status. As in the real controller a condition has no reason and no message. */
  private report(object: KubeObject, { resource, routeArns }: Accepted): void {
    const { namespace, name } = object.metadata;
    const { condition: type, arnField } = KINDS[this.kind];
    const at = this.options
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
    this.options.cluster.mutate(
      this.type,
      namespace,
      name,
      (draft) => {
        if (draft.metadata.uid !== object.metadata.uid) return;
        const conditions: Condition[] = draft['status']?.conditions ?? [];
        const others = conditions.filter((each) => each.type !== type);
        const same = conditions.find((each) => each.type === type && each.status === 'True');
        draft['status'] = {
          ...draft['status'],
          [arnField]: arnOf(resource.id),
          ...(routeArns && { routeARNs: routeArns }),
          conditions: [...others, same ?? { type, status: 'True', lastTransitionTime: at }],
          observedGeneration: object.metadata.generation,
        };
      },
      { ...WRITER, subresource: 'status' },
    );
  }
}

function remove(list: string[], entry: string): void {
  const at = list.indexOf(entry);
  if (at !== -1) list.splice(at, 1);
}

/** Whether the status already says all this. */
function isReported(object: KubeObject, { resource, routeArns = {} }: Accepted, kind: MeshKind): boolean {
  const status = object['status'] ?? {};
  const known: Record<string, string> = status.routeARNs ?? {};
  const names = Object.keys(routeArns);
  return (
    status.observedGeneration === object.metadata.generation &&
    status[KINDS[kind].arnField] === arnOf(resource.id) &&
    isActive(object) &&
    names.length === Object.keys(known).length &&
    names.every((name) => known[name] === routeArns[name])
  );
}
