/** The meshes of all sources as rows: one per mesh, whatever the number of sources that know it. */
import type { MeshSummary, Source } from '@/lib/api/topology';
import type { Connection } from '@/lib/client/connection';

type Told = Omit<Connection, 'retryNow'>;

/** One source with what it holds; no meshes while none are known. */
export interface SourceMeshes {
  source: Source;
  meshes: readonly MeshSummary[];
  /** How the source is doing. */
  connection: Told;
}

export interface MeshRow {
  mesh: MeshSummary;
  /** The source the mesh is shown from, first, then those that know it as well. */
  sources: readonly { source: Source; connection: Told }[];
}

/** The sources that no row names: they hold no mesh, or cannot be read. */
export const withoutMesh = (known: readonly SourceMeshes[]): SourceMeshes[] =>
  known.filter(({ meshes }) => meshes.length === 0);

/** Meshes that an App Mesh API shares with a cluster are rows of the cluster, with both sources named. */
export function meshRows(known: readonly SourceMeshes[]): MeshRow[] {
  const also = (source: string, mesh: string) =>
    known.filter(({ meshes }) =>
      meshes.some(({ joined }) => joined?.source === source && joined.mesh === mesh),
    );
  return known.flatMap((holder) =>
    holder.meshes
      .filter(({ joined }) => joined === undefined)
      .map((mesh) => ({ mesh, sources: [holder, ...also(holder.source.id, mesh.name)] })),
  );
}
