'use client';
import { useEffect } from 'react';
import type { Action } from '@/lib/client/actions';
import { useOffer } from '@/lib/client/use-actions';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import { WHOLE } from './spec-of';

const NEXT_LAYER = { full: 'services', services: 'calls', calls: 'full' } as const;

/** Offers what changes the view to keys and palette, and takes the next object that is selected as the other end of a path. */
export function useViewActions(view: ViewState, setView: (patch: Partial<ViewState>) => void): void {
  const { t } = useSpeech();
  const { selected, from, to } = view;
  useEffect(() => {
    if (from !== undefined && to === undefined && selected !== undefined && selected !== from)
      setView({ to: selected });
  }, [from, to, selected, setView]);

  const onSelection = selected === undefined ? t('view.selectFirst') : true;
  const actions: Action[] = [
    {
      id: 'view-focus',
      label: 'view.action.focus',
      shortcut: 'o',
      enabled: onSelection,
      run: () => selected && setView({ focus: [selected] }),
    },
    {
      id: 'view-path',
      label: 'view.action.path',
      shortcut: 't',
      enabled: onSelection,
      run: () => setView({ from: selected, to: undefined }),
    },
    {
      id: 'view-layer',
      label: 'view.action.layer',
      shortcut: 'l',
      enabled: true,
      run: () => setView({ layer: NEXT_LAYER[view.layer] }),
    },
    {
      id: 'view-workloads',
      label: 'view.action.workloads',
      enabled: true,
      run: () => setView({ workloads: !view.workloads }),
    },
    { id: 'view-reset', label: 'view.reset', enabled: true, run: () => setView(WHOLE) },
  ];
  useOffer(actions);
}
