import type { Evidence } from '@/lib/api/telemetry';
import type { TelemetryState } from '@/lib/client/use-telemetry';

export type BadgePhase = Evidence['phase'] | 'asking';

/** How the evidence is doing as a whole: the worst that is so, of the sources that are configured. */
export function badgePhase({ answer, error }: Pick<TelemetryState, 'answer' | 'error'>): BadgePhase {
  if (error) return 'failed';
  if (!answer) return 'asking';
  const phases = answer.evidence.map(({ phase }) => phase).filter((phase) => phase !== 'off');
  if (phases.length === 0) return 'off';
  if (phases.every((phase) => phase === 'failed')) return 'failed';
  return phases.every((phase) => phase === 'ok') ? 'ok' : 'partial';
}
