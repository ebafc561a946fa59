import type { Connection } from '@/lib/client/connection';
import type { Translate } from '@/lib/i18n/translate';

/** The state of a connection in a few words. */
export function connectionWords(
  { phase, attempt, currentAsOf, problem }: Pick<Connection, 'phase' | 'attempt' | 'currentAsOf' | 'problem'>,
  t: Translate,
): string {
  switch (phase) {
    case 'reconnecting':
      return t('shell.connection.reconnecting', { attempt: attempt ?? 1 });
    case 'stale':
      if (currentAsOf === undefined) return t('shell.connection.staleUnknown');
      return t('shell.connection.stale', { since: new Date(currentAsOf) });
    case 'failed':
      return troubleWords(problem?.code, t);
    case 'connecting':
      return problem === undefined ? t('shell.connection.connecting') : troubleWords(problem.code, t);
    case 'live':
      return t('shell.connection.live');
  }
}

/** What is wrong, in a few words; the details are in the words of whoever failed. */
const troubleWords = (code: string | undefined, t: Translate): string =>
  t('shell.connection.trouble', { code: code ?? 'none' });
