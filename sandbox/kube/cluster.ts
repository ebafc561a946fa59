/** The cluster in-process: the write path of an API server over the store. */
import { randomUUID } from 'node:crypto';
import { applyConfiguration, managedByApply } from './apply';
import { builtinTypes } from './builtin-types';
import { crdTypes } from './crd-types';
import { brokenRules } from './cel';
import { copy, same } from './json';
import type { Writer } from './managed-fields';
import { managedByUpdate } from './managed-fields';
import { checkMetadata, pruneMetadata } from './metadata';
import {
  alreadyExists,
  conflict,
  invalid,
  noNamespace,
  notFound,
  preconditionFailed,
  terminating,
} from './refusals';
import type { Schema } from './schema';
import { applyDefaults, prune, validate } from './schema';
import type { Shape } from './shape';
import { shapeOf } from './shape';
import { Store, typeId } from './store';
import type {
  AdmissionHook,
  Cluster,
  DeleteOptions,
  KubeObject,
  ResourceType,
  WatchEvent,
  WriteOptions,
} from './types';
import { StatusError } from './types';
import { configuration, copyField, keepAllButStatus, specChanged } from './write-rules';

const CRD = typeId({ group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions' });
const NAMESPACE = typeId({ group: '', plural: 'namespaces' });

/** Writes of the sandbox's own parts that name no manager. */
const OWN_MANAGER = 'sandbox';

type Update = WriteOptions & { subresource?: 'status' };

export interface ClusterOptions {
  now?: () => Date;
  /** CustomResourceDefinitions to start with. */
  crds?: object[];
  /** resourceVersion to begin with: above that of a cluster whose clients are to read everything anew. */
  firstVersion?: number;
}

export class InProcessCluster implements Cluster {
  readonly store: Store;
  private readonly types = new Map<string, ResourceType>();
  private readonly byKind = new Map<string, ResourceType>();
  private readonly hooks: AdmissionHook[] = [];
  private readonly shapes = new WeakMap<ResourceType, Shape>();
  /** The cluster's clock. */
  readonly now: () => Date;

  constructor({ now = () => new Date(), crds = [], firstVersion }: ClusterOptions = {}) {
    this.now = now;
    this.store = new Store(firstVersion);
    for (const type of builtinTypes()) this.register(type);
    const crdType = this.resourceType('apiextensions.k8s.io', 'customresourcedefinitions');
    for (const crd of crds) this.create(crdType, crd as KubeObject); // checked by crdTypes
  }

  resourceTypes(): ResourceType[] {
    return [...this.types.values()];
  }

  resourceType(group: string, plural: string): ResourceType {
    const type = this.types.get(typeId({ group, plural }));
    if (!type) throw new StatusError(404, 'NotFound', 'the server could not find the requested resource');
    return type;
  }

  typeOf({ apiVersion, kind }: { apiVersion: string; kind: string }): ResourceType {
    const type = this.byKind.get(`${apiVersion}/${kind}`);
    if (!type)
      throw new StatusError(404, 'NotFound', `no matches for kind "${kind}" in version "${apiVersion}"`);
    return type;
  }

  get(type: ResourceType, namespace: string | undefined, name: string): KubeObject | undefined {
    return copy(this.peek(type, namespace, name));
  }

  list(type: ResourceType, namespace?: string): KubeObject[] {
    return this.store.list(typeId(type), namespace).map((object) => copy(object));
  }

  /** The stored object itself: for reading only. */
  peek(type: ResourceType, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.store.get(typeId(type), namespace, name);
  }

  create(type: ResourceType, given: KubeObject, options: WriteOptions = {}): KubeObject {
    return copy(this.insert(type, given, options));
  }

  /** Writes a whole object over what stands there; a resourceVersion that is given must be the current one. */
  replace(type: ResourceType, given: KubeObject, options: Update = {}): KubeObject {
    return copy(this.overwrite(type, copy(given), options));
  }

  /** Server-side apply: merges a configuration into what stands there, or creates it. */
  apply(
    type: ResourceType,
    given: KubeObject,
    { force = false, ...options }: Update & { force?: boolean } = {},
  ): { object: KubeObject; created: boolean } {
    const config = configuration(type, given, options.subresource);
    const { name, namespace } = config.metadata;
    const unknown = this.pruneUnknown(type, config);
    if (unknown.length > 0) options.onUnknown?.(unknown);
    const old = this.peek(type, namespace, name);
    const writer = this.writer(type, options, 'Apply');
    const shape = this.shape(type);
    if (!old) {
      if (options.subresource) throw notFound(type, name);
      const managed = managedByApply(config, writer, shape);
      return { object: copy(this.insert(type, config, options, managed)), created: true };
    }
    const version = config.metadata.resourceVersion;
    if (version !== undefined && version !== old.metadata.resourceVersion) throw conflict(type, name);
    const merged = applyConfiguration(old, config, { writer, force, shape });
    const written = this.overwrite(type, merged, options, merged.metadata.managedFields);
    return { object: copy(written), created: false };
  }

  mutate(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    change: (draft: KubeObject) => void,
    options: Update = {},
  ): KubeObject | undefined {
    const draft = this.get(type, namespace, name);
    if (!draft) return undefined;
    change(draft);
    // Copied once more: `change` may have put something in that is still used elsewhere.
    return copy(this.overwrite(type, copy(draft), options));
  }

  /** Answers with the object when it is still there, waiting for its finalizers. */
  delete(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    { preconditions = {}, propagation, dryRun = false }: DeleteOptions = {},
  ): KubeObject | undefined {
    const old = this.peek(type, namespace, name);
    if (!old) throw notFound(type, name);
    const { uid, resourceVersion } = old.metadata;
    if (preconditions.uid !== undefined && preconditions.uid !== uid)
      throw conflict(type, name, preconditionFailed('UID', preconditions.uid, uid));
    if (preconditions.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion)
      throw conflict(
        type,
        name,
        preconditionFailed('ResourceVersion', preconditions.resourceVersion, resourceVersion),
      );
    if (dryRun) return undefined;
    if (typeId(type) === NAMESPACE) return this.deleteNamespace(old);
    if (propagation === 'Orphan') this.setDependentsFree(uid ?? '');
    const waits = propagation === 'Foreground' && this.dependents(uid ?? '').length > 0;
    const finalizers = [...(old.metadata.finalizers ?? []), ...(waits ? ['foregroundDeletion'] : [])];
    if (finalizers.length > 0) {
      if (old.metadata.deletionTimestamp) return copy(old);
      const ending = copy(old);
      ending.metadata.finalizers = [...new Set(finalizers)];
      ending.metadata.deletionTimestamp = this.timestamp();
      ending.metadata.deletionGracePeriodSeconds = 0;
      ending.metadata.generation = (old.metadata.generation ?? 0) + 1;
      return copy(this.store.put(typeId(type), ending));
    }
    this.remove(type, namespace, name);
    return undefined;
  }

  subscribe(listener: (type: ResourceType, event: WatchEvent) => void): () => void {
    return this.store.onChange((event) => {
      const type = this.types.get(event.typeId);
      if (type) listener(type, { type: event.type, object: copy(event.object) });
    });
  }

  addAdmission(hook: AdmissionHook): void {
    this.hooks.push(hook);
  }

  private register(type: ResourceType): void {
    this.types.set(typeId(type), type);
    this.byKind.set(`${type.group === '' ? '' : `${type.group}/`}${type.version}/${type.kind}`, type);
  }

  private insert(
    type: ResourceType,
    given: KubeObject,
    options: WriteOptions,
    managed?: unknown[],
  ): KubeObject {
    const object = copy(given);
    const { metadata } = object;
    if (!metadata.name && metadata.generateName)
      metadata.name = metadata.generateName + randomUUID().replaceAll('-', '').slice(0, 5);
    if (!metadata.name)
      throw invalid(type, '', [
        {
          reason: 'FieldValueRequired',
          field: 'metadata.name',
          message: 'Required value: name or generateName is required',
        },
      ]);
    const namespace = type.namespaced ? (metadata.namespace ?? 'default') : undefined;
    if (namespace === undefined) delete metadata.namespace;
    else metadata.namespace = namespace;
    const within = namespace === undefined ? undefined : this.store.get(NAMESPACE, undefined, namespace);
    if (namespace !== undefined && !within) throw noNamespace(namespace);
    if (within?.metadata.deletionTimestamp) throw terminating(type, metadata.name, within.metadata.name);
    if (this.peek(type, namespace, metadata.name)) throw alreadyExists(type, metadata.name);
    metadata.uid = randomUUID();
    metadata.creationTimestamp = this.timestamp();
    metadata.generation = 1;
    delete metadata.resourceVersion;
    delete metadata.deletionTimestamp;
    delete metadata.managedFields;
    if (typeId(type) === NAMESPACE) {
      metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
      object['status'] = { phase: 'Active' };
    } else if (type.statusSubresource) delete object['status'];
    this.admit(type, object, undefined, options, managed);
    if (options.dryRun) return object;
    const stored = this.store.put(typeId(type), object);
    if (typeId(type) === CRD) for (const added of crdTypes(stored)) this.register(added);
    return stored;
  }

  private overwrite(
    type: ResourceType,
    object: KubeObject,
    options: Update,
    managed?: unknown[],
  ): KubeObject {
    const { name, namespace, resourceVersion: version, uid } = object.metadata;
    const old = this.peek(type, namespace, name);
    if (!old) throw notFound(type, name);
    if (version !== undefined && version !== '' && version !== old.metadata.resourceVersion)
      throw conflict(type, name);
    if (uid !== undefined && uid !== old.metadata.uid)
      throw conflict(type, name, preconditionFailed('UID', uid, old.metadata.uid));

    if (options.subresource === 'status') keepAllButStatus(object, old);
    else if (type.statusSubresource) copyField(object, old, 'status');
    for (const field of [
      'uid',
      'creationTimestamp',
      'generation',
      'deletionTimestamp',
      'deletionGracePeriodSeconds',
      'resourceVersion',
    ] as const)
      copyField(object.metadata, old.metadata, field);
    this.admit(type, object, old, options, managed);
    if (specChanged(type, object, old)) object.metadata.generation = (old.metadata.generation ?? 1) + 1;
    if (options.dryRun || same(object, old)) return object;
    const ends = object.metadata.deletionTimestamp && !object.metadata.finalizers?.length;
    if (ends && typeId(type) !== NAMESPACE) {
      this.remove(type, namespace, name);
      return object;
    }
    const stored = this.store.put(typeId(type), object);
    if (typeId(type) === NAMESPACE) this.endNamespace(name);
    if (typeId(type) === CRD) for (const changed of crdTypes(stored)) this.register(changed);
    return stored;
  }

  /**
   * The API server's order: pruning, defaults, field managers, mutating hooks, schema, validating hooks. Writes to the
   * status meet no hook.
   */
  private admit(
    type: ResourceType,
    object: KubeObject,
    old: KubeObject | undefined,
    options: Update,
    managed?: unknown[],
  ): void {
    const unknown = this.pruneUnknown(type, object);
    if (unknown.length > 0) options.onUnknown?.(unknown);
    if (type.schema) applyDefaults(object, type.schema as Schema); // the CRD's own schema
    const custom = type.schema !== undefined;
    const writer = this.writer(type, options, 'Update');
    object.metadata.managedFields =
      managed ?? managedByUpdate(old, object, writer, { shape: this.shape(type), custom });
    const hooks = options.subresource ? [] : this.hooks.filter((hook) => hook.handles(type));
    const { name, namespace } = object.metadata;
    const operation = old ? 'UPDATE' : 'CREATE';
    const dryRun = options.dryRun ?? false;
    const oldObject = hooks.length > 0 ? copy(old) : undefined;
    const request = { operation, resource: type, namespace, name, object, oldObject, dryRun } as const;
    for (const hook of hooks) hook.mutate?.(request);
    this.check(type, object, old);
    for (const hook of hooks) hook.validate?.(request);
  }

  private pruneUnknown(type: ResourceType, object: KubeObject): string[] {
    const below = type.schema ? prune(object, type.schema as Schema) : []; // the CRD's own schema
    return [...below, ...pruneMetadata(object.metadata)];
  }

  private check(type: ResourceType, object: KubeObject, old: KubeObject | undefined): void {
    const schema = type.schema as Schema | undefined; // the CRD's own schema
    const causes = [...checkMetadata(type, object.metadata), ...(schema ? validate(object, schema) : [])];
    if (causes.length > 0) throw invalid(type, object.metadata.name, causes);
    // Rules speak of objects that fit their schema.
    const broken = schema ? brokenRules(object, old, schema) : [];
    if (broken.length > 0) throw invalid(type, object.metadata.name, broken);
  }

  private writer(type: ResourceType, options: Update, operation: Writer['operation']): Writer {
    const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
    const { fieldManager: name = OWN_MANAGER, subresource = '' } = options;
    return { name, operation, apiVersion, subresource, time: this.timestamp() };
  }

  private shape(type: ResourceType): Shape {
    const known = this.shapes.get(type) ?? shapeOf(type);
    this.shapes.set(type, known);
    return known;
  }

  private dependents(uid: string): { type: ResourceType; object: KubeObject }[] {
    return this.resourceTypes().flatMap((type) =>
      this.store
        .list(typeId(type))
        .filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid))
        .map((object) => ({ type, object })),
    );
  }

  private setDependentsFree(uid: string): void {
    for (const { type, object } of this.dependents(uid))
      this.mutate(type, object.metadata.namespace, object.metadata.name, ({ metadata }) => {
        const others = metadata.ownerReferences?.filter((owner) => owner.uid !== uid) ?? [];
        if (others.length > 0) metadata.ownerReferences = others;
        else delete metadata.ownerReferences;
      });
  }

  private remove(type: ResourceType, namespace: string | undefined, name: string): void {
    this.store.remove(typeId(type), namespace, name);
    if (namespace !== undefined) this.endNamespace(namespace);
  }

  /** A namespace takes what is in it along, and stays, terminating, until the last of it is gone. */
  private deleteNamespace(old: KubeObject): KubeObject | undefined {
    const { name, deletionTimestamp } = old.metadata;
    if (deletionTimestamp) return copy(old);
    const ending = copy(old);
    ending.metadata.deletionTimestamp = this.timestamp();
    ending['status'] = { ...ending['status'], phase: 'Terminating' };
    this.store.put(NAMESPACE, ending);
    for (const type of this.types.values())
      if (type.namespaced)
        for (const { metadata } of this.store.list(typeId(type), name))
          if (this.peek(type, name, metadata.name)) this.delete(type, name, metadata.name);
    this.endNamespace(name);
    return copy(this.store.get(NAMESPACE, undefined, name));
  }

  private endNamespace(name: string): void {
    const namespace = this.store.get(NAMESPACE, undefined, name);
    if (!namespace?.metadata.deletionTimestamp || namespace.metadata.finalizers?.length) return;
    const holds = (type: ResourceType) => type.namespaced && this.store.holds(typeId(type), name);
    if (![...this.types.values()].some(holds)) this.store.remove(NAMESPACE, undefined, name);
  }

  private timestamp(): string {
    return this.now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }
}

/** A cluster of the built-in kinds and the given CRDs. */
export function createCluster(options: ClusterOptions = {}): InProcessCluster {
  return new InProcessCluster(options);
}
