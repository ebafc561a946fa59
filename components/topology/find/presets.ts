import type { MessageKey } from '@/lib/i18n/translate';

export interface Preset {
  id: string;
  label: MessageKey;
  expression: string;
}

/** Questions that are asked often. A router of one target has no traffic to shift, whatever its weight: shares tell. */
export const PRESETS: readonly Preset[] = [
  { id: 'split', label: 'find.preset.split', expression: 'kind = router and share > 0 and share < 100' },
  { id: 'errors', label: 'find.preset.errors', expression: 'finding.severity = error' },
  { id: 'warnings', label: 'find.preset.warnings', expression: 'finding.severity >= warning' },
  { id: 'unaccepted', label: 'find.preset.unaccepted', expression: 'acceptance in (pending, rejected)' },
  { id: 'unready', label: 'find.preset.unready', expression: 'ready < pods' },
  { id: 'unproxied', label: 'find.preset.unproxied', expression: 'withoutProxy > 0' },
  { id: 'missing', label: 'find.preset.missing', expression: 'kind = unresolved and not external' },
  { id: 'external', label: 'find.preset.external', expression: 'external' },
  { id: 'idle', label: 'find.preset.idle', expression: 'idle' },
  { id: 'owned', label: 'find.preset.owned', expression: 'owner in (flagger, rollouts, shift)' },
  { id: 'faulty', label: 'find.preset.faulty', expression: 'faults > 1' },
  { id: 'slow', label: 'find.preset.slow', expression: 'p99 > 1000' },
  { id: 'recent', label: 'find.preset.recent', expression: 'changed < 15m' },
];
