/** Long work in slices, so that the sandbox answers others in between. */
import { setImmediate } from 'node:timers/promises';

const SLICE_MS = 12;

/** Gives what to wait for now and then: at once while the slice lasts, else after everybody had a turn. */
export function slices(): () => Promise<void> | undefined {
  let startMs = performance.now();
  return () => {
    if (performance.now() - startMs < SLICE_MS) return undefined;
    return setImmediate().then(() => {
      startMs = performance.now();
    });
  };
}
