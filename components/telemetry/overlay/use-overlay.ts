'use client';
import { useMemo } from 'react';
import type { Picture } from '@/lib/client/picture';
import type { TelemetryStore } from '@/lib/client/telemetry-store';
import { groupsToAsk } from '@/lib/client/telemetry-view';
import type { OverlayView } from '@/lib/client/telemetry-view';
import type { TopologyNode } from '@/lib/mesh/topology';

const isProxy = ({ kind }: TopologyNode): boolean => kind === 'gateway' || kind === 'node';

function proxiesIn(nodes: Iterable<TopologyNode>): number {
  let count = 0;
  for (const node of nodes) if (isProxy(node)) count += 1;
  return count;
}

/** The overlay of one screen: where measurements are kept, how they are drawn, and whom is asked about. */
export function useOverlay(
  store: TelemetryStore,
  { overlay, sized, heat, flow }: OverlayView,
  nodes: Picture['nodes'] | undefined,
  cards: readonly { node: TopologyNode }[] | undefined,
) {
  const value = useMemo(
    () => ({ store, look: { overlay, sized, heat, flow } }),
    [store, overlay, sized, heat, flow],
  );
  const proxies = useMemo(() => proxiesIn(nodes?.values() ?? []), [nodes]);
  const wanted = groupsToAsk(
    proxies,
    (cards ?? []).flatMap(({ node }) => (isProxy(node) && 'ref' in node ? [node.ref.namespace] : [])),
  );
  // The same namespaces are the same question, however often the picture changes.
  const text = wanted && JSON.stringify(wanted);
  const groups = useMemo(
    () => (text === undefined ? undefined : (JSON.parse(text) as typeof wanted)), // written just above
    [text],
  );
  return { value, groups };
}
