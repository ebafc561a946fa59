'use client';
import { useMemo } from 'react';
import { callKey } from '@/lib/client/telemetry-store';
import { useLook, useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import type { TopologyEdge } from '@/lib/mesh/topology';
import { edgeLook } from './edge-look';
import type { EdgeLook } from './edge-look';

interface Drawn {
  id: string;
  source: string;
  target: string;
  kind: string;
  /** The edge of the mesh it stands for, where it stands for exactly one. */
  edge?: TopologyEdge | undefined;
  count: number;
}

/** A key nobody tells anything of. */
const NOBODY = '';

/** How an edge on the canvas is drawn by what was measured; undefined while the overlay is off, and for bundles. */
export function useEdgeLook({ source, target, kind, edge, count }: Drawn): EdgeLook | undefined {
  const { t } = useSpeech();
  const look = useLook();
  const key = edge?.key ?? (kind === 'call' && count === 1 ? callKey(source, target) : NOBODY);
  const told = useTold(key);
  const weighted = edge?.kind === 'route-target';
  const router = useTold(weighted ? source : NOBODY);
  return useMemo(
    () =>
      count > 1
        ? undefined
        : edgeLook(
            told,
            look,
            t,
            weighted && edge ? { router, row: edge.row, target: edge.target } : undefined,
          ),
    [told, look, t, router, weighted, edge, count],
  );
}
