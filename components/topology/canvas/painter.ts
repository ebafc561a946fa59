/** Whoever paints: a worker, or, where the browser has no canvas outside the page, this thread. */
import { paint } from './paint';
import type { Palette, PaintScene, PaintView } from './paint-types';
import type { PaintMessage, PaintReply } from './paint.worker';

export interface Painter {
  /** What pictures are painted of from now on. */
  show(scene: PaintScene): void;
  /**
   * Asks for a picture. Only the newest question counts while one is being painted: the answers to those in between never
   * come. `done` gets the view that was painted.
   */
  paint(view: PaintView, palette: Palette): void;
  close(): void;
}

type Done = (view: PaintView) => void;

/** Paints onto `canvas`, whose size in device pixels follows the view. */
export function createPainter(canvas: HTMLCanvasElement, done: Done): Painter {
  return typeof OffscreenCanvas === 'undefined' ? paintHere(canvas, done) : paintAway(canvas, done);
}

function paintAway(canvas: HTMLCanvasElement, done: Done): Painter {
  const worker = new Worker(new URL('./paint.worker.ts', import.meta.url), { type: 'module' });
  const surface = canvas.getContext('bitmaprenderer');
  const post = (message: PaintMessage, transfer: Transferable[] = []) =>
    worker.postMessage(message, transfer);
  let id = 0;
  let running: PaintView | undefined;
  let next: { view: PaintView; palette: Palette } | undefined;
  const begin = (view: PaintView, palette: Palette) => {
    running = view;
    id += 1;
    post({ type: 'paint', id, view, palette });
  };
  worker.onmessage = ({ data }: MessageEvent<PaintReply>) => {
    const view = running;
    running = undefined;
    surface?.transferFromImageBitmap(data.picture);
    if (view) done(view);
    const waiting = next;
    next = undefined;
    if (waiting) begin(waiting.view, waiting.palette);
  };
  return {
    show: (scene) => post({ type: 'scene', scene }),
    paint(view, palette) {
      if (running) next = { view, palette };
      else begin(view, palette);
    },
    close: () => worker.terminate(),
  };
}

function paintHere(canvas: HTMLCanvasElement, done: Done): Painter {
  const context = canvas.getContext('2d');
  let scene: PaintScene | undefined;
  return {
    show: (now) => {
      scene = now;
    },
    paint(view, palette) {
      canvas.width = Math.round(view.width * view.ratio);
      canvas.height = Math.round(view.height * view.ratio);
      if (context && scene) paint(context, scene, view, palette);
      done(view);
    },
    close: () => undefined,
  };
}
