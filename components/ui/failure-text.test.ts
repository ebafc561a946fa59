import { describe, expect, it } from 'vitest';
import type { Problem } from '@/lib/api/problem';
import { ProblemError } from '@/lib/client/request';
import { createTranslate } from '@/lib/i18n/translate';
import { failureText } from './failure-text';

const ko = createTranslate('ko');
const problem: Problem = {
  type: 'about:blank',
  title: 'Unknown source',
  status: 404,
  code: 'E301',
  detail: 'There is no source "prod".',
  values: { source: 'prod' },
};

describe('the text of a failure', () => {
  it('is in the reader’s language and says what next', () => {
    const { title, text } = failureText(new ProblemError(problem), ko);
    expect(title).toBe(ko('problem.E301.title'));
    expect(text).toBe(`${ko('problem.E301.what', { source: 'prod' })} ${ko('problem.E301.next')}`);
  });

  it('says that the console does not answer where nothing did', () => {
    const unanswered = new ProblemError({ ...problem, code: 'E501', status: 0, detail: 'Failed to fetch' });
    expect(failureText(unanswered, ko)).toEqual({
      title: ko('shell.unanswered.title'),
      text: ko('shell.unanswered.text'),
    });
  });

  it('keeps the words of a bug', () => {
    expect(failureText(new Error('oops'), ko).text).toContain('oops');
  });
});
