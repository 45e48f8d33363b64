import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LEDGERS } from './testing/ledgers.ts';
import { steps } from './testing/moves.ts';
import { type Played, play } from './testing/play.ts';
import { openPlayground, type Playground } from './testing/playground.ts';

const RUNS = 60;

describe.each(LEDGERS)('$name', (subject) => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await openPlayground(subject);
  });
  afterAll(() => playground?.close());

  test('whatever is asked, retried, settled, released, expired and frozen, alone or at once: the model explains it', async () => {
    const all: Played[] = [];
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        all.push(...(await play(subject, playground, sequence)));
      }),
      { numRuns: RUNS },
    );
    const counted = count(all);
    console.log(`${subject.name}, ${RUNS} sequences: ${JSON.stringify(counted)}`);
    // A suite that never meets these proves nothing about them.
    for (const [what, times] of Object.entries(counted)) expect(times, what).toBeGreaterThan(0);
  });
});

function count(all: readonly Played[]) {
  const of = (wanted: (verdict: string) => boolean) =>
    all.reduce((sum, { verdicts }) => sum + verdicts.filter(wanted).length, 0);
  const replays = (wanted: string) =>
    all.reduce((sum, played) => sum + played.replays.filter((told) => told.startsWith(wanted)).length, 0);
  const settled = (wanted: (charged: number, amount: number) => boolean) =>
    of((verdict) => {
      const [, charged, amount] = /^settled (\d+) of (\d+)/.exec(verdict) ?? [];
      return amount !== undefined && wanted(Number(charged), Number(amount));
    });
  const moves = (name: string, wanted: (verdict: string) => boolean) =>
    all.reduce(
      (sum, { step, verdicts }) =>
        sum + step.filter((move, i) => move.move === name && wanted(verdicts[i]!)).length,
      0,
    );
  return {
    admitted: of((verdict) => verdict === 'reserved'),
    denied: of((verdict) => verdict === 'exhausted'),
    'one denied beside one admitted, at once': all.filter(
      ({ verdicts }) => verdicts.includes('reserved') && verdicts.includes('exhausted'),
    ).length,
    'retried while reserved': replays('reserved'),
    'retried once answered': replays('answered'),
    'retried once failed': replays('failed'),
    'the same key with another body': replays('conflict'),
    'settled in full': settled((charged, amount) => charged === amount),
    'settled in part': settled((charged, amount) => charged > 0 && charged < amount),
    'settled for nothing': settled((charged) => charged === 0),
    'settled for more than was set aside': of((verdict) => verdict === 'range'),
    'closed a second time': of((verdict) => verdict === 'closed'),
    expired: moves('reap', (verdict) => verdict !== '0'),
    'lowered below what is spent': of((verdict) => verdict === 'refused'),
    'of unknown outcome': of((verdict) => verdict === 'unknown'),
  };
}
