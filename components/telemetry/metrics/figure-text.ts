/** Figures of charts as text, each with its unit. */
import type { Translate } from '@/lib/i18n/translate';
import { quantityText } from '../overlay/quantity-text';
import type { ChartKind } from './charts';

/** A height of a chart of some kind, in words. */
export function heightText(kind: ChartKind, height: number, t: Translate): string {
  switch (kind) {
    case 'rate':
      return quantityText({ unit: 'rpm', amount: height }, t);
    case 'errors':
      return quantityText({ unit: 'ratio', amount: height / 100 }, t);
    case 'latency':
      return msText(height, t);
    case 'bytes':
      return quantityText({ unit: 'bytes', amount: height }, t);
    case 'connections':
      return t('overlay.measured.connectionCount', { amount: height });
  }
}

/** A duration in milliseconds, with its unit. */
export const msText = (ms: number, t: Translate): string => quantityText({ unit: 'ms', amount: ms }, t);
