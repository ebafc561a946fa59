'use client';
import type { PopoverProps } from '@cloudscape-design/components/popover';
import { memo, useRef } from 'react';
import { useTimeScope } from '@/components/activity/time-context';
import { useTelemetry, useTelemetryFeed, useTelemetryStore } from '@/lib/client/use-telemetry';
import type { OverlayView } from '@/lib/client/telemetry-view';
import { OverlayMenu } from './overlay-menu';
import type { OverlayMenuProps } from './overlay-menu';
import { ReplayBar } from './replay-bar';
import { useReplay, useReplayClock } from './use-replay';

export interface OverlayToolsProps {
  source: string;
  mesh: string;
  groups: OverlayMenuProps['groups'];
}

/** Asks what was measured and hands it to whoever draws it. Drawn anew with every answer; the screen around is not. */
export const OverlayTools = memo(function OverlayTools({
  source,
  mesh,
  groups,
  view,
  setView,
}: OverlayToolsProps & { view: OverlayView; setView: (patch: Partial<OverlayView>) => void }) {
  const paused = useTimeScope().paused !== undefined;
  const store = useTelemetryStore();
  const menu = useRef<PopoverProps.Ref>(null);
  const off = view.overlay === 'off';
  const asked = groups?.groups;
  const { replay, begin } = useReplay({ source, mesh, groups: asked, kept: view.replay, setView });
  const past = off ? undefined : replay;
  const state = useTelemetry({
    ...{ source, mesh, groups: asked },
    window: off ? undefined : (past?.step ?? view.window),
    held: view.held || paused || past !== undefined,
  });
  useTelemetryFeed(store, state);
  const window = state.answer?.window;
  useReplayClock(past, window);
  const onReplay = () => {
    if (!window) return;
    // The timeline takes the keyboard.
    menu.current?.dismiss();
    begin(window);
  };
  const onLeave = () => {
    past?.leave();
    menu.current?.focus();
  };
  return (
    <>
      <OverlayMenu
        ref={menu}
        view={view}
        setView={setView}
        state={state}
        paused={paused}
        groups={groups}
        onReplay={window && !past ? onReplay : undefined}
      />
      {past && <ReplayBar replay={past} onLeave={onLeave} />}
    </>
  );
});
