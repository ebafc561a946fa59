/** The order in which spans are read: a tree, depth first. */

interface Placed {
  id: string;
  parent?: string | undefined;
  startMs: number;
}

/**
 * Spans depth first: each after its parent and before what follows the parent; siblings and roots by start. A parent that is not
 * among them, or that would make a circle, is forgotten: its child becomes a root.
 */
export function inTreeOrder<T extends Placed>(spans: readonly T[]): T[] {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const roots: T[] = [];
  const children = new Map<string, T[]>();
  for (const span of spans) {
    if (span.parent !== undefined && byId.has(span.parent) && !isCircular(span, byId))
      into(children, span.parent).push(span);
    else roots.push({ ...span, parent: undefined });
  }
  const latestFirst = (a: T, b: T) => b.startMs - a.startMs;
  const ordered: T[] = [];
  const open = roots.sort(latestFirst);
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    ordered.push(span);
    open.push(...(children.get(span.id) ?? []).sort(latestFirst));
  }
  return ordered;
}

function into<T>(lists: Map<string, T[]>, key: string): T[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}

/** Whether its ancestors lead back to it. Those who only lead into a circle hang on a member of it that becomes a root. */
function isCircular<T extends Placed>(span: T, byId: ReadonlyMap<string, T>): boolean {
  const seen = new Set<string>();
  for (let at = span.parent; at !== undefined && !seen.has(at); at = byId.get(at)?.parent) {
    if (at === span.id) return true;
    seen.add(at);
  }
  return false;
}
