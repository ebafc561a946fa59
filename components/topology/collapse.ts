/**
 * Which groups are drawn as one mark. The URL's list holds names collapsed by hand; in a large mesh everything is collapsed
 * unless the list holds the name opened by hand, written `!name`. `*` and `!*` collapse and open whatever is not named.
 */

/** Above so many cards groups start collapsed. */
export const LARGE_MESH = 300;

const ALL = '*';
const NONE = '!*';

function collapsedByDefault(list: readonly string[], cards: number): boolean {
  if (list.includes(NONE)) return false;
  return list.includes(ALL) || cards > LARGE_MESH;
}

export function isCollapsed(group: string, list: readonly string[], cards: number): boolean {
  if (group === '') return false;
  return collapsedByDefault(list, cards) ? !list.includes(`!${group}`) : list.includes(group);
}

export function toggleCollapsed(group: string, list: readonly string[], cards: number): string[] {
  const wasCollapsed = isCollapsed(group, list, cards);
  const rest = list.filter((entry) => entry !== group && entry !== `!${group}`);
  if (collapsedByDefault(list, cards)) return wasCollapsed ? [...rest, `!${group}`] : rest;
  return wasCollapsed ? rest : [...rest, group];
}

/** The list that collapses, or opens, every group of a mesh of so many cards. */
export function collapseAll(collapsed: boolean, cards: number): string[] {
  if (collapsed) return cards > LARGE_MESH ? [] : [ALL];
  return cards > LARGE_MESH ? [NONE] : [];
}
