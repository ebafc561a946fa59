/** How an evidence source is doing, in plain words. */
import 'server-only';
import type { Evidence } from '@/lib/api/telemetry';
import type { EvidenceKind } from '@/lib/mesh/telemetry/measured';
import type { Trouble, TroubleKind } from '@/lib/telemetry/types';
import type { Ledger } from './ledger';

/** Codes of docs/problems.md. */
const CODES: Readonly<Record<TroubleKind, string>> = {
  credentials: 'E611',
  expired: 'E612',
  forbidden: 'E613',
  throttled: 'E614',
  unreachable: 'E615',
  clock: 'E616',
  groupGone: 'E617',
  malformed: 'E618',
  limit: 'E618',
  invalid: 'E618',
};
const BUDGET = 'E619';

/** The trouble that explains most comes first: without credentials nothing else matters. */
const GRAVEST: readonly TroubleKind[] = [
  'credentials',
  'expired',
  'clock',
  'unreachable',
  'forbidden',
  'throttled',
  'groupGone',
  'limit',
  'invalid',
  'malformed',
];

export interface EvidenceParts {
  troubles: readonly Trouble[];
  /** Epoch milliseconds. */
  readAtMs?: number | undefined;
  /** Whether anything of what is shown is of this evidence. */
  known: boolean;
}

/** What is said of an evidence source; `parts` absent where it is not configured. */
export function evidenceOf(
  kind: EvidenceKind,
  parts: EvidenceParts | undefined,
  ledger: Ledger,
  budgetUsdPerHour: number | undefined,
): Evidence {
  const [gravest] = [...(parts?.troubles ?? [])].sort(
    (a, b) => GRAVEST.indexOf(a.kind) - GRAVEST.indexOf(b.kind),
  );
  const slowed = ledger.slowed();
  const problem = gravest
    ? { code: CODES[gravest.kind], operation: gravest.operation, detail: gravest.detail }
    : slowed && parts
      ? { code: BUDGET, detail: `${budgetUsdPerHour ?? 0} USD/h` }
      : undefined;
  return {
    kind,
    phase: parts === undefined ? 'off' : gravest === undefined ? 'ok' : parts.known ? 'partial' : 'failed',
    ...(problem === undefined ? {} : { problem }),
    ...(parts?.readAtMs === undefined ? {} : { readAt: new Date(parts.readAtMs).toISOString() }),
    sampled: kind === 'xray',
    everySeconds: ledger.everyMs() / 1000,
    slowed: slowed && parts !== undefined,
    cost: {
      ...ledger.of(kind),
      ...(budgetUsdPerHour === undefined ? {} : { budgetUsdPerHour }),
    },
  };
}
