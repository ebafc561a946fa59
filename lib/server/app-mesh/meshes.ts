/** The meshes of one App Mesh API as last read. */
import 'server-only';
import type { SourcePart } from '@/lib/api/topology';
import type { ApiFailure, ApiMeshRef, ApiMeshSnapshot, AppMeshApi } from '@/lib/aws/app-mesh';
import { meshKey } from '@/lib/mesh/keys';
import type { MeshModel } from '@/lib/mesh/model';
import { toMeshModel } from '@/lib/providers/app-mesh-api';
import { isHopeless, troubleOf } from './failure';
import type { Reading } from './poll';

/** One mesh. `snapshot` and `model` are there once something of it was read. */
export interface HeldMesh {
  ref: ApiMeshRef;
  snapshot: ApiMeshSnapshot | undefined;
  model: MeshModel | undefined;
  /** Kinds of which something was not read, in the CRD's words. */
  unread: string[];
  problem: SourcePart['problem'];
}

export interface Meshes {
  /** One reading of everything; for the poller. Never throws. */
  read(signal: AbortSignal): Promise<Reading>;
  /** Those read so far, in the order of their names; `undefined` before the API has told which there are. */
  models(): MeshModel[] | undefined;
  held(name: string): HeldMesh | undefined;
  listed(): readonly ApiMeshRef[] | undefined;
  /** Why the last reading brought nothing. */
  failure(): ApiFailure | undefined;
  /** When the last reading that brought something began. */
  readAt(): Date | undefined;
  /** Account id the meshes belong to, where they all belong to one. */
  account(): string | undefined;
}

const WORDS: Record<string, string> = {
  virtualNode: 'VirtualNode',
  virtualRouter: 'VirtualRouter',
  route: 'Route',
  virtualService: 'VirtualService',
  virtualGateway: 'VirtualGateway',
  gatewayRoute: 'GatewayRoute',
};

/** A mesh that another account shares may have the name of one's own; it is then called `name@account`. */
function named(refs: readonly ApiMeshRef[]): [name: string, ref: ApiMeshRef][] {
  const seen = new Set<string>();
  return refs.map((ref) => {
    const name = seen.has(ref.name) ? `${ref.name}@${ref.owner}` : ref.name;
    seen.add(ref.name);
    return [name, ref];
  });
}

const calledBy = (model: MeshModel, name: string): MeshModel =>
  model.mesh.ref.name === name
    ? model
    : { ...model, mesh: { ...model.mesh, key: meshKey(name), ref: { ...model.mesh.ref, name } } };

/** `onChange` hears whenever a mesh was read anew. */
export function createMeshes(api: AppMeshApi, onChange: () => void): Meshes {
  const held = new Map<string, HeldMesh>();
  let refs: readonly ApiMeshRef[] | undefined;
  let failure: ApiFailure | undefined;
  let readAt: Date | undefined;

  /** Whether anything changed, or why nothing could be read. */
  async function readOne(
    name: string,
    ref: ApiMeshRef,
    begunAt: Date,
    signal: AbortSignal,
  ): Promise<{ changed: boolean; failure?: ApiFailure }> {
    const before = held.get(name);
    const answer = await api.readMesh(ref.name, ref.owner, before?.snapshot, signal);
    if (!answer.ok) {
      const kept = before ?? { snapshot: undefined, model: undefined, unread: [] };
      held.set(name, { ...kept, ref, problem: troubleOf(answer.failure) });
      return { changed: false, failure: answer.failure };
    }
    const { snapshot, changed, problems } = answer.result;
    const [problem] = problems;
    held.set(name, {
      ref,
      snapshot,
      // Made anew even where nothing changed: when it was read is part of it.
      model: calledBy(toMeshModel(snapshot, before?.model, begunAt), name),
      unread: [...new Set(snapshot.unread.map(({ kind }) => WORDS[kind] ?? kind))],
      problem: problem && troubleOf(problem),
    });
    return { changed };
  }

  async function read(signal: AbortSignal): Promise<Reading> {
    const begunAt = new Date();
    const list = await api.listMeshes(signal);
    if (!list.ok) {
      failure = list.failure;
      return { ok: false, hopeless: isHopeless(list.failure) };
    }
    refs = list.result;
    const wanted = named(list.result);
    let changed = false;
    for (const name of [...held.keys()])
      if (!wanted.some(([each]) => each === name)) changed = held.delete(name) || changed;
    const failures: ApiFailure[] = [];
    for (const [name, ref] of wanted) {
      const outcome = await readOne(name, ref, begunAt, signal);
      if (signal.aborted) break;
      if (outcome.failure) failures.push(outcome.failure);
      changed = outcome.changed || changed;
      onChange();
    }
    const [first] = failures;
    failure = first !== undefined && failures.length === wanted.length ? first : undefined;
    if (failure !== undefined) return { ok: false, hopeless: isHopeless(failure) };
    readAt = begunAt;
    onChange();
    return { ok: true, changed };
  }

  return {
    read,
    models: () =>
      refs !== undefined
        ? [...held.values()]
            .flatMap(({ model }) => (model === undefined ? [] : [model]))
            .sort((a, b) => a.mesh.ref.name.localeCompare(b.mesh.ref.name, 'en'))
        : undefined,
    held: (name) => held.get(name),
    listed: () => refs,
    failure: () => failure,
    readAt: () => readAt,
    account: () => {
      const owners = new Set((refs ?? []).map(({ owner }) => owner));
      return owners.size === 1 ? [...owners][0] : undefined;
    },
  };
}
