/** Several writes as one change: all are rehearsed; then one after the other is written, and the first that fails ends it. */
import 'server-only';

/**
 * rehearsed: the cluster would take it, and nothing was sent. applied: it was taken. refused: nothing of it was written. unknown:
 * it was sent, and whether it stands is not known. notSent: an earlier one failed.
 */
export type WriteState = 'rehearsed' | 'applied' | 'refused' | 'unknown' | 'notSent';

export interface SeveralWrites<Planned, Write extends { state: WriteState }> {
  planned: readonly Planned[];
  dryRun: boolean;
  write(planned: Planned, dryRun: boolean): Promise<Write>;
  /** What must hold of a rehearsed write before anything is written. */
  settled(planned: Planned, rehearsed: Write): Write;
  /** The write measured against what was rehearsed, whether the caller said what it saw or not. */
  asRehearsed(planned: Planned, rehearsed: Write): Planned;
  notSent(planned: Planned): Write;
}

/** rehearsed: a dry run that all would take. none: nothing was written. partly: some were, up to the first failure. */
export type WritesOutcome = 'rehearsed' | 'applied' | 'partly' | 'none';

/** Nothing is written unless every rehearsal went well. The account names each write, in the order of the plan. */
export async function carryOut<Planned, Write extends { state: WriteState }>({
  planned,
  dryRun,
  write,
  settled,
  asRehearsed,
  notSent,
}: SeveralWrites<Planned, Write>): Promise<{ outcome: WritesOutcome; writes: Write[] }> {
  const rehearsed: Write[] = [];
  for (const each of planned) {
    const tried = await write(each, true);
    rehearsed.push(dryRun ? tried : settled(each, tried));
  }
  const willing = rehearsed.every(({ state }) => state === 'rehearsed');
  if (dryRun || !willing) return { outcome: willing ? 'rehearsed' : 'none', writes: rehearsed };
  const writes: Write[] = [];
  for (const [i, each] of planned.entries()) {
    const known = rehearsed[i];
    const stopped = writes.some(({ state }) => state !== 'applied');
    writes.push(
      stopped || known === undefined ? notSent(each) : await write(asRehearsed(each, known), false),
    );
  }
  const applied = writes.filter(({ state }) => state === 'applied').length;
  return { outcome: applied === writes.length ? 'applied' : applied > 0 ? 'partly' : 'none', writes };
}
