/** Draws a scene on a canvas, on the main thread or in a worker: outlines and names from afar, dots from further. */
import { EDGE_STYLES, FLAGS, KINDS, TONES } from './paint-types';
import type { Palette, PaintScene, PaintView } from './paint-types';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Sizes on the screen, in its pixels. */
const TEXT = { name: 11, group: 13, line: 15 } as const;
const SMALLEST_DOT = 3;
const SMALLEST_TROUBLE = 6;
const SMALLEST_MARK = 9;

interface Pen {
  context: Context;
  scene: PaintScene;
  view: PaintView;
  palette: Palette;
  /** Canvas to screen. */
  px: (x: number) => number;
  py: (y: number) => number;
}

/** Paints the part of the scene that `view` names. What lies outside costs a comparison. */
export function paint(context: Context, scene: PaintScene, view: PaintView, palette: Palette): void {
  const { zoom, ratio, width, height } = view;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (view.opaque) {
    context.fillStyle = palette.surface;
    context.fillRect(0, 0, width, height);
  } else context.clearRect(0, 0, width, height);
  const pen: Pen = {
    context,
    scene,
    view,
    palette,
    px: (x) => (x - view.x) * zoom,
    py: (y) => (y - view.y) * zoom,
  };
  paintGroups(pen);
  paintEdges(pen);
  if (view.detail === 'dots') paintDots(pen);
  else paintOutlines(pen);
  if (view.detail !== 'cards') paintMarks(pen);
  if (view.names && view.detail !== 'cards') paintGroupNames(pen);
  context.setTransform(1, 0, 0, 1, 0, 0);
}

function paintGroups({ context, scene, view, palette, px, py }: Pen): void {
  if (view.detail === 'cards') return; // drawn as elements, with their buttons
  context.lineWidth = 1;
  context.strokeStyle = palette.border;
  context.fillStyle = palette.muted;
  for (const { x, y, width, height } of scene.groups) {
    const [left, top, w, h] = [px(x), py(y), width * view.zoom, height * view.zoom];
    if (left > view.width || top > view.height || left + w < 0 || top + h < 0) continue;
    context.beginPath();
    context.roundRect(left, top, w, h, Math.min(14, w / 8, h / 8));
    context.globalAlpha = 0.07;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }
}

function groupName(pen: Pen, group: PaintScene['groups'][number]): void {
  const { context, view, palette, px, py } = pen;
  const width = group.width * view.zoom;
  const full = `${group.name}  ${group.cards}`;
  const text = fitted(context, full, width - 10);
  // A name of three letters says no more than none.
  if (text === '' || (text !== full && text.length < 5)) return;
  const [left, top] = [px(group.x) + 5, py(group.y) + 2];
  const wide = context.measureText(text).width;
  context.globalAlpha = 0.82;
  context.fillStyle = palette.surface;
  context.fillRect(left - 3, top, wide + 6, TEXT.line + 2);
  context.globalAlpha = 1;
  context.fillStyle = palette.text;
  context.fillText(text, left, top + TEXT.line / 2 + 1);
}

function paintGroupNames(pen: Pen): void {
  pen.context.font = `600 ${TEXT.group}px ${pen.palette.font}`;
  pen.context.textBaseline = 'middle';
  for (const group of pen.scene.groups) {
    const [left, top] = [pen.px(group.x), pen.py(group.y)];
    const right = left + group.width * pen.view.zoom;
    if (left > pen.view.width || right < 0 || top > pen.view.height || top < -TEXT.line) continue;
    groupName(pen, group);
  }
}

/** A text cut to a width, with an ellipsis; '' where not even that fits. */
function fitted(context: Context, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const each = context.measureText(text).width / text.length;
  const fits = Math.floor(width / each) - 1;
  return fits < 1 ? '' : `${text.slice(0, fits)}…`;
}

/** A name in one line, or in two where it is too long for one, broken after a dash where that fits. */
function inTwo(context: Context, text: string, width: number): string[] {
  const wide = context.measureText(text).width;
  if (wide <= width) return [text];
  const most = Math.max(1, Math.floor((width / wide) * text.length));
  const dash = text.lastIndexOf('-', most - 1);
  const at = dash > most / 3 ? dash + 1 : most;
  return [text.slice(0, at), fitted(context, text.slice(at), width)];
}

/** Whether an item is an element, as an edge between two of them is. */
function isElement({ scene, view: { detail, elements } }: Pen, item: number): boolean {
  if (detail !== 'cards' || elements === undefined) return false;
  const { boxes } = scene;
  const [x = 0, y = 0] = [boxes[item * 4], boxes[item * 4 + 1]];
  const [w = 0, h = 0] = [boxes[item * 4 + 2], boxes[item * 4 + 3]];
  return (
    x <= elements.x + elements.width &&
    y <= elements.y + elements.height &&
    x + w >= elements.x &&
    y + h >= elements.y
  );
}

