/** What each token of an expression is there for, also while it is being typed: for colours and for completion. */
import { fieldOf } from './fields';
import { keywordOf, tokensOf } from './tokens';
import type { Token } from './tokens';

export type Role = 'field' | 'flag' | 'operator' | 'operand' | 'keyword' | 'word' | 'bracket';

/** What may come next. `after` is the place behind a finished test or word, `inside` the one within the list of `in`. */
export type Place =
  | { next: 'term' | 'after' }
  | { next: 'operator'; field: string }
  | { next: 'operand' | 'open' | 'inside'; field: string; operator: string };

export interface RoledToken extends Token {
  role: Role;
}

/** The tokens of a text with their roles, and what may come after the last one. Never fails. */
export function rolesOf(text: string): { tokens: RoledToken[]; place: Place } {
  const tokens = tokensOf(text);
  const roled: RoledToken[] = [];
  let place: Place = { next: 'term' };
  tokens.forEach((token, n) => {
    const [role, next] = roleOf(token, tokens[n + 1], place);
    roled.push({ ...token, role });
    place = next;
  });
  return { tokens: roled, place };
}

const TERM: Place = { next: 'term' };
const AFTER: Place = { next: 'after' };

function roleOf(token: Token, following: Token | undefined, place: Place): [Role, Place] {
  const keyword = keywordOf(token);
  switch (place.next) {
    case 'operator': {
      if (keyword === 'not') return ['operator', place];
      if (keyword === 'in') return ['operator', { next: 'open', field: place.field, operator: 'in' }];
      const to = place.field === 'routesTo' && token.kind === 'word' && token.text.toLowerCase() === 'to';
      if (to || token.kind === 'operator')
        return ['operator', { next: 'operand', field: place.field, operator: token.text }];
      return roleOf(token, following, AFTER);
    }
    case 'open':
      return token.kind === 'open'
        ? ['bracket', { ...place, next: 'inside' }]
        : roleOf(token, following, AFTER);
    case 'inside':
      if (token.kind === 'close') return ['bracket', AFTER];
      return [token.kind === 'comma' ? 'bracket' : 'operand', place];
    case 'operand':
      if (token.kind === 'open' || token.kind === 'close' || token.kind === 'comma' || keyword !== undefined)
        return roleOf(token, following, AFTER);
      return ['operand', AFTER];
    case 'after':
    case 'term':
      return termRole(token, following, keyword);
  }
}

function termRole(
  token: Token,
  following: Token | undefined,
  keyword: ReturnType<typeof keywordOf>,
): [Role, Place] {
  if (token.kind === 'open') return ['bracket', TERM];
  if (token.kind === 'close' || token.kind === 'comma') return ['bracket', AFTER];
  if (keyword !== undefined) return ['keyword', TERM];
  if (token.kind !== 'word') return ['word', AFTER];
  if (token.text.toLowerCase() === 'routes' && following?.text.toLowerCase() === 'to')
    return ['field', { next: 'operator', field: 'routesTo' }];
  const found = fieldOf(token.text);
  if (!found) return ['word', AFTER];
  if (found.field.type === 'flag') return ['flag', AFTER];
  // At the end it may become a test; a word that is one to be looked for is followed by something else.
  const tested = following === undefined || following.kind === 'operator' || isIn(following);
  if (tested) return ['field', { next: 'operator', field: found.name }];
  return found.key === '' ? ['word', AFTER] : ['flag', AFTER];
}

const isIn = (token: Token): boolean => keywordOf(token) === 'in' || keywordOf(token) === 'not';
