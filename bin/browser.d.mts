/** Path of a Chromium that starts; installs one where none is. Throws with one sentence where that is not possible. */
export function findBrowser(): Promise<string>;
