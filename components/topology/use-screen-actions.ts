'use client';
import { useEffect, useMemo, useRef } from 'react';
import type { Action, Destination } from '@/lib/client/actions';
import { useOffer } from '@/lib/client/use-actions';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { TopologyNode } from '@/lib/mesh/topology';
import { nameOf, namespaceOf } from './card-size';

export interface ScreenActions {
  view: ViewState;
  setView: (patch: Partial<ViewState>) => void;
  /** The objects of the mesh, and what the view draws beside them: hosts, and workloads where asked for. */
  nodes: ReadonlyMap<EntityKey, TopologyNode> | undefined;
  drawn: ReadonlyMap<EntityKey, TopologyNode> | undefined;
  narrow: boolean;
  focusSearch: () => void;
  fit: () => void;
  tidy: () => void;
  collapseAll: (collapsed: boolean) => void;
  choose: (key: EntityKey) => void;
}

/** Offers what can be done on the topology screen, and every object as a place to go. */
export function useScreenActions(screen: ScreenActions): void {
  const { t } = useSpeech();
  const { view, setView, nodes, drawn, narrow, choose } = screen;
  const { selected, route } = view;
  const last = useRef<Pick<ViewState, 'selected' | 'route'>>({ selected: undefined, route: undefined });
  useEffect(() => {
    if (selected !== undefined) last.current = { selected, route };
  }, [selected, route]);

  const graph = view.view === 'graph' && !narrow;
  const onGraph = graph ? true : t('topology.action.graphOnly');
  const actions: Action[] = [
    { id: 'search', label: 'topology.search', shortcut: '/', enabled: true, run: screen.focusSearch },
    { id: 'fit', label: 'topology.fitHint', shortcut: 'f', enabled: onGraph, run: screen.fit },
    {
      id: 'list-pane',
      label: 'topology.action.listPane',
      shortcut: '[',
      enabled: onGraph,
      run: () => setView({ listPane: !view.listPane }),
    },
    {
      id: 'inspector',
      label: 'topology.action.inspector',
      shortcut: ']',
      enabled: true,
      run: () => setView(selected === undefined ? last.current : { selected: undefined, route: undefined }),
    },
    {
      id: 'back',
      label: 'shell.help.back',
      shortcut: 'Escape',
      enabled: true,
      run: () => setView({ selected: undefined, route: undefined }),
    },
    { id: 'tidy', label: 'topology.tidyHint', enabled: onGraph, run: screen.tidy },
    {
      id: 'expand-all',
      label: 'topology.expandAllHint',
      enabled: onGraph,
      run: () => screen.collapseAll(false),
    },
    {
      id: 'collapse-all',
      label: 'topology.collapseAllHint',
      enabled: onGraph,
      run: () => screen.collapseAll(true),
    },
    {
      id: 'view',
      label: graph ? 'topology.action.asList' : 'topology.action.asGraph',
      enabled: narrow ? t('topology.list.narrow') : true,
      run: () => setView({ view: graph ? 'list' : 'graph' }),
    },
  ];
  const destinations = useMemo(
    () =>
      [...new Map([...(nodes ?? []), ...(drawn ?? [])]).values()].map((node): Destination => ({
        id: node.key,
        name: [namespaceOf(node), nameOf(node)].filter(Boolean).join('/'),
        kind: `topology.kind.${node.kind}`,
        run: () => choose(node.key),
      })),
    [nodes, drawn, choose],
  );
  useOffer(actions, destinations);
}
