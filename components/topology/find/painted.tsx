'use client';
import { rolesOf } from '@/lib/mesh/query/roles';
import type { QueryError } from '@/lib/mesh/query/syntax';
import styles from './find.module.css';

interface Stretch {
  text: string;
  role?: string;
  wrong: boolean;
}

/** The text in stretches: its tokens with their roles, what is between them, and all of it cut where the error begins and ends. */
export function stretchesOf(text: string, error: QueryError | undefined): Stretch[] {
  const cuts = new Set([0, text.length]);
  const { tokens } = rolesOf(text);
  for (const { at, end } of tokens) cuts.add(at).add(end);
  if (error) cuts.add(Math.min(error.at, text.length)).add(Math.min(error.at + error.length, text.length));
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, n) => {
    const to = places[n + 1] ?? from;
    const token = tokens.find(({ at, end }) => at <= from && to <= end);
    const wrong = error !== undefined && from >= error.at && to <= error.at + error.length;
    return { text: text.slice(from, to), wrong, ...(token ? { role: token.role } : {}) };
  });
}

/** The expression in colours, laid exactly under the text of its field. */
export function Painted({ text, error }: { text: string; error: QueryError | undefined }) {
  return (
    <>
      {stretchesOf(text, error).map((stretch, n) => (
        <span
          key={n}
          data-role={stretch.role}
          data-wrong={stretch.wrong || undefined}
          className={styles.token}
        >
          {stretch.text}
        </span>
      ))}
      {error !== undefined && error.length === 0 && (
        <span data-wrong className={styles.token}>
          {'  '}
        </span>
      )}
    </>
  );
}
