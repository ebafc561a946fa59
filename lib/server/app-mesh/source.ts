/** A source that is the App Mesh API of one account and region: polled, with its meshes, its state in plain words, and its hub. */
import 'server-only';
import type { Source, SourcePart, SourceState } from '@/lib/api/topology';
import { createAppMeshApi, type AppMeshApi, type ApiMeshRef } from '@/lib/aws/app-mesh';
import type { MeshModel } from '@/lib/mesh/model';
import type { AppMeshSpec } from '../app-mesh-spec';
import { createHub } from '../hub';
import type { SourceBase } from '../source';
import { isAwayFailure, troubleOf } from './failure';
import { createMeshes, type HeldMesh } from './meshes';
import { FAST_MS, startPoller } from './poll';

export interface AppMeshSource extends SourceBase {
  kind: 'appmesh';
  spec: AppMeshSpec;
  api: AppMeshApi;
  /** What is known of a mesh, by the name it has here. */
  held(mesh: string): HeldMesh | undefined;
  /** The meshes the API lists, read or not, as far as it ever answered; `undefined` before. */
  listed(): readonly ApiMeshRef[] | undefined;
  /** The API lists a mesh that nothing was read of yet. */
  isPending(mesh: string): boolean;
  /** Why nobody answers, where that has lasted for more than one try. */
  away(): string | undefined;
  /** A change that concerns this API was made or seen: reads again soon, at once with 0. */
  nudge(withinMs?: number): void;
  /** The part of a joined picture that this source is. */
  partOf(mesh: string | undefined): SourcePart;
}

/** Tries that must fail before the API counts as away: one may be a connection that was cut. */
const AWAY_AFTER = 2;

/** Prepares to read an API and begins. Never fails: what is wrong is told by `state`. */
export function openAppMeshSource(
  spec: AppMeshSpec,
  { id, readOnly, onRebuilt }: { id: string; readOnly: boolean; onRebuilt(tookMs: number): void },
): AppMeshSource {
  const { name, region, endpoint, profile, credentials } = spec;
  const api = createAppMeshApi({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const listeners = new Set<() => void>();
  let lookers = 0;
  let state: SourceState = { phase: 'connecting', since: new Date().toISOString() };

  const meshes = createMeshes(api, () => hub.markDirty());
  const hub = createHub({
    read: () => meshes.models()?.map((model) => ({ model: standing(model) })),
    now: () => new Date(),
    onRebuilt,
  });
  const poller = startPoller({ read: meshes.read, looked: () => lookers > 0, onRest: stateChanged });

  function away(): string | undefined {
    const failure = meshes.failure();
    const lasting = poller.attempts() >= AWAY_AFTER;
    return failure && lasting && isAwayFailure(failure) ? troubleOf(failure).detail : undefined;
  }

  /** Of a mesh that lives in the API alone, nobody but the API can say whether its control plane answers. */
  function standing(model: MeshModel): MeshModel {
    return away() === undefined
      ? model
      : { ...model, mesh: { ...model.mesh, controlPlane: 'frozen', controlPlaneSaidBy: name } };
  }

  function phaseNow(): SourceState['phase'] {
    const failure = meshes.failure();
    const known = meshes.listed() !== undefined;
    if (failure === undefined) return known ? 'live' : 'connecting';
    if (failure.kind === 'forbidden') return 'failed';
    if (known) return 'reconnecting';
    return failure.kind === 'gone' ? 'failed' : 'connecting';
  }

  function stateChanged(): void {
    const phase = phaseNow();
    const failure = meshes.failure();
    const nextAt = poller.nextAt();
    const currentAsOf = meshes.readAt()?.toISOString();
    state = {
      phase,
      since: phase === state.phase ? state.since : new Date().toISOString(),
      ...(currentAsOf === undefined ? {} : { currentAsOf }),
      ...(failure === undefined ? {} : { attempt: poller.attempts(), problem: troubleOf(failure) }),
      ...(failure === undefined || nextAt === undefined ? {} : { retryAt: new Date(nextAt).toISOString() }),
    };
    hub.markDirty();
    for (const listener of [...listeners]) listener();
  }

  function partOf(mesh: string | undefined): SourcePart {
    const held = mesh === undefined ? undefined : meshes.held(mesh);
    const { phase, currentAsOf, problem = held?.problem } = state;
    const unread = held?.unread ?? [];
    return {
      source: id,
      name,
      kind: 'appmesh',
      // Of an API that never answered, and of a mesh that nothing could be read of, there is nothing to wait for.
      phase: problem !== undefined && held?.snapshot === undefined ? 'failed' : phase,
      ...(phase === 'live' || currentAsOf === undefined ? {} : { currentAsOf }),
      ...(unread.length === 0 ? {} : { what: unread }),
      ...(problem === undefined ? {} : { problem }),
    };
  }

  return {
    kind: 'appmesh',
    id,
    name,
    hub,
    spec,
    api,
    describe: (): Source => {
      const account = meshes.account();
      return {
        id,
        kind: 'appmesh',
        name,
        server: api.endpoint ?? '',
        region,
        ...(account === undefined ? {} : { account }),
        readOnly,
        state,
      };
    },
    state: () => state,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    parts: (mesh) => [partOf(mesh)],
    attend: () => {
      lookers += 1;
      poller.soon(FAST_MS);
      return () => void (lookers -= 1);
    },
    held: meshes.held,
    listed: meshes.listed,
    isPending: (mesh) =>
      meshes.held(mesh)?.model === undefined &&
      (meshes.listed() ?? []).some(({ name: each }) => each === mesh),
    away,
    nudge: poller.soon,
    partOf,
    retryNow: () => poller.soon(),
    stop: () => {
      poller.stop();
      api.close();
      hub.stop();
    },
  };
}