/** How many ends of an edge are elements. */
const elementsAt = (pen: Pen, n: number): number => {
  const { joins } = pen.scene;
  return Number(isElement(pen, joins[n * 2] ?? 0)) + Number(isElement(pen, joins[n * 2 + 1] ?? 0));
};

function paintEdges(pen: Pen): void {
  const { context, scene, view, palette } = pen;
  const { styles, heats, widths } = scene;
  // The more lines there are, the fainter each, so that a mass of them stays a tint.
  const crowd = Math.max(0.22, Math.min(0.75, 900 / Math.max(1, styles.length)));
  const cards = view.detail === 'cards';
  const far = (cards ? 0.35 : 1) * (view.faint ? 0.4 : 1) * (view.names ? 1 : 0.45);
  const thin = view.detail === 'dots' ? 0.6 : 1;
  const ends = Uint8Array.from(styles, (_, n) => (cards ? elementsAt(pen, n) : 0));
  EDGE_STYLES.forEach((style, code) => {
    const plain = (n: number) => styles[n] === code && heats[n] === 0 && widths[n] === 0;
    context.globalAlpha = crowd * far;
    stroke(pen, palette.edges[style], thin, (n) => ends[n] === 0 && plain(n));
    if (!cards) return;
    // What leads away from whole cards is read as they are.
    context.globalAlpha = view.faint ? 0.3 : 0.75;
    stroke(pen, palette.edges[style], Math.max(1, 1.5 * view.zoom), (n) => ends[n] === 1 && plain(n));
  });
  // What was measured is drawn over what was not, hot over cool.
  context.globalAlpha = Math.max(0.6, crowd) * far;
  const measured = new Set<number>();
  heats.forEach((heat, n) => {
    const width = widths[n] ?? 0;
    if (heat > 0 || width > 0) measured.add(heat * 100 + width);
  });
  for (const look of [...measured].sort((a, b) => a - b)) {
    const [heat, width] = [Math.floor(look / 100), look % 100];
    const wide = width === 0 ? thin : Math.max(thin, width * Math.min(1, view.zoom * 1.6));
    stroke(
      pen,
      palette.heat[heat - 1] ?? palette.muted,
      wide,
      (n) => ends[n] !== 2 && heats[n] === heat && widths[n] === width,
    );
  }
  context.globalAlpha = 1;
}

/** Draws the edges that `picks` names in one stroke. */
function stroke(pen: Pen, colour: string, width: number, picks: (n: number) => boolean): void {
  const { context, scene, view, px, py } = pen;
  const { ends, styles } = scene;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (let n = 0; n < styles.length; n += 1) {
    if (!picks(n)) continue;
    const x1 = px(ends[n * 4] ?? 0);
    const y1 = py(ends[n * 4 + 1] ?? 0);
    const x2 = px(ends[n * 4 + 2] ?? 0);
    const y2 = py(ends[n * 4 + 3] ?? 0);
    if (Math.max(y1, y2) < 0 || Math.min(y1, y2) > view.height) continue;
    if (Math.max(x1, x2) < -200 || Math.min(x1, x2) > view.width + 200) continue;
    const bend = Math.max(12 * view.zoom, Math.abs(x2 - x1) / 2);
    context.moveTo(x1, y1);
    if (Math.abs(x2 - x1) + Math.abs(y2 - y1) < 8) context.lineTo(x2, y2);
    else context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
  }
  context.stroke();
}

interface Spot {
  left: number;
  top: number;
  width: number;
  height: number;
  kind: number;
  tone: number;
  flags: number;
  index: number;
}

function eachSpot({ scene, view, px, py }: Pen, visit: (spot: Spot) => void): void {
  const { boxes, kinds, tones, flags } = scene;
  for (let index = 0; index < kinds.length; index += 1) {
    const left = px(boxes[index * 4] ?? 0);
    const top = py(boxes[index * 4 + 1] ?? 0);
    const width = (boxes[index * 4 + 2] ?? 0) * view.zoom;
    const height = (boxes[index * 4 + 3] ?? 0) * view.zoom;
    if (left > view.width || top > view.height || left + width < 0 || top + height < 0) continue;
    visit({
      left,
      top,
      width,
      height,
      index,
      kind: kinds[index] ?? 0,
      tone: tones[index] ?? 0,
      flags: flags[index] ?? 0,
    });
  }
}

const alphaOf = (flags: number): number => {
  if ((flags & FLAGS.dim) !== 0) return 0.22;
  return (flags & FLAGS.gone) === 0 ? 1 : 0.5;
};

