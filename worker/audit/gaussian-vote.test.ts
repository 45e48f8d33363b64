import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { honestNoise, NOISE_BUGS, noisyPath } from './noise-bugs.ts';
import { writeAuditRecords } from './records.ts';
import { runSubject } from './run-subject.ts';
import { gaussianVote } from './subjects/gaussian-vote.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-audit-'));
  writeAuditRecords(dataDir);
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const OPTIONS = { pilot: 2_000, first: 16_000, most: 16_000, error: 1e-6 };
/** A Gaussian is further from the limit than a vote between two labels: more answers are needed to exceed it. */
const MORE = { ...OPTIONS, first: 64_000, most: 64_000 };

test('many answers of the gaussian vote do not refute its charge, though two of four hospitals collude', async () => {
  const path = await noisyPath(dataDir, { sigma2Local: honestNoise });
  const { last } = await runSubject(path, gaussianVote(1), OPTIONS);
  expect(last.verdict).toBe('not_refuted');
  expect(last.distance).toBeGreaterThan(0.6 * last.distanceLimit);
});

test.each(NOISE_BUGS)('they refute it when a bug is planted: $id', async (bug) => {
  const { last } = await runSubject(await noisyPath(dataDir, bug), bug.subject, MORE);
  expect(last.verdict).toBe('refuted');
});
