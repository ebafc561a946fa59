/**
 * What the controllers see of the cluster: a copy kept up to date by one subscription, and indexes over it, so that no
 * reconcile has to list. Objects handed out are shared: read them, and write through the cluster.
 */
import { typeId } from '../kube/store';
import type { Cluster, KubeObject, ResourceType, WatchEvent } from '../kube/types';

export interface Change {
  type: ResourceType;
  event: WatchEvent['type'];
  /** The object as it is now; for DELETED, as it was last. */
  object: KubeObject;
  previous: KubeObject | undefined;
}

/** `namespace/name`, or `/name` for what is in no namespace. */
export const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

interface Index {
  handles(type: ResourceType): boolean;
  termsOf(object: KubeObject): string[];
  entries: Map<string, Map<string, KubeObject>>;
}

export class Informer {
  private readonly objects = new Map<string, Map<string, KubeObject>>();
  private readonly indexes = new Map<string, Index>();
  private readonly listeners: ((change: Change) => void)[] = [];
  /** Ends the subscription; what is known stays as it is. */
  readonly stop: () => void;

  constructor(cluster: Cluster) {
    for (const type of cluster.resourceTypes())
      for (const object of cluster.list(type)) this.kind(type).set(keyOf(object), object);
    this.stop = cluster.subscribe((type, { type: event, object }) => this.take(type, event, object));
  }

  get(type: ResourceType, key: string): KubeObject | undefined {
    return this.objects.get(typeId(type))?.get(key);
  }

  all(type: ResourceType): KubeObject[] {
    return [...this.kind(type).values()];
  }

  /** Keeps objects findable by terms computed from each. The name of the index must be new. */
  addIndex(name: string, types: ResourceType[] | 'all', termsOf: (object: KubeObject) => string[]): void {
    const ids = types === 'all' ? undefined : new Set(types.map(typeId));
    const index: Index = {
      handles: (type) => ids?.has(typeId(type)) ?? true,
      termsOf,
      entries: new Map<string, Map<string, KubeObject>>(),
    };
    this.indexes.set(name, index);
    for (const [id, kind] of this.objects)
      if (ids?.has(id) ?? true)
        for (const [key, object] of kind) leaveAndEnter(index, `${id} ${key}`, undefined, object);
  }

  /** The objects an index has under a term. */
  lookup(name: string, term: string): KubeObject[] {
    return [...(this.indexes.get(name)?.entries.get(term)?.values() ?? [])];
  }

  /** Hears of every change, after the copy and its indexes have it. */
  onChange(listener: (change: Change) => void): void {
    this.listeners.push(listener);
  }

  private kind(type: ResourceType): Map<string, KubeObject> {
    const id = typeId(type);
    const kind = this.objects.get(id) ?? new Map<string, KubeObject>();
    this.objects.set(id, kind);
    return kind;
  }

  private take(type: ResourceType, event: WatchEvent['type'], object: KubeObject): void {
    const kind = this.kind(type);
    const key = keyOf(object);
    const previous = kind.get(key);
    if (event === 'DELETED') kind.delete(key);
    else kind.set(key, object);
    for (const index of this.indexes.values()) {
      if (!index.handles(type)) continue;
      leaveAndEnter(index, `${typeId(type)} ${key}`, previous, event === 'DELETED' ? undefined : object);
    }
    for (const listener of this.listeners) listener({ type, event, object, previous });
  }
}

/** Most changes move nothing: then only the object under its terms is another. */
function leaveAndEnter(
  index: Index,
  place: string,
  previous: KubeObject | undefined,
  next: KubeObject | undefined,
): void {
  const terms = next ? index.termsOf(next) : [];
  for (const term of previous ? index.termsOf(previous) : []) {
    if (terms.includes(term)) continue;
    const entry = index.entries.get(term);
    entry?.delete(place);
    if (entry?.size === 0) index.entries.delete(term);
  }
  if (!next) return;
  for (const term of terms) {
    const entry = index.entries.get(term) ?? new Map<string, KubeObject>();
    index.entries.set(term, entry.set(place, next));
  }
}
