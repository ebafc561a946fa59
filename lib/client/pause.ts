/** A picture that stands still while the stream goes on. */
import { ghostsAfter } from './picture';
import type { Held } from './picture';

/** What the screen knows of a pause. */
export interface Paused {
  /** Milliseconds since 1970: the moment that is shown. */
  since: number;
  /** Number of the last change that is shown; the feed ends there. */
  upTo: number;
  /** Changes heard of since. */
  waiting: number;
}

/** What is held when the picture goes on: objects that went meanwhile linger for a moment, as if they had gone now. `at` in milliseconds since 1970. */
export function resumed(shown: Held, held: Held, at: number): Held {
  if (!shown.picture || !held.picture) return held;
  return { ...held, ghosts: ghostsAfter(held.ghosts, shown.picture.nodes, held.picture.nodes, at) };
}
