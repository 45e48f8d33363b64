import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chargeForEpsilon } from '#lib/privacy/mechanisms/vote-charge';
import { sampleExponential } from '#lib/privacy/sampling/exponential-mechanism';
import { rationalToNumber } from '#lib/privacy/sampling/rational';
import { directPath } from './direct-path.ts';
import type { Draw } from './draw.ts';
import { doubleRange, drawWithReusedNoise } from './planted-bugs.ts';
import { writeAuditRecords } from './records.ts';
import { runSubject } from './run-subject.ts';
import { SIDES } from './scenario.ts';
import { DELTA, epsilonForEta } from './subject.ts';
import { twoVotes } from './subjects/two-votes.ts';
import { vote } from './subjects/vote.ts';
import { FEVER, PROMPT, RASH } from './vote-records.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-audit-'));
  writeAuditRecords(dataDir);
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const OPTIONS = { pilot: 2_000, first: 16_000, most: 16_000, error: 1e-6 };
/** Enough for what is far over the limit. */
const FEWER = { ...OPTIONS, pilot: 500, first: 2_000, most: 2_000 };
const refuting = async (draw: Draw, subject = vote(1), options = OPTIONS) =>
  runSubject(await directPath(dataDir, draw), subject, options);

test('one patient moves one shard, in opposite directions on the two questions', async () => {
  const seen: Record<string, readonly number[]> = {};
  const path = await directPath(dataDir, ({ scores, prompt }) => {
    seen[prompt] = scores;
    return 0;
  });
  for (const side of SIDES) {
    for (const [i, labels] of [FEVER, RASH].entries()) {
      await path.ask({ side, prompt: `${PROMPT} ${side} ${i}`, labels, privacy: { epsilon: 1 } });
    }
  }
  expect(Object.values(seen)).toEqual([
    [5, 4],
    [5, 4],
    [4, 5],
    [6, 3],
  ]);
});

describe('many answers of the sampler, without the API', () => {
  test('come close to the limit and stay under it', async () => {
    const { last } = await refuting(sampleExponential);
    expect(last.verdict).toBe('not_refuted');
    expect(last.distance).toBeGreaterThan(0.8 * last.distanceLimit);
  });

  test('stay under it when two are seen together and both are charged', async () => {
    const { claimedRhoPico, last } = await refuting(sampleExponential, twoVotes(1));
    expect(Number(claimedRhoPico) / 1e12).toBeCloseTo(0.25, 6);
    expect(last.verdict).toBe('not_refuted');
  });

  test('refute it when two answers share their noise', async () => {
    expect((await refuting(drawWithReusedNoise, twoVotes(1), FEWER)).last.verdict).toBe('refuted');
  });

  test.each<[string, Draw]>([
    ['the zero-out formula', doubleRange],
    ['labels without a majority dropped', ({ scores }) => (scores[0]! > scores[1]! ? 0 : 1)],
  ])('refute it when a bug is planted: %s', async (_bug, draw) => {
    expect((await refuting(draw)).last.verdict).toBe('refuted');
  });
});

test('eta is turned into the epsilon that is charged eta^2/8', () => {
  for (const eta of [0.1, 1, 4]) {
    const { rhoPico, beta } = chargeForEpsilon(epsilonForEta(eta), DELTA);
    expect(Number(rhoPico) / 1e12).toBeCloseTo(eta ** 2 / 8, 9);
    expect(2 * rationalToNumber(beta)).toBeCloseTo(eta, 6);
  }
});
