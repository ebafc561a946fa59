/** What the painter gets: the scene as plain arrays, so that it reaches a worker without being walked through. */
import type { Box } from '@/lib/layout/types';
import { HEAT_STEPS_MS, heatOf, latencyOf, rateOf, strokeOf } from '@/lib/client/telemetry-figures';
import type { Mark } from '@/lib/client/changes-marks';
import type { Look } from '@/lib/client/use-telemetry';
import type { EntityKey } from '@/lib/mesh/keys';
import type { EdgeTelemetry, MeshTelemetry } from '@/lib/mesh/telemetry/overlay';
import type { Health } from '../health';
import { CARD_KINDS } from '../kinds';
import type { ShownCard } from '../shown-graph';
import type { Detail } from './detail';
import type { Scene } from './scene';

export const KINDS = [...CARD_KINDS, 'mark'] as const;
type Kind = (typeof KINDS)[number];
export const TONES = ['ok', 'warning', 'error', 'muted'] as const satisfies readonly Health['tone'][];
export const EDGE_STYLES = [
  'gateway-route',
  'provider',
  'route-target',
  'backend',
  'member',
  'dns',
  'runs',
  'routed',
  'call',
  'bundle',
  'zero',
] as const;
type EdgeStyle = (typeof EDGE_STYLES)[number];

/** Item n has its box at 4n of `boxes` (x, y, width, height); edge n its ends at 4n of `ends` (x1, y1, x2, y2). */
export interface PaintScene {
  boxes: Float32Array;
  kinds: Uint8Array;
  tones: Uint8Array;
  /** What was found at an item that is otherwise well, whether it is gone, dimmed or marked as changed: see FLAGS. */
  flags: Uint8Array;
  names: string[];
  ends: Float32Array;
  styles: Uint8Array;
  /** Indexes of the items an edge joins. */
  joins: Uint32Array;
  /** Step of the latency scale of an edge, from 1; 0 for none. */
  heats: Uint8Array;
  /** How wide an edge is drawn by its traffic, in canvas pixels; 0 where it is as wide as any. */
  widths: Uint8Array;
  groups: (Box & { name: string; cards: number })[];
}

export const FLAGS = { error: 1, warning: 2, gone: 4, dim: 8, changed: 16, added: 32, removed: 64 } as const;

/** Colours by name, as the style sheet has them now. */
export interface Palette {
  surface: string;
  raised: string;
  border: string;
  text: string;
  muted: string;
  accent: string;
  changed: string;
  kinds: Record<Kind, string>;
  tones: Record<Health['tone'], string>;
  edges: Record<EdgeStyle, string>;
  /** Step 1 first. */
  heat: string[];
  font: string;
}

export const HEAT_STEPS = HEAT_STEPS_MS.length + 1;

/** What was measured, and what of it is drawn. */
export interface Measured {
  telemetry: MeshTelemetry;
  /** By the key under which an edge is told. */
  edge: (told: string) => EdgeTelemetry | undefined;
  look: Pick<Look, 'sized' | 'heat'>;
}

export type Marks = ReadonlyMap<EntityKey, Mark>;

/** The part of the canvas to paint: its top left corner, pixels of the screen per canvas pixel, size on the screen. */
export interface PaintView {
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
  /** Device pixels per pixel of the screen. */
  ratio: number;
  detail: Detail;
  /** The part in which cards are elements, as are the edges between them; without it, none are. */
  elements?: Box | undefined;
  /** Edges are drawn faint behind a selection. */
  faint: boolean;
  /** Whether groups are named. */
  names: boolean;
  /** Painted on the surface's colour, which is cheaper to put on the screen than a picture one can see through. */
  opaque: boolean;
}

function flagsOf({ findings, goneAt, dimmed }: ShownCard): number {
  const error = findings.some(({ severity }) => severity === 'error') ? FLAGS.error : 0;
  const warning = findings.some(({ severity }) => severity === 'warning') ? FLAGS.warning : 0;
  return error | warning | (goneAt === undefined ? 0 : FLAGS.gone) | (dimmed === true ? FLAGS.dim : 0);
}

/** What measuring says is wrong counts as what was found. */
function healthFlag(measured: Measured | undefined, key: EntityKey): number {
  const health = measured?.telemetry.entities[key]?.health;
  return health === 'failing' ? FLAGS.error : health === 'degraded' ? FLAGS.warning : 0;
}

function measuredEdge({ shown }: Scene['edges'][number], measured: Measured | undefined) {
  if (!measured || !(measured.look.heat || measured.look.sized)) return { heat: 0, width: 0 };
  const observations = measured.edge(shown.told)?.observations ?? [];
  const latency = latencyOf(observations);
  const rate = rateOf(observations);
  return {
    heat: measured.look.heat && latency ? heatOf(latency.amount) : 0,
    width: measured.look.sized && rate ? Math.round(strokeOf(rate)) : 0,
  };
}

function styleOf({ shown }: Scene['edges'][number]): EdgeStyle {
  if (shown.count > 1) return 'bundle';
  return shown.edge?.weight === 0 ? 'zero' : shown.kind;
}

function markFlag(mark: Mark | undefined): number {
  if (mark === undefined) return 0;
  if (mark.compared === 'added' || mark.compared === 'removed') return FLAGS[mark.compared];
  return FLAGS.changed;
}

const NO_MARKS: Marks = new Map();

/** The scene as the painter reads it, with what was measured of it and what is marked as changed. */
export function paintSceneOf(scene: Scene, measured?: Measured, marks: Marks = NO_MARKS): PaintScene {
  const { items, edges, groups } = scene;
  const boxes = new Float32Array(items.length * 4);
  const kinds = new Uint8Array(items.length);
  const tones = new Uint8Array(items.length);
  const flags = new Uint8Array(items.length);
  items.forEach((item, n) => {
    boxes.set([item.x, item.y, item.width, item.height], n * 4);
    kinds[n] = KINDS.indexOf(item.card?.node.kind ?? 'mark');
    tones[n] = TONES.indexOf(item.tone);
    flags[n] = item.card
      ? flagsOf(item.card) |
        healthFlag(measured, item.card.node.key) |
        markFlag(marks.get(item.card.node.key))
      : (item.mark?.dimmed === true ? FLAGS.dim : 0) |
        (marks.size > 0 && item.mark?.keys.some((key) => marks.has(key)) ? FLAGS.changed : 0);
  });
  const ends = new Float32Array(edges.length * 4);
  const styles = new Uint8Array(edges.length);
  const joins = new Uint32Array(edges.length * 2);
  const heats = new Uint8Array(edges.length);
  const widths = new Uint8Array(edges.length);
  edges.forEach((edge, n) => {
    ends.set([edge.x1, edge.y1, edge.x2, edge.y2], n * 4);
    styles[n] = EDGE_STYLES.indexOf(styleOf(edge));
    joins.set([edge.from, edge.to], n * 2);
    const { heat, width } = measuredEdge(edge, measured);
    heats[n] = heat;
    widths[n] = width;
  });
  return {
    boxes,
    kinds,
    tones,
    flags,
    names: items.map(({ name }) => name),
    ends,
    styles,
    joins,
    heats,
    widths,
    groups: [...groups],
  };
}
