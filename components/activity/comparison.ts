/** Two moments of a session compared: the difference, what it means for the cards, and as a file. */
import type { Ghost, Picture } from '@/lib/client/picture';
import type { Mark } from '@/lib/client/changes-marks';
import { objectChanges } from '@/lib/mesh/changes/objects';
import type { ObjectChange } from '@/lib/mesh/changes/objects';
import { diffPictures } from '@/lib/mesh/changes/pictures';
import type { PictureDiff } from '@/lib/mesh/changes/pictures';
import type { EntityKey } from '@/lib/mesh/keys';

export interface Point {
  /** Milliseconds since 1970; undefined for what is shown now. */
  at: number | undefined;
  picture: Picture;
}

export interface Comparison {
  from: Point;
  to: Point;
  diff: PictureDiff;
  /** Every object that is different, once. */
  objects: readonly ObjectChange[];
}

export function compareMoments(from: Point, to: Point): Comparison {
  const diff = diffPictures(from.picture, to.picture);
  return { from, to, diff, objects: objectChanges(diff) };
}

/** How many objects came, went and changed. */
export function countObjects(objects: readonly ObjectChange[]): Record<ObjectChange['what'], number> {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { what } of objects) counts[what] += 1;
  return counts;
}

/** What each card is marked with. A card whose rows came or went has changed, unless it came or went itself. */
export function comparedCards(
  objects: readonly ObjectChange[],
): Map<EntityKey, NonNullable<Mark['compared']>> {
  const marks = new Map<EntityKey, NonNullable<Mark['compared']>>();
  for (const { key, card, what } of objects) {
    if (card === undefined) continue;
    if (card === key) marks.set(card, what);
    else if (!marks.has(card)) marks.set(card, 'changed');
  }
  return marks;
}

/** Cards that are not there any more, to be drawn where they stood. */
export function comparedGhosts({ from, diff }: Comparison, shown: Picture): ReadonlyMap<EntityKey, Ghost> {
  const gone = diff.nodes.removed.flatMap(({ key }): [EntityKey, Ghost][] => {
    const node = from.picture.nodes.get(key);
    return node && !shown.nodes.has(key) ? [[key, { node, goneAt: from.at ?? 0 }]] : [];
  });
  return new Map(gone);
}

/** The difference as a JSON text: times in ISO 8601, objects with their fields, edges and findings whole. `now` in milliseconds since 1970. */
export function comparisonFile({ from, to, diff, objects }: Comparison, source: string, now: number): string {
  const file = {
    source,
    mesh: to.picture.mesh.ref.name,
    from: new Date(from.at ?? now).toISOString(),
    to: new Date(to.at ?? now).toISOString(),
    counts: countObjects(objects),
    objects: objects.map(({ key, what, fields, writers }) => ({ key, what, fields, writers })),
    edges: diff.edges,
    findings: diff.findings,
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
