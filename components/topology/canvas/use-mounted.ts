'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { detailAt } from './detail';
import type { Scene } from './scene';

/** Up to so many cards and marks all are elements, wherever the camera is. */
export const MOUNT_ALL = 150;
/** How far beyond the screen cards are mounted, and how far they are kept, as shares of its size. */
export const AHEAD = 0.2;
const KEPT = 0.8;
/** Cards mounted at once: few while the camera moves, so that it moves smoothly; the painted card stands in until then. */
const STEP = { moving: 2, resting: 24 } as const;
const RESTING_AFTER_MS = 120;

type Ids = ReadonlySet<string>;
const NONE: Ids = new Set();

interface Camera {
  transform: readonly [number, number, number];
  width: number;
  height: number;
}

/** Indexes of what is on the screen, or beyond it by a share of its size. */
function around(scene: Scene, { transform: [x, y, zoom], width, height }: Camera, share: number): number[] {
  return scene.grid.within({
    x: (-x - width * share) / zoom,
    y: (-y - height * share) / zoom,
    width: (width * (1 + 2 * share)) / zoom,
    height: (height * (1 + 2 * share)) / zoom,
  });
}

function idsOf(scene: Scene, indexes: readonly number[]): Set<string> {
  return new Set(indexes.flatMap((index) => scene.items[index]?.id ?? []));
}

/** What is mounted next, and whether that is all; nearest to the middle of the screen first. */
function nextMounted(
  scene: Scene,
  camera: Camera,
  before: Ids,
  pinned: string | undefined,
  room: number,
): { ids: Ids; done: boolean } {
  const [x, y, zoom] = camera.transform;
  if (detailAt(zoom) !== 'cards') return { ids: NONE, done: true };
  const kept = idsOf(scene, around(scene, camera, KEPT));
  const next = new Set([...before].filter((id) => kept.has(id)));
  if (pinned !== undefined && scene.indexOf.has(pinned)) next.add(pinned);
  const middle = { x: (camera.width / 2 - x) / zoom, y: (camera.height / 2 - y) / zoom };
  const lacking = around(scene, camera, AHEAD)
    .flatMap((index) => {
      const box = scene.items[index];
      if (!box || next.has(box.id)) return [];
      const away = Math.abs(box.x + box.width / 2 - middle.x) + Math.abs(box.y + box.height / 2 - middle.y);
      return [{ id: box.id, away }];
    })
    .sort((a, b) => a.away - b.away);
  for (const { id } of lacking.slice(0, room)) next.add(id);
  const same = next.size === before.size && [...next].every((id) => before.has(id));
  return { ids: same ? before : next, done: lacking.length <= room };
}

/**
 * Which cards and marks are elements: all of a small mesh; of a large one those on and near the screen, mounted a few at a
 * time, and none where they are too small to be read. `pinned` is mounted wherever the camera is near enough to read.
 */
export function useMounted(scene: Scene, pinned: string | undefined): Ids {
  const store = useStoreApi();
  const [mounted, setMounted] = useState<Ids>(NONE);
  const small = scene.items.length <= MOUNT_ALL;
  const all = useMemo(() => (small ? new Set(scene.items.map(({ id }) => id)) : undefined), [scene, small]);

  useEffect(() => {
    if (small) return undefined;
    let due: number | undefined;
    let movedAt = -Infinity;
    const schedule = () => {
      due ??= requestAnimationFrame(step);
    };
    const step = () => {
      due = undefined;
      const camera = store.getState();
      if (camera.width === 0) return;
      const resting = performance.now() - movedAt > RESTING_AFTER_MS;
      setMounted((before) => {
        const { ids, done } = nextMounted(
          scene,
          camera,
          before,
          pinned,
          resting ? STEP.resting : STEP.moving,
        );
        // Asking twice for the next frame is asking once.
        if (!done) schedule();
        return ids;
      });
    };
    schedule();
    const unsubscribe = store.subscribe((now, before) => {
      const still =
        now.transform === before.transform && now.width === before.width && now.height === before.height;
      if (still) return;
      movedAt = performance.now();
      schedule();
    });
    return () => {
      unsubscribe();
      if (due !== undefined) cancelAnimationFrame(due);
    };
  }, [store, scene, small, pinned]);

  return all ?? mounted;
}
