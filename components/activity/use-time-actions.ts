'use client';
import type { Action } from '@/lib/client/actions';
import { useOffer } from '@/lib/client/use-actions';
import { useSpeech } from '@/lib/i18n/react';
import type { Time } from './use-time';

/** Offers pause, changes, marking and comparing to keys, palette and help. */
export function useTimeActions({ paused, setPaused, pane, setPane, mark }: Time): void {
  const { t } = useSpeech();
  const shown = mark ? true : t('activity.action.nothing');
  const actions: Action[] = [
    {
      id: 'pause',
      label: 'activity.action.pause',
      shortcut: 'p',
      enabled: shown,
      run: () => setPaused(!paused),
    },
    {
      id: 'changes',
      label: 'activity.action.changes',
      shortcut: 'c',
      enabled: true,
      run: () => setPane(pane === 'changes' ? undefined : 'changes'),
    },
    { id: 'mark', label: 'activity.action.mark', shortcut: 'm', enabled: shown, run: () => mark?.() },
    {
      id: 'compare',
      label: 'activity.action.compare',
      enabled: true,
      run: () => setPane(pane === 'compare' ? undefined : 'compare'),
    },
  ];
  useOffer(actions);
}
