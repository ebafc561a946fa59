/**
 * The App Mesh API as the controller uses it: named resources with versions, what it refuses, and in which words. Held
 * in memory; nothing here knows Kubernetes, so that an HTTP API can be put on top.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { missingReference, specProblem } from './api-checks';
import { ApiError, unreachable } from './api-errors';
import { collectionOf, type ApiKind, type ResourceId } from './resource-id';

export type ApiSpec = Record<string, unknown>;

export interface ApiResource {
  readonly id: ResourceId;
  readonly spec: ApiSpec;
  readonly uid: string;
  /** Starts at 1, one more with each update. */
  readonly version: number;
  readonly createdAt: Date;
  readonly lastUpdatedAt: Date;
}

/** Every method throws ApiError, for refusals as well as for an API that does not answer. */
export interface ControlPlane {
  describe(id: ResourceId): ApiResource | undefined;
  /** Children of a mesh, or of a router or gateway when `parent` is given; in the order of their creation. */
  list(kind: ApiKind, mesh: string, parent?: string): ApiResource[];
  create(id: ResourceId, spec: ApiSpec): ApiResource;
  update(id: ResourceId, spec: ApiSpec): ApiResource;
  delete(id: ResourceId): void;
}

export interface InMemoryControlPlaneOptions {
  now: () => Date;
  /** False: every call fails as if the service were switched off. */
  reachable: () => boolean;
}

/** Kinds inside a mesh, without those that hang below another kind. */
const MEMBERS: ApiKind[] = ['virtualNode', 'virtualRouter', 'virtualService', 'virtualGateway'];

export class InMemoryControlPlane implements ControlPlane {
  private readonly collections = new Map<string, Map<string, ApiResource>>();

  constructor(private readonly options: InMemoryControlPlaneOptions) {}

  describe(id: ResourceId): ApiResource | undefined {
    this.reach('GET', id);
    return this.find(id);
  }

  list(kind: ApiKind, mesh: string, parent?: string): ApiResource[] {
    const id: ResourceId = { kind, mesh, name: '', ...(parent === undefined ? {} : { parent }) };
    this.reach('GET', id);
    return this.all(id);
  }

  create(id: ResourceId, spec: ApiSpec): ApiResource {
    this.reach('PUT', id);
    this.check(id, spec);
    if (this.find(id))
      throw new ApiError('ConflictException', 409, `${id.kind} with the name ${id.name} already exists`);
    const now = this.options.now();
    return this.put({ id, spec, uid: randomUUID(), version: 1, createdAt: now, lastUpdatedAt: now });
  }

  update(id: ResourceId, spec: ApiSpec): ApiResource {
    this.reach('PUT', id);
    const old = this.find(id);
    if (!old) throw notFound(id);
    this.check(id, spec);
    if (isDeepStrictEqual(old.spec, spec)) return old;
    return this.put({ ...old, spec, version: old.version + 1, lastUpdatedAt: this.options.now() });
  }

  delete(id: ResourceId): void {
    this.reach('DELETE', id);
    if (!this.find(id)) throw notFound(id);
    const user = this.userOf(id);
    if (user)
      throw new ApiError(
        'ResourceInUseException',
        409,
        `${id.kind} with name ${id.name} cannot be deleted because it is in use by ${user.id.kind} ${user.id.name}`,
      );
    this.collections.get(collectionOf(id))?.delete(id.name);
  }

  private reach(method: string, id: ResourceId): void {
    if (!this.options.reachable()) throw unreachable(method, id);
  }

  private find(id: ResourceId): ApiResource | undefined {
    return this.collections.get(collectionOf(id))?.get(id.name);
  }

  private all(id: ResourceId): ApiResource[] {
    return [...(this.collections.get(collectionOf(id))?.values() ?? [])];
  }

  private put(resource: ApiResource): ApiResource {
    const collection = this.collections.get(collectionOf(resource.id)) ?? new Map<string, ApiResource>();
    this.collections.set(collectionOf(resource.id), collection.set(resource.id.name, resource));
    return resource;
  }

  private check(id: ResourceId, spec: ApiSpec): void {
    const problem = specProblem(id, spec);
    if (problem !== undefined) throw new ApiError('BadRequestException', 400, problem);
    const missing = missingReference(id, spec, (wanted) => this.find(wanted) !== undefined);
    if (missing) throw notFound(missing);
  }

  /** What keeps a resource from being deleted. */
  private userOf({ kind, mesh, name }: ResourceId): ApiResource | undefined {
    const uses = (user: ApiKind, parent?: string) =>
      this.all({ kind: user, mesh, name: '', ...(parent === undefined ? {} : { parent }) });
    const refersTo = (resource: ApiResource) =>
      missingReference(resource.id, resource.spec, (target) => target.kind !== kind || target.name !== name);
    switch (kind) {
      case 'mesh':
        return MEMBERS.flatMap((member) => uses(member))[0];
      case 'virtualRouter':
        return uses('route', name)[0] ?? uses('virtualService').find(refersTo);
      case 'virtualGateway':
        return uses('gatewayRoute', name)[0];
      case 'virtualNode':
        return uses('virtualService').find(refersTo);
      case 'virtualService':
        return uses('virtualGateway')
          .flatMap((gateway) => uses('gatewayRoute', gateway.id.name))
          .find(refersTo);
      case 'route':
      case 'gatewayRoute':
        return undefined;
    }
  }
}

function notFound({ kind, mesh, name }: ResourceId): ApiError {
  return new ApiError('NotFoundException', 404, `The ${kind} ${name} does not exist in the mesh ${mesh}.`);
}
