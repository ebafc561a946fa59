/** How drafts are kept between page loads: as text, read back with nothing taken on trust. */
import type { DraftBase, SeenTarget, WeightsDraft } from '@/lib/mesh/weights';
import { POINTS_TOTAL } from '@/lib/mesh/weights';
import type { EntityKey } from '@/lib/mesh/keys';

/** Where a draft belongs. */
export interface DraftPlace {
  source: string;
  mesh: string;
  router: EntityKey;
  route: string;
}

/** One text per place; names may hold any character. */
export const slotOf = ({ source, mesh, router, route }: DraftPlace): string =>
  JSON.stringify([source, mesh, router, route]);

type Fields = Partial<Record<string, unknown>>;
const isFields = (found: unknown): found is Fields =>
  typeof found === 'object' && found !== null && !Array.isArray(found);

function readTarget(found: unknown): SeenTarget | undefined {
  if (!isFields(found)) return undefined;
  const { node, weight, port } = found;
  if (typeof node !== 'string' || typeof weight !== 'number') return undefined;
  if (port === undefined) return { node, weight };
  return typeof port === 'number' ? { node, weight, port } : undefined;
}

function readBase(found: unknown): DraftBase | undefined {
  if (!isFields(found)) return undefined;
  const { uid, resourceVersion, targets } = found;
  if (typeof uid !== 'string' || typeof resourceVersion !== 'string' || !Array.isArray(targets))
    return undefined;
  const read = targets.map(readTarget).filter((target) => target !== undefined);
  return read.length === targets.length ? { uid, resourceVersion, targets: read } : undefined;
}

function readDraft(found: unknown): WeightsDraft | undefined {
  if (!isFields(found)) return undefined;
  const base = readBase(found.base);
  const { weights, locked, normalised } = found;
  if (!base || !Array.isArray(weights) || !Array.isArray(locked)) return undefined;
  const points = weights.filter((weight): weight is number => Number.isInteger(weight) && weight >= 0);
  const locks = locked.filter((lock) => typeof lock === 'boolean');
  const whole = points.reduce((sum, point) => sum + point, 0) === POINTS_TOTAL;
  const fits = points.length === base.targets.length && locks.length === base.targets.length;
  return whole && fits
    ? { base, weights: points, locked: locks, normalised: normalised === true }
    : undefined;
}

/** The drafts in a stored text; what cannot be used is left out. */
export function readDrafts(text: string | null): Map<string, WeightsDraft> {
  const drafts = new Map<string, WeightsDraft>();
  let found: unknown;
  try {
    found = JSON.parse(text ?? '{}');
  } catch {
    return drafts;
  }
  if (!isFields(found)) return drafts;
  for (const [slot, stored] of Object.entries(found)) {
    const draft = readDraft(stored);
    if (draft) drafts.set(slot, draft);
  }
  return drafts;
}

/** The text `readDrafts` reads. */
export const writeDrafts = (drafts: ReadonlyMap<string, WeightsDraft>): string =>
  JSON.stringify(Object.fromEntries(drafts));
