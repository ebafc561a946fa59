import { isMessageKey } from '@/lib/i18n/translate';
import type { Translate } from '@/lib/i18n/translate';
import type { Finding } from '@/lib/mesh/finding';

export interface FindingCounts {
  error: number;
  warning: number;
  info: number;
  worst: Finding['severity'] | undefined;
}

/** How many of each severity, and the worst there is. */
export function countFindings(findings: readonly Finding[]): FindingCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  const worst = (['error', 'warning', 'info'] as const).find((severity) => counts[severity] > 0);
  return { ...counts, worst };
}

/** The title that belongs to a finding's id, which begins with its code; the id itself for a code this version lacks. */
export function titleOfId(id: string, t: Translate): string {
  const [code = ''] = id.split('|');
  const key = `finding.${code}.title`;
  return isMessageKey(key) ? `${code} ${t(key)}` : id;
}

/** The key a finding's id names. */
export const subjectOfId = (id: string): string | undefined => id.split('|')[1];
