import { exchange } from './exchange';
import { callOrder, layerSites } from './site';
import type { Site } from './site';

/** Width over height of the picture that is aimed at: about that of a screen. */
export const ASPECT = 1.6;
/** A picture smaller than this fits a screen in any shape. Pixels. */
const SCREEN = { width: 1920, height: 1200 } as const;

/** Free space between sites. Pixels. */
export interface Gaps {
  column: number;
  row: number;
}

/** Sites below each other; small ones share a row. */
export interface Column {
  rows: Site[][];
  width: number;
  height: number;
}

/**
 * Places all sites: callers left, callees right, in columns of about equal height, so many that the picture gets the
 * shape of a screen; sites that call each other near each other. No two overlap.
 */
export function planSites(sites: readonly Site[], gaps: Gaps): void {
  const order = callOrder(sites);
  const layers = layerSites(order);
  const byLayer = [...order].sort((a, b) => a.layer - b.layer);
  let best: Column[] = [];
  let least = Infinity;
  for (const columns of candidates(byLayer, layers, gaps)) {
    const score = rate(columns, gaps);
    if (score >= least) continue;
    least = score;
    best = columns;
  }
  place(best, gaps);
  exchange(best, () => place(best, gaps));
  place(best, gaps);
}

/** The layers themselves, and the sites in the same order in columns of many different heights. */
function* candidates(sites: readonly Site[], layers: number, gaps: Gaps): Generator<Column[]> {
  if (layers < 40) {
    const byLayer = Array.from({ length: layers }, () => [] as Site[]);
    for (const site of sites) byLayer[site.layer]?.push(site);
    yield byLayer.map((members) => packColumn(members, gaps));
  }
  const area = sites.reduce((sum, { width, height }) => sum + (width + gaps.column) * (height + gaps.row), 0);
  const ideal = Math.sqrt(area / ASPECT);
  for (let factor = 0.5; factor < 4; factor *= 1.12) yield cut(sites, ideal * factor, gaps);
}

/** Fills columns up to a height, one after the other. */
function cut(sites: readonly Site[], heightMax: number, gaps: Gaps): Column[] {
  const columns: Column[] = [];
  let packer = new Packer(gaps);
  for (const site of sites) {
    if (packer.width > 0 && packer.height + site.height / 2 > heightMax) {
      columns.push(packer.column());
      packer = new Packer(gaps);
    }
    packer.add(site);
  }
  if (packer.width > 0) columns.push(packer.column());
  return columns;
}

function packColumn(sites: readonly Site[], gaps: Gaps): Column {
  const packer = new Packer(gaps);
  for (const site of sites) packer.add(site);
  return packer.column();
}

/** Sites below each other; what is small enough stands beside the one before. */
class Packer {
  width = 0;
  height = 0;
  private readonly rows: Site[][] = [];
  private filled = 0;
  private high = 0;

  constructor(private readonly gaps: Gaps) {}

  add(site: Site): void {
    const row = this.rows.at(-1);
    const filled = this.filled + this.gaps.column + site.width;
    if (row && filled <= this.width && site.height <= this.high * 1.3) {
      row.push(site);
      this.filled = filled;
      this.height += Math.max(0, site.height - this.high);
      this.high = Math.max(site.height, this.high);
      return;
    }
    this.rows.push([site]);
    this.width = Math.max(this.width, site.width);
    this.filled = site.width;
    this.high = site.height;
    this.height += site.height + (row ? this.gaps.row : 0);
  }

  column(): Column {
    return { rows: this.rows, width: this.width, height: this.height };
  }
}

/** How far from good: the shape of the picture, the room it wastes and the calls that do not run to the right. Less is better. */
function rate(columns: readonly Column[], gaps: Gaps): number {
  const width = columns.reduce((sum, column) => sum + column.width + gaps.column, -gaps.column);
  const height = Math.max(...columns.map((column) => column.height));
  const shape = Math.max(width, SCREEN.width) / Math.max(height, SCREEN.height);
  let used = 0;
  let forward = 0;
  let calls = 0;
  const columnOf = new Map(columns.flatMap(({ rows }, at) => rows.flat().map((site) => [site, at] as const)));
  for (const [site, at] of columnOf) {
    used += site.width * site.height;
    for (const call of site.out) {
      calls += call.weight;
      if ((columnOf.get(call.site) ?? 0) > at) forward += call.weight;
    }
  }
  const waste =
    (Math.max(width, SCREEN.width) * Math.max(height, SCREEN.height)) /
    Math.max(used, SCREEN.width * SCREEN.height);
  return (
    Math.abs(Math.log(shape / ASPECT)) +
    0.6 * Math.log(waste) +
    (calls === 0 ? 0 : 0.8 * (1 - forward / calls))
  );
}

/** Sets the corners: columns beside each other, rows below each other. */
function place(columns: readonly Column[], gaps: Gaps): void {
  let left = 0;
  for (const { rows, width } of columns) {
    let top = 0;
    for (const row of rows) {
      let x = left;
      for (const site of row) {
        site.x = x;
        site.y = top;
        site.slack = row.length === 1 ? width - site.width : 0;
        x += site.width + gaps.column;
      }
      top += Math.max(...row.map((site) => site.height)) + gaps.row;
    }
    left += width + gaps.column;
  }
}
