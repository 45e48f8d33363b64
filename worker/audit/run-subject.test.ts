import { describe, expect, test } from 'vitest';
import type { Path } from './path.ts';
import { runSubject } from './run-subject.ts';
import { vote } from './subjects/vote.ts';

/** A path that gives away the side, with probability `tell`, and says that it charged so much. */
function leakyPath(tell: number, rhoPico: bigint): Path & { asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    ask: async ({ side }) => {
      asked += 1;
      // Every so often, not at random: what is tested here is when the run ends.
      return { content: asked % 100 < tell * 100 ? side : 'nothing', requestId: String(asked) };
    },
    chargesOf: async (ids) => new Map(ids.map((id) => [id, rhoPico])),
  };
}

const OPTIONS = { pilot: 50, first: 100, most: 1_000, error: 1e-6 };

describe('a run', () => {
  test('ends at the first look that refutes the charge', async () => {
    const path = leakyPath(1, 10n ** 10n);
    const { last, looks, event, claimedRhoPico } = await runSubject(path, vote(1), OPTIONS);
    expect([last.verdict, last.samplesPerSide, looks]).toEqual(['refuted', 100, 1]);
    expect(event).toEqual(['left']);
    expect(claimedRhoPico).toBe(10n ** 10n);
    expect(path.asked()).toBe(2 * (50 + 100));
  });

  test('looks on while nothing is refuted, and no further than it may', async () => {
    const { last, looks } = await runSubject(leakyPath(0, 10n ** 10n), vote(1), OPTIONS);
    expect([last.verdict, last.samplesPerSide, looks]).toEqual(['not_refuted', 800, 4]);
    expect(last.rho).toBe(0);
  });

  test('reports what it has when its time is over in the middle of a look', async () => {
    let batches = 0;
    const { last } = await runSubject(leakyPath(0, 1n), vote(1), {
      ...OPTIONS,
      first: 1_000,
      isOver: () => batches >= 2,
      onBatch: () => {
        batches += 1;
      },
    });
    expect(last.samplesPerSide).toBe(250);
  });

  test('stops in the middle of a batch, with as many samples of both sides', async () => {
    const path = leakyPath(0, 1n);
    const isOver = () => path.asked() >= 2 * (50 + 70);
    const { last } = await runSubject(path, vote(1), { ...OPTIONS, first: 1_000, isOver });
    expect(2 * (50 + last.samplesPerSide)).toBe(path.asked());
    expect(last.samplesPerSide).toBeGreaterThanOrEqual(70);
    expect(last.samplesPerSide).toBeLessThan(125);
  });

  test('takes its pilot and the least though its time is over before it began', async () => {
    const path = leakyPath(0, 1n);
    const over = { ...OPTIONS, first: 1_000, isOver: () => true };
    expect((await runSubject(path, vote(1), { ...over, least: 10 })).last.samplesPerSide).toBe(10);
    expect((await runSubject(path, vote(1), over)).last.samplesPerSide).toBe(0);
  });

  test('takes the dearest sample for the claim, and what the ledger does not know for uncharged', async () => {
    const path = leakyPath(0, 0n);
    const charges = { ...path, chargesOf: async (ids: readonly string[]) => new Map([[ids[7]!, 5n]]) };
    expect((await runSubject(charges, vote(1), OPTIONS)).claimedRhoPico).toBe(5n);
    // Nothing charged: anything that shows at all is too much.
    const free = { ...leakyPath(1, 0n), chargesOf: async () => new Map<string, bigint>() };
    expect((await runSubject(free, vote(1), OPTIONS)).last.verdict).toBe('refuted');
  });

  test('fails with the request that failed', async () => {
    const broken: Path = { ...leakyPath(0, 1n), ask: () => Promise.reject(new Error('refused')) };
    await expect(runSubject(broken, vote(1), OPTIONS)).rejects.toThrow('refused');
  });
});
