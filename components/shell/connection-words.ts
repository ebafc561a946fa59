import type { Connection } from '@/lib/client/connection';
import type { Translate } from '@/lib/i18n/translate';

/** The state of a connection in a few words. */
export function connectionWords(
  { phase, attempt, currentAsOf }: Pick<Connection, 'phase' | 'attempt' | 'currentAsOf'>,
  t: Translate,
): string {
  switch (phase) {
    case 'reconnecting':
      return t('shell.connection.reconnecting', { attempt: attempt ?? 1 });
    case 'stale':
      if (currentAsOf === undefined) return t('shell.connection.staleUnknown');
      return t('shell.connection.stale', { since: new Date(currentAsOf) });
    case 'connecting':
    case 'live':
    case 'failed':
      return t(`shell.connection.${phase}`);
  }
}
