/** A source: one place meshes are read from, its state in plain words, and its hub. */
import 'server-only';
import type { Source, SourcePart, SourceState } from '@/lib/api/topology';
import type { Hub } from './hub';
import type { AppMeshSource } from './app-mesh/source';
import type { KubernetesSource } from './kubernetes-source';

export interface SourceBase {
  id: string;
  /** Context name, or what the App Mesh API is called. */
  name: string;
  hub: Hub;
  describe(): Source;
  state(): SourceState;
  /** Hears of every change of `state` and `parts`. Returns how to stop. */
  onState(listener: () => void): () => void;
  /** What the picture of a mesh is put together from, this source first, and what of it is missing. */
  parts(mesh: string): SourcePart[];
  /** Somebody looks at a mesh of this source from now on. Returns how to stop. */
  attend(): () => void;
  /** Ends the wait before the next attempt of everything that is waiting. */
  retryNow(): void;
  stop(): void;
}

export type MeshSource = KubernetesSource | AppMeshSource;

/** A name as part of a path: lower case, with everything unusual made a dash. */
export function sourceId(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return slug === '' ? 'cluster' : slug;
}

/** Hands out ids: the one of a name, with a number where it is taken. */
export function createIds(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const plain = sourceId(name);
    let id = plain;
    for (let n = 2; taken.has(id); n += 1) id = `${plain}-${n}`;
    taken.add(id);
    return id;
  };
}
