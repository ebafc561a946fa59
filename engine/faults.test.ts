import { describe, expect, it } from 'vitest';
import { noOutcome, runFaults } from './testing/faults';

describe('shifts whose engines are killed, frozen and doubled, in a cluster that fails', () => {
  it('end where their plan or what was before says, with no step twice and no rollback lost', async () => {
    const outcome = noOutcome();
    await runFaults(7, 6, 600, outcome);
    expect(outcome).toMatchObject({ runs: 6, flaws: [] });
  }, 240_000);
});
