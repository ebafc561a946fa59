'use client';
/** Everything about time on the topology screen: pause, highlight, marked moments and their comparison. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Paused } from '@/lib/client/pause';
import type { ChangeFeed, ChangeLog } from '@/lib/client/changes';
import { createMarkStore } from '@/lib/client/changes-marks';
import type { MarkStore } from '@/lib/client/changes-marks';
import { markMoment } from '@/lib/client/changes-moments';
import type { MarkedMoment } from '@/lib/client/changes-moments';
import type { Ghost, Picture } from '@/lib/client/picture';
import { useChangeFeed, useHighlight } from '@/lib/client/use-changes';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import type { ViewState } from '@/lib/client/view-state';
import type { ChangeKind } from '@/lib/mesh/changes/words';
import type { EntityKey } from '@/lib/mesh/keys';
import { comparedCards, comparedGhosts, compareMoments } from './comparison';
import type { Comparison, Point } from './comparison';
import { ofKinds } from './visible-changes';

/** A moment to compare with: the first picture, a marked one, or what is shown now. */
export type PointId = 'opened' | 'now' | number;

export interface Time {
  log: ChangeLog;
  feed: ChangeFeed;
  paused: Paused | undefined;
  setPaused: (on: boolean) => void;
  marks: MarkStore;
  minutes: number;
  all: boolean;
  highlight: (minutes: number, all: boolean) => void;
  /** Fields of these kinds are told, in the feed and in a comparison. */
  kinds: ReadonlySet<ChangeKind>;
  setKinds: (kinds: ReadonlySet<ChangeKind>) => void;
  pane: ViewState['activity'];
  setPane: (pane: ViewState['activity']) => void;
  moments: readonly MarkedMoment[];
  /** Keeps what is shown now; undefined before anything is. */
  mark: (() => void) | undefined;
  points: readonly [from: PointId, to: PointId];
  choosePoints: (from: PointId, to: PointId) => void;
  /** Undefined unless two moments are being compared. */
  comparison: Comparison | undefined;
}

/** What somebody did, and what came of it; a rollout's pods would fill the pane. */
const USUAL: ReadonlySet<ChangeKind> = new Set(['spec', 'finding']);
const NO_GHOSTS: ReadonlyMap<EntityKey, Ghost> = new Map();
const NO_MARKS = new Map<EntityKey, never>();

function pointOf(
  id: PointId,
  opened: Point | undefined,
  moments: readonly MarkedMoment[],
  shown: Picture | undefined,
): Point | undefined {
  if (id === 'now') return shown && { at: undefined, picture: shown };
  // A moment that fell off leaves the one that never does.
  return id === 'opened' ? opened : (moments.find((each) => each.id === id) ?? opened);
}

/** Wires the stream and the view to time. `ghosts` are those of the stream and of the comparison together. */
export function useTime(
  stream: MeshStream,
  view: ViewState,
  setView: (patch: Partial<ViewState>) => void,
): { time: Time; ghosts: ReadonlyMap<EntityKey, Ghost> } {
  const { changes: log, paused, setPaused, picture } = stream;
  const feed = useChangeFeed(log);
  const { opened } = feed;
  const [marks] = useState(createMarkStore);
  const [moments, setMoments] = useState<readonly MarkedMoment[]>([]);
  const [points, setPoints] = useState<readonly [PointId, PointId]>(['opened', 'now']);
  const [kinds, setKinds] = useState(USUAL);
  const { changedMinutes: minutes, changedAll: all, activity: pane } = view;
  useHighlight(marks, log, { minutes, all }, paused !== undefined);

  const comparison = useMemo(() => {
    if (pane !== 'compare') return undefined;
    const from = pointOf(points[0], opened, moments, picture);
    const to = pointOf(points[1], opened, moments, picture);
    return from && to ? compareMoments(from, to) : undefined;
  }, [pane, points, opened, moments, picture]);
  useEffect(() => {
    marks.compare(comparison ? comparedCards(ofKinds(comparison.objects, kinds)) : NO_MARKS);
  }, [marks, comparison, kinds]);
  const gone = useMemo(
    () => (comparison && picture ? comparedGhosts(comparison, picture) : NO_GHOSTS),
    [comparison, picture],
  );
  const ghosts = useMemo(
    () => (gone.size === 0 ? stream.ghosts : new Map([...gone, ...stream.ghosts])),
    [gone, stream.ghosts],
  );

  const highlight = useCallback(
    (changedMinutes: number, changedAll: boolean) => setView({ changedMinutes, changedAll }),
    [setView],
  );
  const setPane = useCallback((activity: ViewState['activity']) => setView({ activity }), [setView]);
  const choosePoints = useCallback((from: PointId, to: PointId) => setPoints([from, to]), []);
  const mark = useMemo(
    () =>
      picture &&
      (() => {
        setMoments((before) => markMoment(before, picture, paused?.since ?? Date.now()));
      }),
    [picture, paused?.since],
  );
  const time: Time = {
    ...{ log, feed, paused, setPaused, marks, minutes, all, highlight },
    ...{ kinds, setKinds, pane, setPane, moments, mark, points, choosePoints, comparison },
  };
  return { time, ghosts };
}
