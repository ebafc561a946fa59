'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useMarks } from '@/lib/client/use-changes';
import { useLook, useTelemetryAnswer, useTelemetryStore } from '@/lib/client/use-telemetry';
import { detailAt } from './detail';
import { paintSceneOf } from './paint-types';
import type { PaintView } from './paint-types';
import { createPainter } from './painter';
import type { Painter } from './painter';
import { usePalette } from './palette';
import type { Scene } from './scene';
import { AHEAD } from './use-mounted';
import styles from './canvas.module.css';

/** How far beyond each side of the screen is painted, as a share of its size: so far can be moved without new paint. */
const MARGIN = 0.35;

/**
 * The picture behind the cards: everything that is too far away, too small or not yet there as an element. It is painted
 * away from this thread; while the camera moves, the last picture moves with it and a sharp one follows.
 */
export function Terrain({
  scene,
  faint,
  wanted,
}: {
  scene: Scene;
  faint: boolean;
  /** False where every card is an element anyway and is near enough to be seen. */
  wanted: (zoom: number) => boolean;
}) {
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter>(undefined);
  const telemetry = useTelemetryAnswer()?.telemetry;
  const { edge } = useTelemetryStore();
  const look = useLook();
  const marks = useMarks();
  const shown = useMemo(
    () => paintSceneOf(scene, telemetry && { telemetry, edge, look }, marks),
    [scene, telemetry, edge, look, marks],
  );
  const palette = usePalette();
  const repaint = useRef<(anew: boolean) => void>(() => undefined);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    let painted: PaintView | undefined;
    const place = () => {
      if (!painted) return;
      const [x, y, zoom] = store.getState().transform;
      const scale = zoom / painted.zoom;
      element.style.transform = `translate(${x + painted.x * zoom}px, ${y + painted.y * zoom}px) scale(${scale})`;
    };
    painter.current = createPainter(element, (view) => {
      painted = view;
      element.style.width = `${view.width}px`;
      element.style.height = `${view.height}px`;
      element.dataset['detail'] = view.detail;
      place();
    });
    const unsubscribe = store.subscribe((now, before) => {
      if (now.transform === before.transform && now.width === before.width && now.height === before.height)
        return;
      place();
      repaint.current(false);
    });
    return () => {
      unsubscribe();
      painter.current?.close();
      painter.current = undefined;
    };
  }, [store]);

  useEffect(() => {
    let asked: PaintView | undefined;
    repaint.current = (anew) => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const element = canvas.current;
      if (!element || width === 0 || height === 0) return;
      const visible = wanted(zoom);
      element.hidden = !visible;
      if (!visible) {
        asked = undefined;
        return;
      }
      const [left, top] = [-x / zoom, -y / zoom];
      const covered =
        asked?.zoom === zoom &&
        left >= asked.x &&
        top >= asked.y &&
        left + width / zoom <= asked.x + asked.width / zoom &&
        top + height / zoom <= asked.y + asked.height / zoom;
      if (covered && !anew) return;
      // Whole pixels: a picture that is moved by whole pixels is copied, not sampled.
      const [across, down] = [Math.round(width * MARGIN), Math.round(height * MARGIN)];
      asked = {
        x: left - across / zoom,
        y: top - down / zoom,
        zoom,
        width: Math.ceil(width) + 2 * across,
        height: Math.ceil(height) + 2 * down,
        ratio: Math.min(2, window.devicePixelRatio),
        detail: detailAt(zoom),
        elements: {
          x: left - (width * AHEAD) / zoom,
          y: top - (height * AHEAD) / zoom,
          width: (width * (1 + 2 * AHEAD)) / zoom,
          height: (height * (1 + 2 * AHEAD)) / zoom,
        },
        faint,
        names: true,
        opaque: true,
      };
      painter.current?.paint(asked, palette);
    };
    repaint.current(true);
  }, [store, palette, faint, wanted]);

  useEffect(() => {
    painter.current?.show(shown);
    repaint.current(true);
  }, [shown]);

  return <canvas ref={canvas} className={styles.terrain} aria-hidden="true" />;
}
