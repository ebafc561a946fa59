'use client';
import { useMemo } from 'react';
import { useLook, useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { edgeLook } from './edge-look';
import type { EdgeLook } from './edge-look';

export interface Drawn {
  /** The key under which what was measured of it is told. */
  told: string;
  target: string;
  /** What was measured is that of others as well. */
  atMost: boolean;
  /** The route that gives the target its share, where one alone does. */
  route?: { router: EntityKey; row: string } | undefined;
}

/** A key nobody tells anything of. */
const NOBODY = '';

/** How an edge is drawn by what was measured; undefined while the overlay is off. */
export function useEdgeLook({ told: key, target, atMost, route }: Drawn): EdgeLook | undefined {
  const { t } = useSpeech();
  const look = useLook();
  const told = useTold(key);
  const router = useTold(route?.router ?? NOBODY);
  const row = route?.row;
  return useMemo(
    () => edgeLook(told, { ...look, atMost }, t, row === undefined ? undefined : { router, row, target }),
    [told, look, atMost, t, router, row, target],
  );
}
