/** Measurements of the meshes of all sources: who is asked, how often, and what is kept. */
import 'server-only';
import { createCloudWatchApi } from '@/lib/aws/cloudwatch';
import { createXRayApi } from '@/lib/aws/x-ray';
import type { Evidence, TelemetryAnswer } from '@/lib/api/telemetry';
import type { Thresholds } from '@/lib/mesh/telemetry/overlay';
import type { EvidenceKind } from '@/lib/mesh/telemetry/measured';
import { createCloudWatchReader } from '@/lib/telemetry/cloudwatch';
import { createTraceReader } from '@/lib/telemetry/traces';
import type { EvidenceReader, Spent, TraceReader } from '@/lib/telemetry/types';
import { createXRayReader } from '@/lib/telemetry/x-ray';
import type { Config } from '../config';
import { evidenceOf, type EvidenceParts } from './evidence';
import { createLedger, type Ledger } from './ledger';
import { createReadings, type Readings } from './readings';
import { createShared, type Shared } from './shared';
import { specFor, type TelemetrySpec } from './spec';

export const EVIDENCE: readonly EvidenceKind[] = ['xray', 'cloudwatch'];

/** One pair of X-Ray and CloudWatch. */
export interface Observatory {
  spec: TelemetrySpec;
  ledger: Ledger;
  readers: Readonly<Record<EvidenceKind, EvidenceReader>>;
  readings: Readonly<Record<EvidenceKind, Readings>>;
  traces: TraceReader;
  /** Answers that are the same for everybody for a while. */
  answers: Shared;
  evidence(kind: EvidenceKind, parts: EvidenceParts): Evidence;
  spend(kind: EvidenceKind, spent: Spent): void;
}

export interface Telemetry {
  /** In force where an object has none of its own. */
  thresholds: Thresholds;
  /** Where the measurements of a source's meshes come from; `undefined` where nothing is configured. */
  of(source: string): Observatory | undefined;
  /** The newest answer about each mesh, by source and name, whatever window it was of. */
  latest: Map<string, TelemetryAnswer>;
  /** What is said of the evidence where nothing is configured. */
  off(): Evidence[];
  close(): void;
}

function openObservatory(spec: TelemetrySpec, config: TelemetryConfig, ending: AbortSignal): Observatory {
  const { region, endpoint, profile, credentials, namespace, group } = spec;
  const to = {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  const xray = createXRayApi(to);
  const readers = {
    xray: createXRayReader({ api: xray, ...(group === undefined ? {} : { group }) }),
    cloudwatch: createCloudWatchReader({
      api: createCloudWatchApi(to),
      ...(namespace === undefined ? {} : { namespace }),
    }),
  };
  const budget = config.telemetryBudgetUsdPerHour;
  const ledger = createLedger(Date.now, config.telemetryRefreshSeconds * 1000, budget);
  const options = { ledger, now: Date.now, ending };
  return {
    spec,
    ledger,
    readers,
    readings: {
      xray: createReadings(readers.xray, options),
      cloudwatch: createReadings(readers.cloudwatch, options),
    },
    traces: createTraceReader({ api: xray }),
    answers: createShared(Date.now),
    evidence: (kind, parts) => evidenceOf(kind, parts, ledger, budget),
    spend: (kind, spent) => ledger.add(kind, spent),
  };
}

type TelemetryConfig = Pick<
  Config,
  'telemetry' | 'telemetryRefreshSeconds' | 'telemetryBudgetUsdPerHour' | 'thresholds'
>;

/** Prepares to measure; nothing is asked before somebody looks. */
export function openTelemetry(config: TelemetryConfig, ending: AbortSignal): Telemetry {
  const open = new Map<TelemetrySpec, Observatory>();
  const idle = createLedger(Date.now, config.telemetryRefreshSeconds * 1000, undefined);
  return {
    thresholds: config.thresholds,
    of(source) {
      const spec = specFor(config.telemetry, source);
      if (spec === undefined) return undefined;
      const known = open.get(spec) ?? openObservatory(spec, config, ending);
      open.set(spec, known);
      return known;
    },
    latest: new Map(),
    off: () => EVIDENCE.map((kind) => evidenceOf(kind, undefined, idle, undefined)),
    close: () => {
      for (const { readers } of open.values()) EVIDENCE.forEach((kind) => readers[kind].close());
    },
  };
}
