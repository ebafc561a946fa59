'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { detailAt } from './detail';
import type { HoverStore } from './hover-store';
import { neighbourhood } from './neighbours';
import type { Palette } from './paint-types';
import { usePalette } from './palette';
import type { Scene } from './scene';
import styles from './canvas.module.css';

interface Lit {
  id: string;
  strong: boolean;
}

/**
 * Lines and outlines over everything: what the pointer is on, and what is selected, with whom each is connected. Its cost is
 * that of the neighbourhood, not of the mesh.
 */
export function Highlight({
  scene,
  hover,
  selected,
}: {
  scene: Scene;
  hover: HoverStore;
  selected: string | undefined;
}) {
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return undefined;
    let drawn = false;
    const draw = () => {
      const { width, height, transform } = store.getState();
      const hovered = hover.get();
      const lit: Lit[] = [];
      // With whole cards the selection is marked on the elements themselves.
      if (selected !== undefined && detailAt(transform[2]) !== 'cards')
        lit.push({ id: selected, strong: true });
      if (hovered !== undefined && hovered !== selected) lit.push({ id: hovered, strong: false });
      if (lit.length === 0 && !drawn) return;
      element.hidden = lit.length === 0;
      const ratio = Math.min(2, window.devicePixelRatio);
      const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (element.width !== w) element.width = w;
      if (element.height !== h) element.height = h;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      for (const each of lit) trace(context, scene, each, transform, palette);
      drawn = lit.length > 0;
      element.dataset['item'] = hovered ?? '';
    };
    draw();
    const unsubscribe = [
      hover.subscribe(draw),
      store.subscribe((now, before) => {
        if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height)
          draw();
      }),
    ];
    return () => unsubscribe.forEach((stop) => stop());
  }, [store, scene, hover, selected, palette]);

  return <canvas ref={canvas} className={styles.highlight} aria-hidden="true" hidden />;
}

function trace(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { id, strong }: Lit,
  [x, y, zoom]: [number, number, number],
  palette: Palette,
): void {
  const start = scene.indexOf.get(id);
  if (start === undefined) return;
  const { items, edges } = neighbourhood(scene, start);
  context.strokeStyle = palette.accent;
  context.lineWidth = strong ? 2 : 1.5;
  context.globalAlpha = strong ? 0.9 : 0.7;
  context.beginPath();
  for (const at of edges) {
    const edge = scene.edges[at];
    if (!edge) continue;
    const [x1, y1] = [edge.x1 * zoom + x, edge.y1 * zoom + y];
    const [x2, y2] = [edge.x2 * zoom + x, edge.y2 * zoom + y];
    const bend = Math.max(12 * zoom, Math.abs(x2 - x1) / 2);
    context.moveTo(x1, y1);
    context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
  }
  context.stroke();
  context.globalAlpha = 1;
  for (const index of items) {
    const box = scene.items[index];
    if (!box) continue;
    context.lineWidth = index === start ? 3 : 1.5;
    context.beginPath();
    const [w, h] = [Math.max(5, box.width * zoom), Math.max(5, box.height * zoom)];
    context.roundRect(box.x * zoom + x - 2, box.y * zoom + y - 2, w + 4, h + 4, Math.min(10, h / 4));
    context.stroke();
  }
}
