/** What is stored: objects by type, namespace and name, one rising resourceVersion, and a bounded history for watches. */
import { copy } from './json';
import type { KubeObject, ResourceType, WatchEvent } from './types';

export interface HistoryEvent extends WatchEvent {
  typeId: string;
  /** resourceVersion of the change. */
  version: number;
  /** The object before a modification, so that a selector can tell entering from leaving. */
  previous: KubeObject | undefined;
}

export const typeId = (type: Pick<ResourceType, 'group' | 'plural'>) => `${type.plural}.${type.group}`;
const place = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;

const HISTORY_MAX = 20_000;

/** Objects inside are never changed: every write puts a new object in. Callers get the stored ones and must copy to change. */
export class Store {
  private readonly objects = new Map<string, Map<string, KubeObject>>();
  /** Keys of each type in the order of lists; built when a list is asked for, dropped when a key comes or goes. */
  private readonly order = new Map<string, string[]>();
  private readonly listeners = new Set<(event: HistoryEvent) => void>();
  private history: HistoryEvent[] = [];
  private version: number;
  /** Changes up to this version can no longer be replayed. */
  private compactedTo: number;

  /** `firstVersion`: where the count begins. What a client knows from before it, it has to read anew. */
  constructor(firstVersion = 1) {
    this.version = firstVersion;
    this.compactedTo = firstVersion === 1 ? 0 : firstVersion;
  }

  /** The newest resourceVersion. */
  get current(): number {
    return this.version;
  }

  get(id: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.objects.get(id)?.get(place(namespace, name));
  }

  /** In the order the API server lists: by namespace, then name. */
  list(id: string, namespace?: string): KubeObject[] {
    const kind = this.objects.get(id);
    if (!kind) return [];
    const order = this.order.get(id) ?? [...kind.keys()].sort((a, b) => (a < b ? -1 : 1));
    this.order.set(id, order);
    const prefix = `${namespace}/`;
    const listed: KubeObject[] = [];
    for (const key of order) {
      const object = namespace === undefined || key.startsWith(prefix) ? kind.get(key) : undefined;
      if (object) listed.push(object);
    }
    return listed;
  }

  /** Whether anything of a type is in a namespace. */
  holds(id: string, namespace: string): boolean {
    for (const key of this.objects.get(id)?.keys() ?? []) if (key.startsWith(`${namespace}/`)) return true;
    return false;
  }

  count(id: string): number {
    return this.objects.get(id)?.size ?? 0;
  }

  /** Stores an object, which the caller gives away, under the next resourceVersion and tells everyone. */
  put(id: string, stored: KubeObject): KubeObject {
    stored.metadata.resourceVersion = String(++this.version);
    const kind = this.objects.get(id) ?? new Map<string, KubeObject>();
    this.objects.set(id, kind);
    const key = place(stored.metadata.namespace, stored.metadata.name);
    const previous = kind.get(key);
    if (!previous) this.order.delete(id);
    kind.set(key, stored);
    this.record({
      type: previous ? 'MODIFIED' : 'ADDED',
      typeId: id,
      version: this.version,
      object: stored,
      previous,
    });
    return stored;
  }

  /** Removes an object; the DELETED event carries a resourceVersion of its own. */
  remove(id: string, namespace: string | undefined, name: string): KubeObject | undefined {
    const kind = this.objects.get(id);
    const previous = kind?.get(place(namespace, name));
    if (!kind || !previous) return undefined;
    kind.delete(place(namespace, name));
    this.order.delete(id);
    const last = copy(previous);
    last.metadata.resourceVersion = String(++this.version);
    this.record({ type: 'DELETED', typeId: id, version: this.version, object: last, previous });
    return last;
  }

  /** Every change of one type after a version; `undefined` when that is too old to tell. */
  since(id: string, version: number): HistoryEvent[] | undefined {
    if (version < this.compactedTo) return undefined;
    return this.history.filter((event) => event.version > version && event.typeId === id);
  }

  /** Forgets what can be replayed, as etcd does when it compacts. */
  compact(): void {
    this.history = [];
    this.compactedTo = ++this.version;
  }

  /** Hears every later change, synchronously and in order. */
  onChange(listener: (event: HistoryEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private record(event: HistoryEvent): void {
    this.history.push(event);
    if (this.history.length > HISTORY_MAX) {
      const dropped = this.history.splice(0, HISTORY_MAX / 2);
      this.compactedTo = dropped.at(-1)?.version ?? this.compactedTo;
    }
    for (const listener of [...this.listeners]) listener(event);
  }
}
