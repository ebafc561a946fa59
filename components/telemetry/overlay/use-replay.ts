'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import { telemetryOptions } from '@/lib/client/queries';
import { replaySteps, shownFor } from '@/lib/client/replay-steps';
import type { ReplayStep, Speed } from '@/lib/client/replay-steps';

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

/** The past, a step at a time; undefined while the present is shown. `begin` starts at the oldest step of a window. */
export function useReplay(
  source: string,
  mesh: string,
  groups: readonly string[] | undefined,
): { replay: Replay | undefined; begin: (window: TelemetryAnswer['window']) => void } {
  const [steps, setSteps] = useState<readonly ReplayStep[]>([]);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const client = useQueryClient();
  const [step, next] = [steps[at], steps[at + 1]];

  useEffect(() => {
    if (next) void client.prefetchQuery(telemetryOptions(source, mesh, next, groups, true));
  }, [client, source, mesh, next, groups]);

  const begin = useCallback((window: TelemetryAnswer['window']) => {
    setSteps(replaySteps(window));
    setAt(0);
    setPlaying(false);
  }, []);
  const show = (to: number) => setAt(Math.max(0, Math.min(steps.length - 1, to)));
  const play = (on: boolean) => {
    if (on && at + 1 >= steps.length) setAt(0);
    setPlaying(on);
  };
  const leave = () => {
    setSteps([]);
    setPlaying(false);
  };
  const replay = step && { steps, at, step, playing, speed, show, play, setSpeed, leave };
  return { replay, begin };
}

/** Moves a replay on while it plays: a step is shown for its time once its figures (`shown`) are there. */
export function useReplayClock(
  replay: Replay | undefined,
  shown: TelemetryAnswer['window'] | undefined,
): void {
  const there = replay?.playing === true && shown?.toMs === replay.step.toMs;
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
