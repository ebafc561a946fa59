import type { Translate } from '@/lib/i18n/translate';

/** How long a time is, in the largest unit of which it has one. */
export function lengthText(days: number, t: Translate): string {
  const minutes = Math.round(days * 1440);
  const [unit, count] =
    days >= 1 ? ['days', days] : minutes >= 60 ? ['hours', minutes / 60] : ['minutes', minutes];
  return t('backends.suggestions.length', { unit, count });
}
