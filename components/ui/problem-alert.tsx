'use client';
import Alert from '@cloudscape-design/components/alert';
import type { ReactNode } from 'react';
import type { Problem } from '@/lib/api/problem';
import { useSpeech } from '@/lib/i18n/react';
import { problemText } from './problem-text';

/** A failure: its code, what happened, what to do next, and the fields it names. */
export function ProblemAlert({ problem, action }: { problem: Problem; action?: ReactNode }) {
  const { t } = useSpeech();
  const { title, what, next } = problemText(problem, t);
  return (
    <Alert type="error" header={`${problem.code} ${title}`} action={action}>
      {what} {next}
      {problem.errors !== undefined && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
