import { PROBLEM_CODES, withParty, type Problem } from '@/lib/api/problem';
import type { Trouble } from '@/lib/client/connection';
import type { Translate } from '@/lib/i18n/translate';

export interface ProblemText {
  title: string;
  what: string;
  next: string;
}

/**
 * A problem in the reader's language. One that carries no values to say it with (the browser made it, because the console
 * did not answer) keeps its own words.
 */
export function problemText(
  { code, detail, values }: Pick<Problem, 'code' | 'detail' | 'values'>,
  t: Translate,
): ProblemText {
  const said = (part: 'title' | 'what' | 'next', instead: string) => {
    try {
      return t(`problem.${code}.${part}`, withParty(values));
    } catch {
      return instead;
    }
  };
  return { title: said('title', code), what: said('what', detail), next: said('next', '') };
}

/**
 * What happened, in the reader's language where it came with the values to say it with; what a source ran into comes
 * without, in the words of whoever failed.
 */
export function reasonText({ code, detail, values }: Trouble, t: Translate): string {
  const known = PROBLEM_CODES.find((each) => each === code);
  return known === undefined || values === undefined
    ? detail
    : problemText({ code: known, detail, values }, t).what;
}
