/** Answers about a small mesh, for tests. */
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import type { MeshTelemetry, Observation } from '@/lib/mesh/telemetry/overlay';
import type { Figures } from '@/lib/mesh/telemetry/measured';

export const seen = (
  figures: Partial<Figures>,
  evidence: Observation['evidence'] = 'cloudwatch',
): Observation => ({ evidence, witnesses: ['a metric'], figures: { requests: 0, ...figures } });

export const measuredMesh = (telemetry: Partial<MeshTelemetry> = {}): TelemetryAnswer => ({
  window: { fromMs: 1_780_000_000_000, toMs: 1_780_000_300_000, stepSeconds: 60 },
  telemetry: { entities: {}, edges: {}, calls: [], splits: [], strangers: [], findings: [], ...telemetry },
  evidence: [],
  freshForMs: 30_000,
});
