/**
 * Reads a mesh: lists, and a description of what is new or changed since the reading before. Lists show neither specs nor
 * uids, so that a first reading takes one call for each resource; one that finds nothing new takes the lists only.
 */
import type { Ask } from './calls';
import { listedOf, resourceOf, tagOf } from './dto';
import type { Listed } from './dto';
import { isAway } from './failure';
import { KIND_CALLS, tagsPage } from './kinds';
import type { Place } from './kinds';
import { listAll } from './list';
import { resourcePath } from './types';
import type { ApiFailure, ApiKind, ApiMeshSnapshot, ApiResource, ApiUnread } from './types';

const MEMBERS = ['virtualGateway', 'virtualService', 'virtualRouter', 'virtualNode'] as const;
const CHILDREN = { virtualRouter: 'route', virtualGateway: 'gatewayRoute' } as const;

const ORDER: readonly ApiKind[] = [
  'virtualGateway',
  'gatewayRoute',
  'virtualService',
  'virtualRouter',
  'route',
  'virtualNode',
];

const keyOf = (kind: ApiKind, parent: string, name: string) => `${kind}|${parent}|${name}`;

function byPlace(a: ApiResource, b: ApiResource): number {
  const text = ({ parent = '', name }: ApiResource) => `${parent}\u0000${name}`;
  return ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (text(a) < text(b) ? -1 : 1);
}

/** The service went away in the middle: nothing is worth asking any more. */
class Away extends Error {
  constructor(readonly failure: ApiFailure) {
    super(failure.detail);
  }
}

export interface Members {
  resources: ApiResource[];
  unread: ApiUnread[];
  problems: ApiFailure[];
}

class Reading {
  private readonly resources: ApiResource[] = [];
  private readonly unread: ApiUnread[] = [];
  private readonly problems = new Map<string, ApiFailure>();
  private readonly before: ReadonlyMap<string, ApiResource>;
  private tagsForbidden = false;
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;

  constructor(
    private readonly ask: Ask,
    private readonly mesh: string,
    private readonly owner: string,
    private readonly previous: ApiMeshSnapshot | undefined,
    signal: AbortSignal,
  ) {
    this.before = new Map(
      (previous?.resources ?? []).map((each) => [keyOf(each.kind, each.parent ?? '', each.name), each]),
    );
    this.signal = AbortSignal.any([signal, this.stop.signal]);
  }

  async all(): Promise<Members> {
    try {
      await Promise.all(MEMBERS.map((kind) => this.kind(kind, '')));
    } catch (error) {
      this.stop.abort(error);
      throw error;
    }
    return {
      resources: this.resources.sort(byPlace),
      unread: this.unread,
      problems: [...this.problems.values()],
    };
  }

  /** All of a kind below one parent ('' for the mesh itself), and what is below each of them. */
  private async kind(kind: ApiKind, parent: string): Promise<void> {
    const place: Place = { mesh: this.mesh, owner: this.owner, parent };
    const about = resourcePath(this.mesh, kind, undefined, parent === '' ? undefined : parent);
    const list = await listAll(
      this.ask,
      (token) => ({ ...KIND_CALLS[kind].list(place, token), about }),
      (item) => listedOf(kind, item),
      this.signal,
    );
    if (!list.ok) {
      // A router that was deleted since it was listed has no routes.
      if (parent !== '' && list.failure.kind === 'notFound') return;
      this.failed(list.failure);
      await this.keepKind(kind, parent);
      return;
    }
    await Promise.all(list.result.map((each) => this.one(kind, parent, each)));
  }

  private async one(kind: ApiKind, parent: string, found: Listed): Promise<void> {
    const { name, listed } = found;
    const below = this.children(kind, name);
    const earlier = this.before.get(keyOf(kind, parent, name));
    if (earlier?.listed === listed) {
      this.resources.push(earlier);
      await below;
    } else await Promise.all([below, this.describe(kind, parent, found, earlier)]);
  }

