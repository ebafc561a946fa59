import { ProblemError } from '@/lib/client/request';
import type { Translate } from '@/lib/i18n/translate';
import { problemText } from './problem-text';

/** What a failed question says to the reader, in the reader's language. */
export function failureText(error: Error, t: Translate): { title: string; text: string } {
  if (!(error instanceof ProblemError))
    return { title: t('shell.error.title'), text: t('shell.error.text', { detail: error.message }) };
  // Nothing answered: the problem was made in the browser and has the browser's words only.
  if (error.problem.status === 0)
    return { title: t('shell.unanswered.title'), text: t('shell.unanswered.text') };
  const { title, what, next } = problemText(error.problem, t);
  return { title, text: [what, next].filter(Boolean).join(' ') };
}
