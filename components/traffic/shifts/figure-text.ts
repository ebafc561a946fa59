import type { Translate } from '@/lib/i18n/translate';
import type { MetricFigure } from '@/lib/shifts';

/** A figure with its unit; a dash where there is none. */
export function figureText(figure: number | undefined, of: MetricFigure | undefined, t: Translate): string {
  if (figure === undefined) return '–';
  if (of?.endsWith('Ratio')) return t('shifts.figure.ratio', { figure });
  return t(of?.endsWith('Ms') ? 'shifts.figure.ms' : 'shifts.figure.perSecond', { figure });
}