  private async describe(
    kind: ApiKind,
    parent: string,
    { name, arn, listed }: Listed,
    earlier: ApiResource | undefined,
  ): Promise<void> {
    const about = resourcePath(this.mesh, kind, name, parent === '' ? undefined : parent);
    const call = KIND_CALLS[kind].describe({ mesh: this.mesh, owner: this.owner, parent }, name);
    const [answer, tags] = await Promise.all([
      this.ask({ ...call, about }, this.signal),
      // Routes are rows of what they hang under, which is tagged.
      parent === '' ? this.tags(arn) : undefined,
    ]);
    // Deleted since it was listed.
    if (!answer.ok && answer.failure.kind === 'notFound') return;
    const resource = answer.ok ? resourceOf(kind, name, parent, answer.result.body, listed) : undefined;
    if (resource) {
      const known = tags ?? earlier?.tags;
      this.resources.push({ ...resource, ...(known === undefined ? {} : { tags: known }) });
      return;
    }
    this.failed(
      answer.ok
        ? { kind: 'unknown', operation: call.operation, detail: 'the answer holds no metadata', about }
        : answer.failure,
    );
    if (earlier) this.resources.push(earlier);
    else this.unread.push({ kind, name, ...(parent === '' ? {} : { parent }) });
  }

  /** Tags only say more of what is read anyway: where they may not be read, nothing is missing. */
  private async tags(arn: string): Promise<Record<string, string> | undefined> {
    if (this.tagsForbidden) return undefined;
    const list = await listAll(this.ask, (token) => tagsPage(arn, token), tagOf, this.signal);
    if (list.ok) return Object.fromEntries(list.result);
    if (list.failure.kind === 'forbidden') this.tagsForbidden = true;
    return undefined;
  }

  private children(kind: ApiKind, name: string): Promise<void> {
    return kind === 'virtualRouter' || kind === 'virtualGateway'
      ? this.kind(CHILDREN[kind], name)
      : Promise.resolve();
  }

  /** A list that failed: what it held before stands, and what is below that is read anew. */
  private async keepKind(kind: ApiKind, parent: string): Promise<void> {
    if (this.previous === undefined || this.wasUnread(kind, parent)) {
      this.unread.push({ kind, ...(parent === '' ? {} : { parent }) });
      if (kind === 'virtualRouter' || kind === 'virtualGateway') this.unread.push({ kind: CHILDREN[kind] });
    }
    const kept = [...this.before.values()].filter(
      (each) => each.kind === kind && (each.parent ?? '') === parent,
    );
    this.resources.push(...kept);
    // Single resources that could not be read before are still there, for all that is known.
    this.unread.push(
      ...(this.previous?.unread ?? []).filter(
        (each) => each.kind === kind && each.name !== undefined && (each.parent ?? '') === parent,
      ),
    );
    await Promise.all(kept.map(({ name }) => this.children(kind, name)));
  }

  private wasUnread(kind: ApiKind, parent: string): boolean {
    return (this.previous?.unread ?? []).some(
      (each) => each.kind === kind && each.name === undefined && (each.parent ?? '') === parent,
    );
  }

  private failed(failure: ApiFailure): void {
    if (isAway(failure) || this.signal.aborted) {
      const away = new Away(failure);
      this.stop.abort(away);
      throw away;
    }
    const id = `${failure.operation}|${failure.kind}`;
    const known = this.problems.get(id);
    this.problems.set(id, known ? { ...known, count: (known.count ?? 1) + 1 } : failure);
  }
}

/**
 * Reads what is in a mesh. A kind or resource that fails is named in `problems` and takes nothing else with it; `ok: false`
 * where the service as a whole went away, or the signal said to stop.
 */
export async function readMembers(
  ask: Ask,
  mesh: { name: string; owner: string },
  previous: ApiMeshSnapshot | undefined,
  signal: AbortSignal,
): Promise<{ ok: true; result: Members } | { ok: false; failure: ApiFailure }> {
  try {
    return { ok: true, result: await new Reading(ask, mesh.name, mesh.owner, previous, signal).all() };
  } catch (error) {
    if (error instanceof Away) return { ok: false, failure: error.failure };
    throw error;
  }
}
