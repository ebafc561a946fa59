import { withParty, type Problem } from '@/lib/api/problem';
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
export function problemText({ code, detail, values }: Problem, t: Translate): ProblemText {
  const said = (part: 'title' | 'what' | 'next', instead: string) => {
    try {
      return t(`problem.${code}.${part}`, withParty(values));
    } catch {
      return instead;
    }
  };
  return { title: said('title', code), what: said('what', detail), next: said('next', '') };
}
