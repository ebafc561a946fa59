/**
 * The hub turns a changing world into revisions of each mesh's picture. It coalesces bursts, keeps the last deltas so that
 * a reader can resume, and tells listeners that there is something new; readers fetch what they lack themselves.
 */
import 'server-only';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { StreamEvent, TopologyAnswer } from '@/lib/api/topology';
import { buildTopology } from '@/lib/mesh/build-topology';
import { diffTopology, isEmptyDelta } from '@/lib/mesh/delta';
import { findFindings } from '@/lib/mesh/findings';
import { worstFirst, type Finding } from '@/lib/mesh/finding';
import type { MeshModel } from '@/lib/mesh/model';

export type Delta = Extract<StreamEvent, { type: 'delta' }>;

/** Deltas kept for readers that come back. */
export const KEPT_DELTAS = 256;
/** So much work in a row is done without a rest, in milliseconds. */
const AT_ONCE_MS = 80;
/** How often a picture with something pending is looked at again, because some findings depend on the clock. */
const RECHECK_MS = 15_000;

interface Picture {
  answer: TopologyAnswer;
  deltas: Delta[];
  present: boolean;
}

/** One mesh, and what is to be said of it that its model alone does not tell. */
export interface MeshReading {
  model: MeshModel;
  findings?: readonly Finding[];
}

export interface HubOptions {
  /** The meshes as they are known now, by name in order; `undefined` before the first complete reading. */
  read(now: Date): readonly MeshReading[] | undefined;
  now(): Date;
  /** Told how long each rebuild took, in milliseconds. */
  onRebuilt?(tookMs: number): void;
}

export interface Hub {
  epoch: string;
  /** Something in the world changed. */
  markDirty(): void;
  /** Rebuilds at once if something changed; for a caller that has just written and wants to see it. */
  settle(): void;
  /** Whether the world has been read once, so that a mesh that is not here does not exist. */
  ready(): boolean;
  models(): readonly MeshModel[];
  model(mesh: string): MeshModel | undefined;
  /** The newest picture. A mesh that was deleted keeps its last one, with `present` false. */
  picture(mesh: string): { answer: TopologyAnswer; present: boolean } | undefined;
  /** The deltas after `seq`, oldest first; `undefined` when they are no longer all kept or `seq` was never reached. */
  since(mesh: string, seq: number): Delta[] | undefined;
  /** Hears of every new revision of any mesh. Returns how to stop. */
  subscribe(listener: () => void): () => void;
  stop(): void;
}

/** Creates a hub. Nothing is built before the first `markDirty`. */
export function createHub(options: HubOptions): Hub {
  const epoch = randomUUID().slice(0, 8);
  const pictures = new Map<string, Picture>();
  const listeners = new Set<() => void>();
  let models: readonly MeshModel[] = [];
  /** Cancels the rebuild that is due. */
  let cancel: (() => void) | undefined;
  let recheck: NodeJS.Timeout | undefined;
  let dirty = false;
  let builtAtMs = -Infinity;
  /** Work that no rest has followed yet, in milliseconds, as of `builtAtMs`. */
  let owedMs = 0;

  function advance({ model, findings = [] }: MeshReading, now: Date): boolean {
    const name = model.mesh.ref.name;
    const picture = pictures.get(name);
    const next = {
      ...buildTopology(model, picture?.answer),
      groups: [...model.entities.values()].filter((entity) => entity.kind === 'backendGroup'),
      findings: [...findFindings(model, now), ...findings].sort(worstFirst),
    };
    if (picture === undefined) {
      const answer = { revision: { epoch, seq: 1 }, mesh: model.mesh, ...next };
      pictures.set(name, { answer, deltas: [], present: true });
      return true;
    }
    const parts = diffTopology(picture.answer, next);
    const meshChanged = !isDeepStrictEqual(picture.answer.mesh, model.mesh);
    const partsChanged = !isEmptyDelta(parts);
    const returned = !picture.present;
    picture.present = true;
    if (!meshChanged && !partsChanged) return returned;
    const revision = { epoch, seq: picture.answer.revision.seq + 1 };
    picture.deltas.push({
      type: 'delta',
      revision,
      ...(meshChanged ? { mesh: model.mesh } : {}),
      ...parts,
    });
    if (picture.deltas.length > KEPT_DELTAS) picture.deltas.shift();
    picture.answer = { revision, mesh: model.mesh, ...next };
    return true;
  }

  function rebuild(): void {
    cancel?.();
    cancel = undefined;
    const started = performance.now();
    const now = options.now();
    const readings = options.read(now);
    if (readings === undefined) return;
    dirty = false;
    models = readings.map(({ model }) => model);
    let changed = false;
    for (const reading of readings) changed = advance(reading, now) || changed;
    const names = new Set(models.map((model) => model.mesh.ref.name));
    for (const [name, picture] of pictures)
      if (picture.present && !names.has(name)) {
        picture.present = false;
        changed = true;
      }
    const tookMs = performance.now() - started;
    owedMs = tookMs + Math.max(0, owedMs - (started - builtAtMs));
    builtAtMs = performance.now();
    options.onRebuilt?.(tookMs);
    scheduleRecheck();
    if (changed) for (const listener of [...listeners]) listener();
  }

  function scheduleRecheck(): void {
    clearTimeout(recheck);
    const pending = models.some(({ mesh, entities }) =>
      [mesh, ...entities.values()].some(({ acceptance }) => acceptance === 'pending'),
    );
    recheck = pending ? setTimeout(markDirty, RECHECK_MS).unref() : undefined;
  }

  function markDirty(): void {
    dirty = true;
    if (cancel !== undefined) return;
    // A few changes are not held back. While they keep coming, rebuilds are followed by rests as long as themselves: a burst
    // becomes few revisions, and half of the time is left for everything else.
    const wait = owedMs - AT_ONCE_MS - (performance.now() - builtAtMs);
    if (wait > 0) {
      const timer = setTimeout(rebuild, wait);
      cancel = () => clearTimeout(timer);
    } else {
      // Everything that arrived in one piece from the network is taken in first.
      const soon = setImmediate(rebuild);
      cancel = () => clearImmediate(soon);
    }
  }

  return {
    epoch,
    markDirty,
    settle: () => {
      if (dirty) rebuild();
    },
    ready: () => builtAtMs !== -Infinity,
    models: () => models,
    model: (mesh) => models.find((model) => model.mesh.ref.name === mesh),
    picture: (mesh) => pictures.get(mesh),
    since: (mesh, seq) => {
      const picture = pictures.get(mesh);
      if (picture === undefined) return undefined;
      const missing = picture.answer.revision.seq - seq;
      if (missing < 0 || missing > picture.deltas.length) return undefined;
      return missing === 0 ? [] : picture.deltas.slice(-missing);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      cancel?.();
      clearTimeout(recheck);
      listeners.clear();
    },
  };
}
