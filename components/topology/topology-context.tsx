'use client';
import { createContext, useContext } from 'react';
import type { Standing } from '@/components/traffic/writability';
import type { EntityKey } from '@/lib/mesh/keys';

/** What the cards need besides their own data. The values keep their identity while nothing changed. */
export interface TopologyScope {
  source: string;
  sourceReadOnly: boolean;
  standing: Standing;
  select: (key: EntityKey | undefined, route?: string) => void;
  toggleNamespace: (namespace: string) => void;
}

const ScopeContext = createContext<TopologyScope | undefined>(undefined);
export const TopologyScopeProvider = ScopeContext.Provider;

/** The screen the card is on. */
export function useTopologyScope(): TopologyScope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error('A topology card was drawn outside the topology screen.');
  return scope;
}
