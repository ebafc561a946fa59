'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { Hop } from '@/lib/mesh/routing/trail';
import { detailAt } from './detail';
import type { HoverStore } from './hover-store';
import { neighbourhood } from './neighbours';
import type { Palette } from './paint-types';
import { usePalette } from './palette';
import type { Scene } from './scene';
import { trailIn } from './trail';
import type { SceneTrail } from './trail';
import styles from './canvas.module.css';

interface Lit {
  id: string;
  strong: boolean;
}

/**
 * Lines and outlines over everything: what the pointer is on, and what is selected, with whom each is connected. Its cost is
 * that of the neighbourhood, not of the mesh. The way of a request that is looked at is drawn over both.
 */
export function Highlight({
  scene,
  hover,
  selected,
  trail: hops,
}: {
  scene: Scene;
  hover: HoverStore;
  selected: string | undefined;
  trail: readonly Hop[] | undefined;
}) {
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const trail = useMemo(() => hops && trailIn(scene, hops), [scene, hops]);

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
      const empty = lit.length === 0 && trail === undefined;
      element.dataset['trail'] = trail?.items.map((index) => scene.items[index]?.id ?? '').join(' ') ?? '';
      if (empty && !drawn) return;
      element.hidden = empty;
      const ratio = Math.min(2, window.devicePixelRatio);
      const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (element.width !== w) element.width = w;
      if (element.height !== h) element.height = h;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      for (const each of lit) trace(context, scene, each, transform, palette);
      if (trail) follow(context, scene, trail, transform, palette);
      drawn = !empty;
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
  }, [store, scene, hover, selected, trail, palette]);

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
  for (const at of edges) curve(context, scene, at, [x, y, zoom]);
  context.stroke();
  context.globalAlpha = 1;
  for (const index of items) {
    context.lineWidth = index === start ? 3 : 1.5;
    outline(context, scene, index, [x, y, zoom]);
  }
}

function curve(
  context: CanvasRenderingContext2D,
  scene: Scene,
  at: number,
  [x, y, zoom]: [number, number, number],
): void {
  const edge = scene.edges[at];
  if (!edge) return;
  const [x1, y1] = [edge.x1 * zoom + x, edge.y1 * zoom + y];
  const [x2, y2] = [edge.x2 * zoom + x, edge.y2 * zoom + y];
  const bend = Math.max(12 * zoom, Math.abs(x2 - x1) / 2);
  context.moveTo(x1, y1);
  context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
}

function outline(
  context: CanvasRenderingContext2D,
  scene: Scene,
  index: number,
  [x, y, zoom]: [number, number, number],
): void {
  const box = scene.items[index];
  if (!box) return;
  context.beginPath();
  const [w, h] = [Math.max(5, box.width * zoom), Math.max(5, box.height * zoom)];
  context.roundRect(box.x * zoom + x - 2, box.y * zoom + y - 2, w + 4, h + 4, Math.min(10, h / 4));
  context.stroke();
}

/** The way of a request: lines broader than those of any edge. */
function follow(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { items, edges }: SceneTrail,
  transform: [number, number, number],
  palette: Palette,
): void {
  context.strokeStyle = palette.accent;
  context.lineCap = 'round';
  context.lineWidth = Math.max(2.5, 5 * transform[2]);
  context.globalAlpha = 0.85;
  context.beginPath();
  for (const at of edges) curve(context, scene, at, transform);
  context.stroke();
  context.globalAlpha = 1;
  context.lineWidth = 2.5;
  for (const index of items) outline(context, scene, index, transform);
}
