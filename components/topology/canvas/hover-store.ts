/** The item under the pointer, outside React: the canvas follows it without anything else being drawn anew. */
export interface HoverStore {
  get(): string | undefined;
  set(id: string | undefined): void;
  subscribe(listener: () => void): () => void;
}

export function createHoverStore(): HoverStore {
  const listeners = new Set<() => void>();
  let hovered: string | undefined;
  return {
    get: () => hovered,
    set(id) {
      if (id === hovered) return;
      hovered = id;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
