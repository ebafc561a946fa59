/**
 * Which namespaces are drawn as one mark. The URL's list holds names collapsed by hand; in a large mesh everything is
 * collapsed unless the list holds the name opened by hand, written `!name`.
 */

/** Above so many cards namespaces start collapsed. */
export const LARGE_MESH = 300;

export function isCollapsed(namespace: string, list: readonly string[], cards: number): boolean {
  if (namespace === '') return false;
  return cards > LARGE_MESH ? !list.includes(`!${namespace}`) : list.includes(namespace);
}

export function toggleCollapsed(namespace: string, list: readonly string[], cards: number): string[] {
  const wasCollapsed = isCollapsed(namespace, list, cards);
  const rest = list.filter((entry) => entry !== namespace && entry !== `!${namespace}`);
  if (cards > LARGE_MESH) return wasCollapsed ? [...rest, `!${namespace}`] : rest;
  return wasCollapsed ? rest : [...rest, namespace];
}
