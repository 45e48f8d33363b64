import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noisyWinner, sampleNoiseShare, sigmaLocalFor } from '#lib/privacy/mechanisms/distributed-gaussian';
import type { Rational } from '#lib/privacy/sampling/rational';
import { directPath } from './direct-path.ts';
import type { Draw } from './draw.ts';
import { writeAuditRecords } from './records.ts';
import { runSubject } from './run-subject.ts';
import { vote } from './subjects/vote.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-audit-'));
  writeAuditRecords(dataDir);
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const SHARES = { survivors: 2, labelCount: 2 };
/** What the votes of this audit are charged: eta = 1, and what the rounding of its epsilon took away. */
const RHO_PICO = 124_999_000_000n;
const OPTIONS = { pilot: 2_000, first: 16_000, most: 16_000, error: 1e-6 };
/** A Gaussian is further from the limit than a vote between two labels: more answers are needed to exceed it. */
const MORE = { ...OPTIONS, first: 64_000, most: 64_000 };

/** The vote of the masked channel: every hospital's share of noise on the sum, and the largest count wins. */
const drawnWith =
  (sigma2Local: Rational): Draw =>
  ({ scores }) => {
    const shares = Array.from({ length: SHARES.survivors }, () =>
      sampleNoiseShare({ labelCount: scores.length, sigma2Local }),
    );
    return noisyWinner(scores.map((score, i) => shares.reduce((sum, share) => sum + share[i]!, score)));
  };

const { sigma2Local } = sigmaLocalFor(RHO_PICO, SHARES);

test('many answers of the gaussian vote do not refute its charge', async () => {
  const { last } = await runSubject(await directPath(dataDir, drawnWith(sigma2Local)), vote(1), OPTIONS);
  expect(last.verdict).toBe('not_refuted');
  expect(last.distance).toBeGreaterThan(0.6 * last.distanceLimit);
});

test('they refute it when the sqrt 2 of a moved vote is forgotten', async () => {
  // A vote that moves takes from one count and gives to another: half of the variance would do for a single count.
  const forgotten = { num: sigma2Local.num, den: 2n * sigma2Local.den };
  const { last } = await runSubject(await directPath(dataDir, drawnWith(forgotten)), vote(1), MORE);
  expect(last.verdict).toBe('refuted');
});
