/** Circles in a graph: strongly connected components, by Tarjan's algorithm without recursion. */

interface Visit<Key> {
  key: Key;
  open: Iterator<Key>;
}

/** The components of more than one key, and keys that lead to themselves. Linear in keys and edges. */
export function circlesOf<Key>(keys: readonly Key[], nextOf: (key: Key) => Iterable<Key>): Key[][] {
  const index = new Map<Key, number>();
  const low = new Map<Key, number>();
  const selves = new Set<Key>();
  const stack: Key[] = [];
  const onStack = new Set<Key>();
  const found: Key[][] = [];
  const enter = (key: Key): Visit<Key> => {
    index.set(key, index.size);
    low.set(key, index.size - 1);
    stack.push(key);
    onStack.add(key);
    return { key, open: nextOf(key)[Symbol.iterator]() };
  };
  const lower = (key: Key, to: number | undefined) =>
    low.set(key, Math.min(low.get(key) ?? 0, to ?? Infinity));
  const leave = (key: Key) => {
    if (low.get(key) !== index.get(key)) return;
    const circle: Key[] = [];
    for (;;) {
      const member = stack.pop();
      if (member === undefined) break;
      onStack.delete(member);
      circle.push(member);
      if (member === key) break;
    }
    if (circle.length > 1 || selves.has(key)) found.push(circle);
  };
  for (const start of keys) {
    if (index.has(start)) continue;
    const path = [enter(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { key, open } = top;
      const step = open.next();
      if (step.done === true) {
        path.pop();
        leave(key);
        const above = path.at(-1);
        if (above !== undefined) lower(above.key, low.get(key));
      } else if (step.value === key) selves.add(key);
      else if (!index.has(step.value)) path.push(enter(step.value));
      else if (onStack.has(step.value)) lower(key, index.get(step.value));
    }
  }
  return found;
}
