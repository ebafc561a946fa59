import { COLOURS } from './ink';
import type { Palette } from './ink';

/** The colours of the theme the page is shown in. */
export function pagePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--md-${name}`).trim() || '#808080';
  // Every name of the list gets its entry, which is what the type says.
  return Object.fromEntries(COLOURS.map((name) => [name, read(name)])) as Palette;
}
