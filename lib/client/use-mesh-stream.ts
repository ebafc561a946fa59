'use client';
import { startTransition, useEffect, useMemo, useState } from 'react';
import { followMesh } from './mesh-connection';
import type { MeshStream } from './mesh-connection';

export type { MeshStream } from './mesh-connection';

/**
 * The live picture of a mesh, the state of the connection, and what was deleted a moment ago. One stream per caller: call
 * it once a page. `onNews` hears of every new picture at once; the screen is drawn from it when nothing more urgent is to be
 * done. It must stay the same function.
 */
export function useMeshStream(
  source: string,
  mesh: string,
  onNews: (stream: MeshStream) => void,
): MeshStream {
  const connection = useMemo(() => followMesh(source, mesh), [source, mesh]);
  const [stream, setStream] = useState(connection.get);
  useEffect(() => {
    let last: MeshStream['picture'];
    return connection.subscribe(() => {
      const now = connection.get();
      if (now.picture !== last) onNews(now);
      last = now.picture;
      startTransition(() => setStream(now));
    });
  }, [connection, onNews]);
  return stream;
}
