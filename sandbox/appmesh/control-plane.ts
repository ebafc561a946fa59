/** The App Mesh API itself, held in memory: named resources with versions, what it refuses, and in which words. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { acceptedSpec, missingReference } from './api-checks';
import { ApiError } from './api-errors';
import { QUOTAS, type QuotaName } from './quotas';
import { aboveOf, collectionOf, type ApiKind, type ResourceId } from './resource-id';

export type ApiSpec = Record<string, unknown>;
export type Tags = ReadonlyMap<string, string>;

export interface ApiResource {
  readonly id: ResourceId;
  readonly spec: ApiSpec;
  readonly tags: Tags;
  readonly uid: string;
  /** Starts at 1, one more with each update. */
  readonly version: number;
  readonly createdAt: Date;
  readonly lastUpdatedAt: Date;
  /** Rises with each creation: the order of lists. */
  readonly order: number;
}

/** A resource that is there from the start. */
export interface ApiSeed {
  id: ResourceId;
  spec: ApiSpec;
  tags?: Record<string, string>;
}

/** Every method throws ApiError, for refusals as well as for an API that does not answer. */
export interface ControlPlane {
  describe(id: ResourceId): ApiResource | undefined;
  /** Children of a mesh, or of a router or gateway when `parent` is given; in the order of their creation. */
  list(kind: ApiKind, mesh: string, parent?: string): ApiResource[];
  create(id: ResourceId, spec: ApiSpec): ApiResource;
  update(id: ResourceId, spec: ApiSpec): ApiResource;
  /** Gives what was there. */
  delete(id: ResourceId): ApiResource;
}

export interface InMemoryControlPlaneOptions {
  now: () => Date;
  /** How many there may be of something; everything is allowed when left out. */
  quota?: (name: QuotaName) => number;
}

/** Kinds inside a mesh, without those that hang below another kind. */
const MEMBERS: ApiKind[] = ['virtualNode', 'virtualRouter', 'virtualService', 'virtualGateway'];

const NO_TAGS: Tags = new Map();

export class InMemoryControlPlane implements ControlPlane {
  private readonly collections = new Map<string, Map<string, ApiResource>>();
  private readonly most = new Map<QuotaName, number>();
  private readonly listeners = new Set<(collection: string) => void>();
  private created = 0;

  constructor(private readonly options: InMemoryControlPlaneOptions) {}

  describe(id: ResourceId): ApiResource | undefined {
    return this.collections.get(collectionOf(id))?.get(id.name);
  }

  /** Hears of every change before it is made; a collection is named as `collectionOf` names it. */
  beforeChange(listener: (collection: string) => void): void {
    this.listeners.add(listener);
  }

  collectionNames(): string[] {
    return [...this.collections.keys()];
  }

  /** What a collection holds by name, as it is now. */
  collection(name: string): ReadonlyMap<string, ApiResource> {
    return this.collections.get(name) ?? new Map();
  }

  list(kind: ApiKind, mesh: string, parent?: string): ApiResource[] {
    return this.all({ kind, mesh, name: '', ...(parent === undefined ? {} : { parent }) });
  }

  create(id: ResourceId, given: ApiSpec, tags: Tags = NO_TAGS): ApiResource {
    const spec = this.check(id, given);
    if (this.describe(id))
      throw new ApiError('ConflictException', `${id.kind} with the name ${id.name} already exists`);
    this.checkRoom(id);
    const now = this.options.now();
    const order = ++this.created;
    return this.put({
      id,
      spec,
      tags,
      uid: randomUUID(),
      version: 1,
      createdAt: now,
      lastUpdatedAt: now,
      order,
    });
  }

  update(id: ResourceId, given: ApiSpec): ApiResource {
    const old = this.need(id);
    const spec = this.check(id, given);
    if (isDeepStrictEqual(old.spec, spec)) return old;
    return this.put({ ...old, spec, version: old.version + 1, lastUpdatedAt: this.options.now() });
  }

