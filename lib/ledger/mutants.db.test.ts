import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { steps } from './testing/moves.ts';
import { MUTANTS } from './testing/mutants.ts';
import { DivergenceError, play } from './testing/play.ts';
import { openPlayground } from './testing/playground.ts';

/** As many sequences as an honest ledger has to survive: what outlives them, they do not test. */
const RUNS = 60;

/** The properties find every one of these within the runs they take of an honest ledger; otherwise they are too weak. */
describe('a ledger that is broken on purpose is found out', () => {
  test.each(MUTANTS)('$name', async (mutant) => {
    const playground = await openPlayground(mutant);
    try {
      const report = await fc.check(
        fc.asyncProperty(steps, async (sequence) => {
          await play(mutant, playground, sequence);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      console.log(
        `${mutant.name}: ${report.failed ? `found out by sequence ${report.numRuns} of ${RUNS}` : 'alive'}`,
      );
      expect(mutant.touched(), 'the break took hold').toBe(true);
      expect(report.failed, `outlived ${report.numRuns} sequences`).toBe(true);
      // Not by the harness falling over.
      expect(report.errorInstance).toBeInstanceOf(DivergenceError);
    } finally {
      await playground.close();
    }
  });
});
