'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import { telemetryOptions } from '@/lib/client/queries';
import { replaySteps, shownFor } from '@/lib/client/replay-steps';
import type { ReplayStep, Speed } from '@/lib/client/replay-steps';
import type { OverlayView, Replayed } from '@/lib/client/telemetry-view';
import { useSeen } from '@/lib/client/use-seen';

export interface Replay {
  steps: readonly ReplayStep[];
  /** Index of the step that is shown. */
  at: number;
  step: ReplayStep;
  playing: boolean;
  speed: Speed;
  show: (at: number) => void;
  play: (on: boolean) => void;
  setSpeed: (speed: Speed) => void;
  leave: () => void;
}

interface Replaying {
  source: string;
  mesh: string;
  groups: readonly string[] | undefined;
  /** What the URL says is replayed. */
  kept: Replayed | undefined;
  setView: (patch: Partial<OverlayView>) => void;
}

/** A step that was shown so long is put into the URL: browsers allow it to change only so often. */
const SETTLED_MS = 400;

/** The past, a step at a time; undefined while the present is shown. `begin` starts at the oldest step of a window. */
export function useReplay({ source, mesh, groups, kept, setView }: Replaying): {
  replay: Replay | undefined;
  begin: (window: TelemetryAnswer['window']) => void;
} {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const steps = useSteps(kept?.window);
  const [moved, setMoved] = useState({ at: 0, of: steps });
  const at = moved.of === steps ? moved.at : (kept?.at ?? 0);
  const client = useQueryClient();
  const seen = useSeen();
  const [step, next] = [steps[at], steps[at + 1]];

  useEffect(() => {
    if (next && seen) void client.prefetchQuery(telemetryOptions(source, mesh, next, groups, true));
  }, [client, source, mesh, next, groups, seen]);
  useEffect(() => {
    if (!kept || kept.at === at) return undefined;
    const timer = setTimeout(() => setView({ replay: { window: kept.window, at } }), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [kept, at, setView]);

  const show = (to: number) => setMoved({ at: Math.max(0, Math.min(steps.length - 1, to)), of: steps });
  const play = (on: boolean) => {
    if (on && at + 1 >= steps.length) show(0);
    setPlaying(on);
  };
  const leave = () => {
    setPlaying(false);
    setView({ replay: undefined });
  };
  const begin = ({ fromMs, toMs, stepSeconds }: TelemetryAnswer['window']) => {
    setPlaying(false);
    setView({ replay: { window: { fromMs, toMs, stepSeconds }, at: 0 } });
  };
  const replay = step && { steps, at, step, playing, speed, show, play, setSpeed, leave };
  return { replay, begin };
}

const NONE: readonly ReplayStep[] = [];

/** The same steps while the window is the same, however often the URL is read. */
function useSteps(window: Replayed['window'] | undefined): readonly ReplayStep[] {
  const { fromMs, toMs, stepSeconds } = window ?? {};
  return useMemo(
    () =>
      fromMs === undefined || toMs === undefined || stepSeconds === undefined
        ? NONE
        : replaySteps({ fromMs, toMs, stepSeconds }),
    [fromMs, toMs, stepSeconds],
  );
}

/** Moves a replay on while it plays and is seen: a step is shown for its time once its figures (`shown`) are there. */
export function useReplayClock(
  replay: Replay | undefined,
  shown: TelemetryAnswer['window'] | undefined,
): void {
  const seen = useSeen();
  const there = seen && replay?.playing === true && shown?.toMs === replay.step.toMs;
  const latest = useRef(replay);
  useEffect(() => {
    latest.current = replay;
  });
  const [at, speed] = [replay?.at, replay?.speed];
  useEffect(() => {
    if (!there || speed === undefined) return undefined;
    const timer = setTimeout(() => {
      const now = latest.current;
      if (now && now.at + 1 < now.steps.length) now.show(now.at + 1);
      else now?.play(false);
    }, shownFor(speed));
    return () => clearTimeout(timer);
  }, [there, at, speed]);
}
