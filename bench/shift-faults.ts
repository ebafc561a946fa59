/**
 * Shifts under faults: engines killed with SIGKILL at their writes, frozen past their lease and always two of them, the API cut,
 * failing and forgetful, routers edited by somebody else. Counts what must never happen. SEEDS and SHIFTS may be set.
 */
import { noOutcome, runFaults } from '../engine/testing/faults';
import type { Figures } from './run';

const SHIFTS = Number(process.env['SHIFTS'] ?? 21);
const SEEDS = Number(process.env['SEEDS'] ?? 10);
const LOOKS = 900;

export async function shiftFaults(): Promise<Figures> {
  const outcome = noOutcome();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    await runFaults(seed, SHIFTS, LOOKS, outcome);
    const { runs, flaws } = outcome;
    console.log(`seed ${seed}: ${runs} runs so far, ${flaws.length} flaws`);
  }
  for (const flaw of outcome.flaws) console.log(`  ${flaw}`);
  const { flaws: _, ...figures } = outcome;
  return figures;
}