/** The colour of what is wrong, if anything is: errors by tone or finding first. */
function troubleOf({ tone, flags }: Spot): 'error' | 'warning' | undefined {
  if (TONES[tone] === 'error' || (flags & FLAGS.error) !== 0) return 'error';
  return TONES[tone] === 'warning' || (flags & FLAGS.warning) !== 0 ? 'warning' : undefined;
}

function paintDots(pen: Pen): void {
  const { context, palette, view } = pen;
  const troubled: Spot[] = [];
  eachSpot(pen, (spot) => {
    if (troubleOf(spot) !== undefined) troubled.push(spot);
    context.globalAlpha = alphaOf(spot.flags);
    context.fillStyle = palette.kinds[KINDS[spot.kind] ?? 'node'];
    context.fillRect(
      spot.left,
      spot.top,
      Math.max(SMALLEST_DOT, spot.width),
      Math.max(SMALLEST_DOT, spot.height),
    );
  });
  // Last and never smaller than can be seen.
  const radius = view.names ? SMALLEST_TROUBLE : 2;
  for (const spot of troubled)
    sign(pen, spot, spot.left + spot.width / 2, spot.top + spot.height / 2, radius);
  context.globalAlpha = 1;
}

/** Frames round what is marked as changed, by their lines as well as their colours, never too small to be seen. */
function paintMarks(pen: Pen): void {
  const { context, palette, view } = pen;
  const marked = FLAGS.changed | FLAGS.added | FLAGS.removed;
  context.lineWidth = view.names ? 2.5 : 1.5;
  eachSpot(pen, ({ left, top, width, height, flags }) => {
    if ((flags & marked) === 0) return;
    const [added, removed] = [(flags & FLAGS.added) !== 0, (flags & FLAGS.removed) !== 0];
    context.strokeStyle = added ? palette.tones.ok : removed ? palette.tones.error : palette.changed;
    context.setLineDash(removed ? [2, 3] : []);
    const grown = Math.max(2, (SMALLEST_MARK - Math.min(width, height)) / 2);
    context.strokeRect(left - grown, top - grown, width + 2 * grown, height + 2 * grown);
  });
  context.setLineDash([]);
}

/** What is wrong, by shape as well as colour: a triangle for errors, a diamond for warnings. */
function sign({ context, palette }: Pen, spot: Spot, x: number, y: number, radius: number): void {
  const trouble = troubleOf(spot);
  if (trouble === undefined) return;
  context.globalAlpha = alphaOf(spot.flags);
  context.fillStyle = palette.tones[trouble];
  context.strokeStyle = palette.raised;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, y - radius);
  if (trouble === 'error') {
    context.lineTo(x + radius, y + radius * 0.8);
    context.lineTo(x - radius, y + radius * 0.8);
  } else {
    context.lineTo(x + radius, y);
    context.lineTo(x, y + radius);
    context.lineTo(x - radius, y);
  }
  context.closePath();
  context.stroke();
  context.fill();
}

function paintOutlines(pen: Pen): void {
  const { context, scene, view, palette } = pen;
  const marks = KINDS.indexOf('mark');
  context.font = `600 ${TEXT.name}px ${palette.font}`;
  context.textBaseline = 'middle';
  eachSpot(pen, (spot) => {
    const { left, top, width, height, kind } = spot;
    const colour = palette.kinds[KINDS[kind] ?? 'node'];
    context.globalAlpha = alphaOf(spot.flags);
    context.fillStyle = palette.raised;
    context.strokeStyle = palette.border;
    context.lineWidth = 1;
    context.setLineDash(kind === marks ? [4, 3] : []);
    context.beginPath();
    context.roundRect(left, top, width, height, Math.min(8, height / 5));
    context.fill();
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = colour;
    context.fillRect(left, top + 1, Math.max(2, 5 * view.zoom), Math.max(1, height - 2));
    if (view.detail === 'cards') return; // the card itself is about to be laid over it
    const trouble = troubleOf(spot) === undefined ? 0 : 14;
    const room = width - 12 - trouble;
    const lines =
      height >= 26
        ? inTwo(context, scene.names[spot.index] ?? '', room)
        : [fitted(context, scene.names[spot.index] ?? '', room)];
    const middle = top + Math.min(height / 2, lines.length === 2 ? 20 : 16);
    context.fillStyle = palette.text;
    if (height >= 9)
      lines.forEach((line, n) =>
        context.fillText(line, left + 7, middle + (n - (lines.length - 1) / 2) * (TEXT.name + 2)),
      );
    sign(pen, spot, left + width - 9, top + Math.min(height / 2, 16), 5);
  });
  context.globalAlpha = 1;
}
