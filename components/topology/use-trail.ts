'use client';
import { useMemo } from 'react';
import { askedRequest } from '@/components/traffic/route-tester/request-draft';
import type { Picture } from '@/lib/client/picture';
import type { ViewState } from '@/lib/client/view-state';
import { trailOf } from '@/lib/mesh/routing/trail';
import type { Hop } from '@/lib/mesh/routing/trail';

/** The way of the request in the route tester, while that is open. */
export function useTrail(
  picture: Picture | undefined,
  { selected, tab, request }: Pick<ViewState, 'selected' | 'tab' | 'request'>,
): readonly Hop[] | undefined {
  return useMemo(() => {
    const entity = selected === undefined ? undefined : picture?.nodes.get(selected);
    if (tab !== 'tester' || (entity?.kind !== 'router' && entity?.kind !== 'gateway')) return undefined;
    return trailOf(entity, askedRequest(entity, request), (key) => picture?.nodes.get(key));
  }, [picture, selected, tab, request]);
}
