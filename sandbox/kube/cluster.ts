/** The cluster in-process: the write path of an API server over the store. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { builtinTypes } from './builtin-types';
import { crdTypes } from './crd-types';
import type { Schema } from './schema';
import { applyDefaults, prune, validate } from './schema';
import { Store, typeId } from './store';
import type { AdmissionHook, Cluster, KubeObject, ResourceType, WatchEvent, WriteOptions } from './types';
import { StatusError } from './types';

const CRD = typeId({ group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions' });

export const qualifiedName = (type: ResourceType) =>
  type.group === '' ? type.plural : `${type.plural}.${type.group}`;
const qualifiedKind = (type: ResourceType) => (type.group === '' ? type.kind : `${type.kind}.${type.group}`);

function notFound(type: ResourceType, name: string): StatusError {
  const details = { name, group: type.group, kind: type.plural };
  return new StatusError(404, 'NotFound', `${qualifiedName(type)} "${name}" not found`, details);
}

function conflict(type: ResourceType, name: string): StatusError {
  const what = `Operation cannot be fulfilled on ${qualifiedName(type)} "${name}"`;
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  return new StatusError(409, 'Conflict', `${what}: ${why}`, { name, group: type.group, kind: type.plural });
}

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
    const found = this.store.get(typeId(type), namespace, name);
    return found && structuredClone(found);
  }

  list(type: ResourceType, namespace?: string): KubeObject[] {
    return this.store.list(typeId(type), namespace).map((object) => structuredClone(object));
  }

  create(type: ResourceType, given: KubeObject, options: WriteOptions = {}): KubeObject {
    const object = structuredClone(given);
    const { metadata } = object;
    if (!metadata.name && metadata.generateName)
      metadata.name = metadata.generateName + randomUUID().replaceAll('-', '').slice(0, 5);
    if (!metadata.name)
      throw this.invalid(type, '', 'metadata.name: Required value: name or generateName is required');
    const namespace = type.namespaced ? (metadata.namespace ?? 'default') : undefined;
    if (namespace === undefined) delete metadata.namespace;
    else metadata.namespace = namespace;
    if (namespace !== undefined && !this.store.get('namespaces.', undefined, namespace))
      throw new StatusError(404, 'NotFound', `namespaces "${namespace}" not found`, {
        name: namespace,
        kind: 'namespaces',
      });
    if (this.store.get(typeId(type), namespace, metadata.name)) {
      const details = { name: metadata.name, group: type.group, kind: type.plural };
      throw new StatusError(
        409,
        'AlreadyExists',
        `${qualifiedName(type)} "${metadata.name}" already exists`,
        details,
      );
    }
    metadata.uid = randomUUID();
    metadata.creationTimestamp = this.timestamp();
    metadata.generation = 1;
    delete metadata.resourceVersion;
    delete metadata.deletionTimestamp;
    if (type.plural === 'namespaces' && type.group === '') {
      metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
      object['status'] = { phase: 'Active' };
    } else if (type.statusSubresource) delete object['status'];
    this.admit(type, object, undefined, options);
    if (options.dryRun) return object;
    const stored = this.store.put(typeId(type), object);
    if (typeId(type) === CRD) for (const added of crdTypes(stored)) this.register(added);
    return structuredClone(stored);
  }

  /** Writes a whole object over what stands there; a resourceVersion that is given must be the current one. */
  replace(
    type: ResourceType,
    given: KubeObject,
    options: WriteOptions & { subresource?: 'status' } = {},
  ): KubeObject {
    const { name, namespace } = given.metadata;
    const old = this.store.get(typeId(type), namespace, name);
    if (!old) throw notFound(type, name);
    const version = given.metadata.resourceVersion;
    const uid = given.metadata.uid;
    if (version !== undefined && version !== '' && version !== old.metadata.resourceVersion)
      throw conflict(type, name);
    if (uid !== undefined && uid !== old.metadata.uid) throw conflict(type, name);

    const object = structuredClone(given);
    if (options.subresource === 'status') this.keepAllButStatus(object, old);
    else if (type.statusSubresource) copyField(object, old, 'status');
    for (const field of [
      'uid',
      'creationTimestamp',
      'generation',
      'deletionTimestamp',
      'resourceVersion',
    ] as const)
      copyField(object.metadata, old.metadata, field);
    if (options.subresource !== 'status') this.admit(type, object, old, options);
    else this.check(type, object);
    if (specChanged(type, object, old)) object.metadata.generation = (old.metadata.generation ?? 1) + 1;
    if (isDeepStrictEqual(object, old) || options.dryRun) return object;
    if (object.metadata.deletionTimestamp && !object.metadata.finalizers?.length) {
      this.store.remove(typeId(type), namespace, name);
      return object;
    }
    return structuredClone(this.store.put(typeId(type), object));
  }

  mutate(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    change: (draft: KubeObject) => void,
    options: WriteOptions & { subresource?: 'status' } = {},
  ): KubeObject | undefined {
    const draft = this.get(type, namespace, name);
    if (!draft) return undefined;
    change(draft);
    return this.replace(type, draft, options);
  }

  delete(type: ResourceType, namespace: string | undefined, name: string): void {
    const old = this.get(type, namespace, name);
    if (!old) throw notFound(type, name);
    if (old.metadata.finalizers?.length) {
      if (old.metadata.deletionTimestamp) return;
      old.metadata.deletionTimestamp = this.timestamp();
      old.metadata.deletionGracePeriodSeconds = 0;
      this.store.put(typeId(type), old);
      return;
    }
    this.store.remove(typeId(type), namespace, name);
    if (type.group === '' && type.plural === 'namespaces')
      for (const inner of this.types.values())
        if (inner.namespaced)
          for (const object of this.list(inner, name)) this.delete(inner, name, object.metadata.name);
  }

  subscribe(listener: (type: ResourceType, event: WatchEvent) => void): () => void {
    return this.store.onChange((event) => {
      const type = this.types.get(event.typeId);
      if (type) listener(type, { type: event.type, object: structuredClone(event.object) });
    });
  }

  addAdmission(hook: AdmissionHook): void {
    this.hooks.push(hook);
  }

  private register(type: ResourceType): void {
    this.types.set(typeId(type), type);
    this.byKind.set(`${type.group === '' ? '' : `${type.group}/`}${type.version}/${type.kind}`, type);
  }

  /** The API server's order: pruning, mutating hooks, schema, validating hooks. */
  private admit(
    type: ResourceType,
    object: KubeObject,
    old: KubeObject | undefined,
    { dryRun = false }: WriteOptions,
  ): void {
    const schema = type.schema as Schema | undefined; // the CRD's own schema
    if (schema) {
      prune(object, schema);
      applyDefaults(object, schema);
    }
    const hooks = this.hooks.filter((hook) => hook.handles(type));
    const { name, namespace } = object.metadata;
    const oldObject = old && structuredClone(old);
    const operation = old ? 'UPDATE' : 'CREATE';
    const request = { operation, resource: type, namespace, name, object, oldObject, dryRun } as const;
    for (const hook of hooks) hook.mutate?.(request);
    this.check(type, object);
    for (const hook of hooks) hook.validate?.(request);
  }

  private check(type: ResourceType, object: KubeObject): void {
    if (!type.schema) return;
    const causes = validate(object, type.schema as Schema); // the CRD's own schema
    if (causes.length === 0) return;
    const texts = causes.map((cause) => `${cause.field}: ${cause.message}`);
    const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
    throw this.invalid(type, object.metadata.name, list, { causes });
  }

  private invalid(type: ResourceType, name: string, what: string, extra: object = {}): StatusError {
    const details = { name, group: type.group, kind: type.kind, ...extra };
    return new StatusError(422, 'Invalid', `${qualifiedKind(type)} "${name}" is invalid: ${what}`, details);
  }

  private keepAllButStatus(object: KubeObject, old: KubeObject): void {
    const status: unknown = object['status'];
    for (const field of Object.keys(object)) if (!(field in old)) Reflect.deleteProperty(object, field);
    Object.assign(object, structuredClone(old));
    if (status === undefined) Reflect.deleteProperty(object, 'status');
    else object['status'] = status;
  }

  private timestamp(): string {
    return this.now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }
}

function copyField(to: object, from: object, field: string): void {
  const kept: unknown = Reflect.get(from, field);
  if (kept === undefined) Reflect.deleteProperty(to, field);
  else Reflect.set(to, field, structuredClone(kept));
}

/** Generation counts changes of what is asked for, never of metadata or status. */
function specChanged(type: ResourceType, object: KubeObject, old: KubeObject): boolean {
  const asked = ({ metadata: _metadata, status, ...rest }: KubeObject) =>
    type.statusSubresource ? rest : { ...rest, status: status as unknown };
  return !isDeepStrictEqual(asked(object), asked(old));
}

/** A cluster of the built-in kinds and the given CRDs. */
export function createCluster(options: ClusterOptions = {}): InProcessCluster {
  return new InProcessCluster(options);
}
