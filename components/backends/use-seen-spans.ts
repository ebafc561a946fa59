'use client';
/** Since when anything is measured of a mesh, and when single calls were seen: read from the steps of their charts. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { metricsOptions } from '@/lib/client/queries';
import type { TelemetryWindow } from '@/lib/client/telemetry-window';
import { seenSpan } from '@/lib/mesh/backends/seen-span';
import type { SeenSpan } from '@/lib/mesh/backends/seen-span';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { MeshTelemetry } from '@/lib/mesh/telemetry/overlay';

/** Keys that one question is about. */
const MOST_KEYS = 8;
/** The busiest nodes tell since when there are measurements: each is paid for. */
const PROBES = 3;

/** When each of the first few keys was seen in a window; `undefined` until that is known. */
export function useSeenSpans(
  source: string,
  mesh: string,
  keys: readonly string[],
  window: TelemetryWindow,
): ReadonlyMap<string, SeenSpan | undefined> | undefined {
  const asked = keys.slice(0, MOST_KEYS);
  const { data } = useQuery({
    ...metricsOptions(source, mesh, asked, window),
    enabled: asked.length > 0,
  });
  return useMemo(
    () => data && new Map(data.charts.map(({ key, series }) => [key, seenSpan(series)])),
    [data],
  );
}

/** Nodes that had the most requests. */
export function busiestNodes({ entities }: Pick<MeshTelemetry, 'entities'>): string[] {
  return Object.entries(entities)
    .filter(([key]) => parseEntityKey(key)?.kind === 'node')
    .map(([key, { observations }]) => ({
      key,
      requests: Math.max(0, ...observations.map(({ figures }) => figures.requests)),
    }))
    .filter(({ requests }) => requests > 0)
    .sort((a, b) => b.requests - a.requests || (a.key < b.key ? -1 : 1))
    .slice(0, PROBES)
    .map(({ key }) => key);
}
