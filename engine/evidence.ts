/**
 * How each kind of evidence is asked. This, and a reader (`EvidenceReader` in lib/telemetry), is all that a shift needs of one: see
 * "Another kind of evidence" in docs/telemetry.md.
 */
import type { EvidenceKind } from '@/lib/mesh/telemetry/measured';
import type { Spent, EvidenceReader } from '@/lib/telemetry/types';

interface Manner {
  /** It counts by steps of so long, from the full minute or hour on; what lies across their borders is not told apart. */
  stepMs?: number;
  /** nodes: only about the nodes in question, where each costs. mesh: about all, where it only knows callers it was told of. */
  about: 'nodes' | 'mesh';
}

export const MANNERS: Readonly<Record<EvidenceKind, Manner>> = {
  cloudwatch: { stepMs: 60_000, about: 'nodes' },
  xray: { about: 'mesh' },
};

/** Whoever measures. */
export interface Evidence {
  readers: Readonly<Record<EvidenceKind, Pick<EvidenceReader, 'measure'>>>;
  /** What a reading cost. */
  spend(kind: EvidenceKind, spent: Spent): void;
}
