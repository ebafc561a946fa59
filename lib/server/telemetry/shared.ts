/** Answers by name, made once for everybody who asks while they are fresh. */
import 'server-only';

export interface Shared {
  /** What `make` made for this key within the last `freshForMs`, or is making. What it throws is thrown to all and not kept. */
  get<T>(key: string, freshForMs: number, make: () => Promise<T>): Promise<T>;
}

const KEPT = 128;

export function createShared(now: () => number): Shared {
  const entries = new Map<string, { untilMs: number; made: Promise<unknown> }>();
  return {
    get<T>(key: string, freshForMs: number, make: () => Promise<T>): Promise<T> {
      const known = entries.get(key);
      // One key is always asked with one type: it names what is made.
      if (known !== undefined && known.untilMs > now()) return known.made as Promise<T>;
      const made = make();
      entries.delete(key);
      entries.set(key, { untilMs: now() + freshForMs, made });
      const [oldest] = entries.keys();
      if (entries.size > KEPT && oldest !== undefined) entries.delete(oldest);
      made.catch(() => {
        if (entries.get(key)?.made === made) entries.delete(key);
      });
      return made;
    },
  };
}
