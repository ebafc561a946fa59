/**
 * Owned objects follow their owner: deleted with it, or set free when it is deleted with the finalizer `orphan`. With
 * `foregroundDeletion` the owner waits for them.
 */
import type { Change, Informer } from '../loop/informer';
import type { Outcome } from '../loop/work-queue';
import type { Cluster, KubeObject } from '../kube/types';
import { StatusError } from '../kube/types';

const WRITER = { fieldManager: 'kube-controller-manager' };
const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

const waitsWith = ({ metadata }: KubeObject, finalizer: string) =>
  metadata.deletionTimestamp !== undefined && (metadata.finalizers?.includes(finalizer) ?? false);

export class Garbage {
  constructor(
    private readonly cluster: Cluster,
    private readonly informer: Informer,
  ) {}

  /** Uids of the owners to look at after a change. */
  concerned({ event, object }: Change): string[] {
    const own = object.metadata.uid ?? '';
    const owners = object.metadata.ownerReferences ?? [];
    if (event === 'DELETED') return [own, ...owners.map(({ uid }) => uid)];
    return waitsWith(object, ORPHAN) || waitsWith(object, FOREGROUND) ? [own] : [];
  }

  run(uid: string): Promise<Outcome> {
    const [owner] = this.informer.lookup('uid', uid);
    if (!owner) this.deleteOwned(uid);
    else if (waitsWith(owner, ORPHAN)) {
      for (const object of this.owned(uid)) this.setFree(object, uid);
      this.letGo(owner, ORPHAN);
    } else if (waitsWith(owner, FOREGROUND)) {
      this.deleteOwned(uid);
      if (this.owned(uid).length === 0) this.letGo(owner, FOREGROUND);
    }
    return Promise.resolve('done');
  }

  private owned(uid: string): KubeObject[] {
    return this.informer.lookup('owned-by', uid);
  }

  private deleteOwned(uid: string): void {
    for (const object of this.owned(uid)) {
      const others = (object.metadata.ownerReferences ?? []).filter(
        (owner) => owner.uid !== uid && this.informer.lookup('uid', owner.uid).length > 0,
      );
      if (others.length > 0) this.setFree(object, uid);
      else if (!object.metadata.deletionTimestamp) this.delete(object);
    }
  }

  private delete(object: KubeObject): void {
    try {
      this.cluster.delete(this.cluster.typeOf(object), object.metadata.namespace, object.metadata.name);
    } catch (error) {
      if (!(error instanceof StatusError && error.code === 404)) throw error;
    }
  }

  private setFree(object: KubeObject, uid: string): void {
    this.change(object, (draft) => {
      draft.metadata.ownerReferences = (draft.metadata.ownerReferences ?? []).filter(
        (owner) => owner.uid !== uid,
      );
      if (draft.metadata.ownerReferences.length === 0) delete draft.metadata.ownerReferences;
    });
  }

  private letGo(owner: KubeObject, finalizer: string): void {
    this.change(owner, (draft) => {
      draft.metadata.finalizers = (draft.metadata.finalizers ?? []).filter((each) => each !== finalizer);
    });
  }

  private change(object: KubeObject, change: (draft: KubeObject) => void): void {
    const { namespace, name } = object.metadata;
    this.cluster.mutate(this.cluster.typeOf(object), namespace, name, change, WRITER);
  }
}
