'use client';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { splitOf } from '@/components/telemetry/overlay/split-line';
import type { ListedRoute } from '@/lib/api/routes';
import { telemetryOptions } from '@/lib/client/queries';
import type { Split } from '@/lib/mesh/telemetry/overlay';
import { parseEntityKey } from '@/lib/mesh/keys';

/** Routes of a mesh on a page beyond which only the namespaces of their targets are asked about. */
const ASK_ALL_ROUTES = 30;
const WINDOW = { last: '5m' } as const;

interface Asked {
  source: string;
  mesh: string;
  groups: readonly string[] | undefined;
}

/** The meshes of the rows on screen; of a mesh with many, only where their targets are. */
function askedFor(rows: readonly ListedRoute[]): Asked[] {
  const meshes = new Map<string, ListedRoute[]>();
  for (const row of rows) {
    const place = JSON.stringify([row.source, row.mesh]);
    meshes.set(place, [...(meshes.get(place) ?? []), row]);
  }
  return [...meshes.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const namespaces = own.flatMap(({ targets }) =>
      targets.flatMap(({ key }) => parseEntityKey(key)?.namespace ?? []),
    );
    const groups = own.length > ASK_ALL_ROUTES ? [...new Set(namespaces)].sort() : undefined;
    return [{ source: first.source, mesh: first.mesh, groups }];
  });
}

/** What the targets of the rows on screen really got; nothing is asked for the others, nor in a hidden tab. */
export function useMeasured(
  rows: readonly ListedRoute[],
  enabled: boolean,
): (row: ListedRoute) => Split | undefined {
  const asked = useMemo(() => askedFor(rows), [rows]);
  const answers = useQueries({
    queries: asked.map(({ source, mesh, groups }) => ({
      ...telemetryOptions(source, mesh, WINDOW, groups, false),
      enabled,
    })),
  });
  return ({ source, mesh, router, route }) => {
    if (!enabled) return undefined;
    const at = asked.findIndex((one) => one.source === source && one.mesh === mesh);
    const splits = answers[at]?.data?.telemetry.splits.filter((split) => split.router === router);
    return splitOf(splits, route.name);
  };
}
