/** A draft put on top of what somebody else wrote in the meantime. Pure. */
import { entryName, referenceName } from '@/lib/mesh/backends/spec-rules';
import { same } from '@/lib/mesh/plain';
import type { Spec } from './spec-text';

/** Entries by name; of several of one name, by their number. */
function byId(list: readonly unknown[] = [], nameOf: (entry: unknown) => string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const entry of list) {
    const name = nameOf(entry);
    let id = name;
    for (let n = 2; found.has(id); n += 1) id = `${name} (${n})`;
    found.set(id, entry);
  }
  return found;
}

interface Sides<T> {
  base: T | undefined;
  theirs: T | undefined;
  mine: T | undefined;
}

/** Whose word counts where all three are told: mine where both changed it, and that is a clash. */
function decide<T>({ base, theirs, mine }: Sides<T>): { kept: T | undefined; clash: boolean } {
  if (same(base, mine) || same(theirs, mine)) return { kept: theirs, clash: false };
  return { kept: mine, clash: !same(base, theirs) };
}

function mergeLists(
  lists: Sides<unknown[]>,
  nameOf: (entry: unknown) => string,
  clashes: string[],
): unknown[] | undefined {
  const whole = decide(lists);
  if (!whole.clash) return whole.kept;
  const [base, theirs, mine] = [lists.base, lists.theirs, lists.mine].map((list) => byId(list, nameOf));
  // In their order; what only I have comes last.
  return [...new Set([...(theirs?.keys() ?? []), ...(mine?.keys() ?? [])])].flatMap((id): unknown[] => {
    const { kept, clash } = decide({ base: base?.get(id), theirs: theirs?.get(id), mine: mine?.get(id) });
    if (clash) clashes.push(id);
    return kept === undefined ? [] : [kept];
  });
}

/** `clashes` names what both changed, differently; there the draft's own version is kept. `namespace`: that of the node. */
export function mergeSpecs(
  { base, theirs, mine }: { base: Spec; theirs: Spec; mine: Spec },
  namespace: string,
): { spec: Spec; clashes: string[] } {
  const clashes: string[] = [];
  const backends = mergeLists(
    { base: base.backends, theirs: theirs.backends, mine: mine.backends },
    (entry) => entryName(entry, namespace),
    clashes,
  );
  const groups = mergeLists(
    { base: base.backendGroups, theirs: theirs.backendGroups, mine: mine.backendGroups },
    (ref) => referenceName(ref, namespace),
    clashes,
  );
  const defaults = decide({
    base: base.backendDefaults,
    theirs: theirs.backendDefaults,
    mine: mine.backendDefaults,
  });
  if (defaults.clash) clashes.push('backendDefaults');
  return {
    spec: {
      ...(backends === undefined ? {} : { backends }),
      ...(groups === undefined ? {} : { backendGroups: groups }),
      ...(defaults.kept === undefined ? {} : { backendDefaults: defaults.kept }),
    },
    clashes,
  };
}