  delete(id: ResourceId): ApiResource {
    const old = this.need(id);
    const user = this.userOf(id);
    if (user)
      throw new ApiError(
        'ResourceInUseException',
        `${id.kind} with name ${id.name} cannot be deleted because it is in use by ${user.id.kind} ${user.id.name}`,
      );
    this.announce(id);
    this.collections.get(collectionOf(id))?.delete(id.name);
    return old;
  }

  /** Replaces the tags of a resource, which is no new version of it. */
  retag(id: ResourceId, tags: Tags): void {
    this.put({ ...this.need(id), tags });
  }

  /** How many there are of each kind. */
  counts(): Partial<Record<ApiKind, number>> {
    const counts: Partial<Record<ApiKind, number>> = {};
    for (const collection of this.collections.values())
      for (const { id } of collection.values()) counts[id.kind] = (counts[id.kind] ?? 0) + 1;
    return counts;
  }

  /** The most there ever was of what a quota counts. */
  mostUsed(name: QuotaName): number {
    return this.most.get(name) ?? 0;
  }

  /** The resource. Throws NotFoundException when it is not there. */
  need(id: ResourceId): ApiResource {
    const found = this.describe(id);
    if (!found) throw notFound(id);
    return found;
  }

  private all(id: ResourceId): ApiResource[] {
    return [...(this.collections.get(collectionOf(id))?.values() ?? [])];
  }

  private announce(id: ResourceId): void {
    const collection = collectionOf(id);
    for (const listener of this.listeners) listener(collection);
  }

  private put(resource: ApiResource): ApiResource {
    this.announce(resource.id);
    const collection = this.collections.get(collectionOf(resource.id)) ?? new Map<string, ApiResource>();
    this.collections.set(collectionOf(resource.id), collection.set(resource.id.name, resource));
    return resource;
  }

  /** The spec as it is kept. */
  private check(id: ResourceId, given: ApiSpec): ApiSpec {
    const spec = acceptedSpec(id, given);
    const above = aboveOf(id);
    if (above) this.need(above);
    const missing = missingReference(id, spec, (wanted) => this.describe(wanted) !== undefined);
    if (missing) throw notFound(missing);
    const { backends } = spec;
    if (Array.isArray(backends)) this.checkQuota('backends', backends.length);
    return spec;
  }

  private checkRoom(id: ResourceId): void {
    const size = this.collections.get(collectionOf(id))?.size ?? 0;
    this.checkQuota(id.kind, size + 1);
  }

  private checkQuota(name: QuotaName, wanted: number): void {
    const quota = this.options.quota?.(name);
    if (quota !== undefined && wanted > quota)
      throw new ApiError(
        'LimitExceededException',
        `You have exceeded the quota of ${quota} for ${QUOTAS[name].of}.`,
      );
    this.most.set(name, Math.max(this.mostUsed(name), wanted));
  }

  /** What keeps a resource from being deleted. */
  private userOf({ kind, mesh, name }: ResourceId): ApiResource | undefined {
    const refersTo = (resource: ApiResource) =>
      missingReference(resource.id, resource.spec, (target) => target.kind !== kind || target.name !== name);
    switch (kind) {
      case 'mesh':
        return MEMBERS.flatMap((member) => this.list(member, mesh))[0];
      case 'virtualRouter':
        return this.list('route', mesh, name)[0] ?? this.list('virtualService', mesh).find(refersTo);
      case 'virtualGateway':
        return this.list('gatewayRoute', mesh, name)[0];
      case 'virtualNode':
        return this.list('virtualService', mesh).find(refersTo);
      case 'virtualService':
        return this.list('virtualGateway', mesh)
          .flatMap((gateway) => this.list('gatewayRoute', mesh, gateway.id.name))
          .find(refersTo);
      case 'route':
      case 'gatewayRoute':
        return undefined;
    }
  }
}

function notFound({ kind, mesh, name }: ResourceId): ApiError {
  return new ApiError(
    'NotFoundException',
    kind === 'mesh'
      ? `The mesh ${name} does not exist.`
      : `The ${kind} ${name} does not exist in the mesh ${mesh}.`,
  );
}
