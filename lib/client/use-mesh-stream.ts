'use client';
import { useMemo, useSyncExternalStore } from 'react';
import { followMesh } from './mesh-connection';
import type { MeshStream } from './mesh-connection';

export type { MeshStream } from './mesh-connection';

/** The live picture of a mesh, the state of the connection, and what was deleted a moment ago. One stream per caller: call it once a page. */
export function useMeshStream(source: string, mesh: string): MeshStream {
  const connection = useMemo(() => followMesh(source, mesh), [source, mesh]);
  return useSyncExternalStore(connection.subscribe, connection.get, connection.get);
}
