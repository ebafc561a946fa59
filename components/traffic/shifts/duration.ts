import type { Translate } from '@/lib/i18n/translate';

/** Whole seconds in words that fit a column: `45 s`, `3 min 20 s`, `1 h 5 min`. */
export function durationText(seconds: number, t: Translate): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (h > 0) return t('shifts.duration.hours', { h, min });
  if (min > 0) return t(s === 0 ? 'shifts.duration.minutes' : 'shifts.duration.minutesSeconds', { min, s });
  return t('shifts.duration.seconds', { s });
}
