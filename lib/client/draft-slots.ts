/** Drafts that outlast the page: one for each slot and tab, the same for everybody who asks. */
import { sessionStore } from './browser-store';

export interface DraftSlot<T> {
  get(): T;
  set(next: T): void;
  subscribe(listener: () => void): () => void;
}

export interface DraftKind<T> {
  /** What the slots of this kind begin with. */
  name: string;
  /** The draft in a stored text, or none where there is none or none that can be used. */
  read(text: string | null | undefined): T;
  /** `undefined` for no draft: nothing is kept of it. */
  write(draft: T): string | undefined;
}

/** The slots of one kind of draft, by what they are drafts of. */
export function draftSlots<T>({ name, read, write }: DraftKind<T>): (...of: string[]) => DraftSlot<T> {
  const slots = new Map<string, DraftSlot<T>>();
  return (...of) => {
    const slot = `${name} ${JSON.stringify(of)}`;
    const known = slots.get(slot);
    if (known !== undefined) return known;
    const listeners = new Set<() => void>();
    let held: { draft: T } | undefined;
    const made: DraftSlot<T> = {
      get: () => (held ??= { draft: read(sessionStore()?.getItem(slot)) }).draft,
      set(next) {
        if (next === held?.draft) return;
        held = { draft: next };
        try {
          const text = write(next);
          if (text === undefined) sessionStore()?.removeItem(slot);
          else sessionStore()?.setItem(slot, text);
        } catch {
          // With a full store the draft lasts as long as the page.
        }
        for (const listener of [...listeners]) listener();
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    slots.set(slot, made);
    return made;
  };
}
