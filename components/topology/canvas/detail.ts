/**
 * How much of a card is drawn at a zoom. cards: whole cards that can be worked with. marks: its outline, kind and name.
 * dots: its kind and whether something is wrong; the names are those of the namespaces.
 */
export type Detail = 'cards' | 'marks' | 'dots';

/** Below this zoom a card's text cannot be read. */
const CARDS_FROM = 0.38;
/** Below this zoom not even a name in plain letters fits its card. */
const MARKS_FROM = 0.14;

export function detailAt(zoom: number): Detail {
  if (zoom >= CARDS_FROM) return 'cards';
  return zoom >= MARKS_FROM ? 'marks' : 'dots';
}
