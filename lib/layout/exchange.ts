import type { Column } from './plan';
import type { Site } from './site';

const ROUNDS = 10;
/** How many places are tried for each site. */
const TRIES = 30;

/** A place in the plan and who stands there. */
interface Slot {
  site: Site;
  row: Site[];
  at: number;
  column: Column;
}

/**
 * Exchanges the places of sites as long as that shortens what runs between them; calls that run to the left count more.
 * Each site is tried in the few places nearest to the middle of its neighbours. Only sites that fit into each other's
 * place are exchanged: the plan keeps its shape. `place` sets the corners anew.
 */
export function exchange(columns: readonly Column[], place: () => void): void {
  const slots: Slot[] = columns.flatMap((column) =>
    column.rows.flatMap((row) => row.map((site, at) => ({ site, row, at, column }))),
  );
  const height = Math.max(...columns.map((column) => column.height));
  for (let round = 0; round < ROUNDS; round += 1) {
    let better = 0;
    for (const a of slots) {
      if (a.site.out.length + a.site.into.length === 0) continue;
      for (const b of nearest(a, slots, height)) {
        const before = length(a.site) + length(b.site);
        swapPlaces(a.site, b.site);
        if (length(a.site) + length(b.site) < before - 1) {
          better += 1;
          const { site } = a;
          put(a, b.site);
          put(b, site);
          break;
        }
        swapPlaces(a.site, b.site);
      }
    }
    place();
    if (better <= slots.length / 100) return;
  }
}

/** The slots a site fits in that are nearest to where its neighbours are, the nearest first. */
function nearest(own: Slot, slots: readonly Slot[], heightMax: number): Slot[] {
  let [x, y, weight] = [0, 0, 0];
  for (const calls of [own.site.out, own.site.into]) {
    for (const { site, weight: w } of calls) {
      x += w * centreX(site);
      y += w * centreY(site);
      weight += w;
    }
  }
  x /= weight;
  y /= weight;
  const best: { slot: Slot; away: number }[] = [];
  let limit = Math.abs(centreX(own.site) - x) + Math.abs(centreY(own.site) - y);
  for (const slot of slots) {
    const away = Math.abs(centreX(slot.site) - x) + Math.abs(centreY(slot.site) - y);
    if (away >= limit || slot === own || !fits(own, slot, heightMax)) continue;
    let at = best.length;
    while (at > 0 && (best[at - 1]?.away ?? 0) > away) at -= 1;
    best.splice(at, 0, { slot, away });
    if (best.length > TRIES) {
      best.pop();
      limit = best.at(-1)?.away ?? limit;
    }
  }
  return best.map(({ slot }) => slot);
}

const centreX = (site: Site) => site.x + site.width / 2;
const centreY = (site: Site) => site.y + site.height / 2;

function put(slot: Slot, site: Site): void {
  slot.column.height += site.height - slot.site.height;
  slot.row[slot.at] = site;
  slot.site = site;
}

function fits(a: Slot, b: Slot, heightMax: number): boolean {
  const [s, t] = [a.site, b.site];
  if (s.width === t.width && s.height === t.height) return true;
  if (a.row.length > 1 || b.row.length > 1) return false;
  if (s.width > b.column.width || t.width > a.column.width) return false;
  if (a.column === b.column) return true;
  return (
    a.column.height + t.height - s.height <= heightMax && b.column.height + s.height - t.height <= heightMax
  );
}

/** Centres change places. */
function swapPlaces(a: Site, b: Site): void {
  const [x, y] = [centreX(a), centreY(a)];
  a.x = centreX(b) - a.width / 2;
  a.y = centreY(b) - a.height / 2;
  b.x = x - b.width / 2;
  b.y = y - b.height / 2;
}

/** The length of everything that begins or ends at a site. */
function length(site: Site): number {
  let sum = 0;
  for (const call of site.out) sum += call.weight * distance(site, call.site);
  for (const call of site.into) sum += call.weight * distance(call.site, site);
  return sum;
}

/** How much it counts, per pixel, that a call runs to the left. Between marks the direction is all there is to read. */
const BACK = { mark: 2, block: 0.3 } as const;

function distance(from: Site, to: Site): number {
  const dx = centreX(to) - centreX(from);
  const dy = centreY(to) - centreY(from);
  const back = Math.max(0, from.x + from.width - to.x);
  return Math.sqrt(dx * dx + dy * dy) + (from.mark && to.mark ? BACK.mark : BACK.block) * back;
}
