'use client';
import { useQueries, useQuery } from '@tanstack/react-query';
import { meshesOptions, topologyOptions } from '@/lib/client/queries';
import { targetReference } from '@/lib/mesh/weights';

/** A route that a shift can be made for. */
export interface ShiftableRoute {
  namespace: string;
  /** Its name in the namespace. */
  router: string;
  route: string;
  /** namespace/name or ARN, in the route's order. */
  targets: { node: string; weight: number }[];
}

/** The routes of a source that have something to divide. `undefined` until its meshes are read. */
export function useShiftableRoutes(source: string): ShiftableRoute[] | undefined {
  const meshes = useQuery(meshesOptions(source));
  const known = meshes.data?.meshes ?? [];
  const pictures = useQueries({ queries: known.map(({ name }) => topologyOptions(source, name)) });
  if (meshes.data === undefined || pictures.some(({ isPending }) => isPending)) return undefined;
  return pictures
    .flatMap(({ data }) => data?.nodes ?? [])
    .flatMap((node) => (node.kind === 'router' && node.ref.namespace !== '' ? [node] : []))
    .flatMap(({ ref, routes }) =>
      routes
        .filter(({ protocol, targets }) => protocol !== 'unknown' && targets.length > 1)
        .map(({ name, targets }) => ({
          namespace: ref.namespace,
          router: ref.name,
          route: name,
          targets: targets.map((target) => ({ node: targetReference(target), weight: target.weight })),
        })),
    );
}
