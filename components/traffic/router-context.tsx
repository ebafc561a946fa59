'use client';
import { createContext, useContext } from 'react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Router } from '@/lib/mesh/model';
import type { TopologyNode } from '@/lib/mesh/topology';

const NodesContext = createContext<ReadonlyMap<EntityKey, TopologyNode> | undefined>(undefined);

/** Gives the parts that draft weights the live objects to begin from. */
export const LiveNodesProvider = NodesContext;

/** The router of that key as it is live now. */
export function useRouterOf(key: EntityKey): Router | undefined {
  const node = useContext(NodesContext)?.get(key);
  return node?.kind === 'router' ? node : undefined;
}
