/** What can be done on a screen, told once: keys, palette and help all read it here. */
import type { MessageKey, MessageValues } from '@/lib/i18n/translate';

export interface Action {
  id: string;
  label: MessageKey;
  values?: MessageValues;
  /** A key as `KeyboardEvent.key` names it. */
  shortcut?: string;
  /** `true`, or why not, in words for the user. */
  enabled: true | string;
  run(): void;
}

/** Something the palette leads to: an object of the mesh, for example. */
export interface Destination {
  id: string;
  name: string;
  kind: MessageKey;
  run(): void;
}

export interface Offer {
  actions: readonly Action[];
  destinations: readonly Destination[];
}

export interface ActionRegistry {
  /** Offers what a part of the screen can do; `read` is asked whenever it is needed. Returns how to withdraw it. */
  offer(read: () => Offer): () => void;
  /** Everything on offer; of two actions with one id or key the one offered last. */
  current(): Offer;
}

export function createActionRegistry(): ActionRegistry {
  const offers = new Set<() => Offer>();
  return {
    offer(read) {
      offers.add(read);
      return () => offers.delete(read);
    },
    current() {
      const all = [...offers].map((read) => read());
      const actions = new Map(all.flatMap((offer) => offer.actions).map((action) => [action.id, action]));
      return { actions: [...actions.values()], destinations: all.flatMap((offer) => offer.destinations) };
    },
  };
}

/** The action a key stands for. Keys with Ctrl, Alt or ⌘ stand for none. */
export function actionFor(
  actions: readonly Action[],
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  singleKeys: boolean,
): Action | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  // Characters can be turned off, for those who speak to their computer; keys such as Escape stay.
  if (key.length === 1 && !singleKeys) return undefined;
  return actions.findLast(({ shortcut }) => shortcut === key);
}

/** What a search of the palette finds: every word somewhere in the text, those that begin with it first. */
export function findInPalette<T>(
  entries: readonly T[],
  textOf: (entry: T) => string,
  query: string,
  most: number,
): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = entries.flatMap((entry, i) => {
    const text = textOf(entry).toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    const first = words[0];
    return [{ entry, rank: first === undefined || text.startsWith(first) ? 0 : 1, i }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, most)
    .map(({ entry }) => entry);
}
