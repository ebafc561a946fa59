/** What reading measurements costs, at AWS's list prices, and what follows from a budget. */
import 'server-only';
import type { EvidenceKind } from '@/lib/mesh/telemetry/measured';
import type { Spent } from '@/lib/telemetry/types';

/** US dollars for one metric requested and one trace scanned or retrieved (us-east-1, 2026). Free tiers are not counted in. */
const PRICE: Readonly<Record<EvidenceKind, number>> = { cloudwatch: 0.01 / 1_000, xray: 0.5 / 1_000_000 };
const HOUR_MS = 3_600_000;
/** The slowest that a budget makes the refresh. */
const SLOWEST_MS = 15 * 60_000;

export interface Account {
  /** Metrics requested, or traces scanned, in the last hour. */
  units: number;
  usdPerHour: number;
}

export interface Ledger {
  add(kind: EvidenceKind, spent: Spent): void;
  of(kind: EvidenceKind): Account;
  /** Milliseconds between readings now. From four fifths of the budget on it is four times as long, beyond it a quarter of an hour. */
  everyMs(): number;
  slowed(): boolean;
  /** Nothing more is read for a screen that asks for another window until an hour's spending is below the budget again. */
  exhausted(): boolean;
}

const unitsOf = (kind: EvidenceKind, { metrics, traces }: Spent): number =>
  kind === 'xray' ? traces : metrics;

/** Opens the books. `budgetUsdPerHour` absent: everything is counted and nothing slowed. */
export function createLedger(
  now: () => number,
  refreshMs: number,
  budgetUsdPerHour: number | undefined,
): Ledger {
  let entries: { atMs: number; kind: EvidenceKind; units: number }[] = [];
  const of = (kind: EvidenceKind): Account => {
    entries = entries.filter(({ atMs }) => atMs > now() - HOUR_MS);
    const units = entries.reduce((sum, entry) => sum + (entry.kind === kind ? entry.units : 0), 0);
    return { units, usdPerHour: units * PRICE[kind] };
  };
  const used = (): number => {
    if (budgetUsdPerHour === undefined) return 0;
    const spent = of('xray').usdPerHour + of('cloudwatch').usdPerHour;
    if (budgetUsdPerHour === 0) return spent > 0 ? Infinity : 0;
    return spent / budgetUsdPerHour;
  };
  const everyMs = (): number => {
    const share = used();
    if (share >= 1) return Math.max(refreshMs, SLOWEST_MS);
    return share >= 0.8 ? Math.max(refreshMs, Math.min(4 * refreshMs, SLOWEST_MS)) : refreshMs;
  };
  return {
    add: (kind, spent) => {
      const units = unitsOf(kind, spent);
      if (units > 0) entries.push({ atMs: now(), kind, units });
    },
    of,
    everyMs,
    slowed: () => everyMs() > refreshMs,
    exhausted: () => used() >= 1,
  };
}
