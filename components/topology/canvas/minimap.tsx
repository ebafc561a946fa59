'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { PointerEvent } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import { paintSceneOf } from './paint-types';
import { createPainter } from './painter';
import type { Painter } from './painter';
import { usePalette } from './palette';
import type { Scene } from './scene';
import styles from './canvas.module.css';

const SIZE = { width: 168, height: 116 } as const;
const PADDING = 4;

/** How the whole scene fits into the map: the zoom, and the canvas point at its top left corner. */
function frameOf(scene: Scene): { x: number; y: number; zoom: number } {
  const { bounds } = scene;
  if (!bounds) return { x: 0, y: 0, zoom: 1 };
  const zoom = Math.min(
    (SIZE.width - 2 * PADDING) / Math.max(1, bounds.width),
    (SIZE.height - 2 * PADDING) / Math.max(1, bounds.height),
  );
  return {
    x: bounds.x + bounds.width / 2 - SIZE.width / 2 / zoom,
    y: bounds.y + bounds.height / 2 - SIZE.height / 2 / zoom,
    zoom,
  };
}

/** The whole scene in a corner, and what of it is on the screen. A press or a drag moves the camera there. */
export function Minimap({ scene }: { scene: Scene }) {
  const { t } = useSpeech();
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const seen = useRef<HTMLSpanElement>(null);
  const painter = useRef<Painter>(undefined);
  const palette = usePalette();
  const frame = useMemo(() => frameOf(scene), [scene]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const made = createPainter(element, () => undefined);
    painter.current = made;
    return () => made.close();
  }, []);

  useEffect(() => {
    painter.current?.show(paintSceneOf(scene));
    const ratio = Math.min(2, window.devicePixelRatio);
    painter.current?.paint(
      { ...frame, ...SIZE, ratio, detail: 'dots', faint: false, names: false, opaque: false },
      palette,
    );
  }, [scene, frame, palette]);

  useEffect(() => {
    const place = () => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const element = seen.current;
      if (!element || width === 0) return;
      const scale = frame.zoom / zoom;
      element.style.transform = `translate(${(-x / zoom - frame.x) * frame.zoom}px, ${(-y / zoom - frame.y) * frame.zoom}px)`;
      element.style.width = `${width * scale}px`;
      element.style.height = `${height * scale}px`;
    };
    place();
    return store.subscribe((now, before) => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height)
        place();
    });
  }, [store, frame]);

  const go = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { setCenter, transform } = store.getState();
    void setCenter(
      frame.x + (event.clientX - box.left) / frame.zoom,
      frame.y + (event.clientY - box.top) / frame.zoom,
      { zoom: transform[2], duration: 0 },
    );
  };

  return (
    <div
      className={styles.minimap}
      style={SIZE}
      role="img"
      aria-label={t('topology.minimap')}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        // Whoever drags the canvas and comes over the map does not mean the map.
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
      }}
    >
      <canvas ref={canvas} style={SIZE} aria-hidden="true" />
      <span ref={seen} className={styles.seen} />
    </div>
  );
}
