/** Paints away from the main thread: a scene is sent once, then a picture is asked for again and again. */
import { paint } from './paint';
import type { Palette, PaintScene, PaintView } from './paint-types';

export type PaintMessage =
  { type: 'scene'; scene: PaintScene } | { type: 'paint'; id: number; view: PaintView; palette: Palette };

export interface PaintReply {
  id: number;
  picture: ImageBitmap;
}

let scene: PaintScene | undefined;
let canvas: OffscreenCanvas | undefined;

self.onmessage = ({ data }: MessageEvent<PaintMessage>) => {
  if (data.type === 'scene') {
    scene = data.scene;
    return;
  }
  const width = Math.max(1, Math.round(data.view.width * data.view.ratio));
  const height = Math.max(1, Math.round(data.view.height * data.view.ratio));
  canvas ??= new OffscreenCanvas(width, height);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures outside the page.');
  if (scene) paint(context, scene, data.view, data.palette);
  const picture = canvas.transferToImageBitmap();
  const reply: PaintReply = { id: data.id, picture };
  self.postMessage(reply, { transfer: [picture] });
};
