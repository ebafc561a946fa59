/** Expressions on their way: what is typed so far may mean something else with the next letter. */
import { FIELDS } from './fields';
import { rolesOf } from './roles';

const BEGINNINGS = [
  ...FIELDS.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]),
  ...['and', 'or', 'not', 'in', 'routes to'],
].map((name) => name.toLowerCase());

/**
 * Whether a text ends in what may become a field or keyword, or in a field that still wants its operator. To look for it
 * as a word would empty the screen for a moment; whoever means the word says so by going on or by leaving.
 */
export function isUnfinished(text: string): boolean {
  const { tokens, place } = rolesOf(text);
  const last = tokens.at(-1);
  if (last === undefined) return false;
  if (place.next === 'operator') return true;
  if (last.kind !== 'word' || last.role === 'operand' || last.end !== text.length) return false;
  const typed = last.text.toLowerCase();
  return BEGINNINGS.some((name) => name.startsWith(typed) && (name !== typed || name.endsWith('.')));
}
