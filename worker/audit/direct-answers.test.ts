import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawToken } from '#lib/privacy/mechanisms/draw-token';
import { clipSteps, tokenCostRhoPico } from '#lib/privacy/mechanisms/short-answer';
import { WORDS } from './answer-records.ts';
import { directAnswers } from './direct-answers.ts';
import { doubleReach, tokensChargedOnce } from './planted-bugs.ts';
import { writeAuditRecords } from './records.ts';
import { runSubject } from './run-subject.ts';
import { SIDES } from './scenario.ts';
import { shortAnswer } from './subjects/short-answer.ts';
import { twoWordEngine } from './two-word-engine.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-audit-'));
  writeAuditRecords(dataDir, ['answers']);
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const CLIP = { num: 1n, den: 1n };
const PER_TOKEN = tokenCostRhoPico({ clip: CLIP, shards: 3 });
const OPTIONS = { pilot: 500, first: 4_000, most: 4_000, error: 1e-6 };
const paths = (bug: Omit<Parameters<typeof directAnswers>[1], 'engine'> = {}) =>
  directAnswers(dataDir, { engine: twoWordEngine, ...bug });

test('one patient moves two words apart, in opposite directions on the two sides', async () => {
  const seen: number[][] = [];
  const path = await paths({
    draw: (token) => {
      const at = (word: string) =>
        token.publicScores.findIndex(({ id }) => twoWordEngine.vocabulary.pieces[id] === `\u2581${word}`);
      seen.push(WORDS.map((word) => token.sums[at(word)]! / clipSteps(CLIP)));
      return drawToken(token);
    },
  });
  for (const side of SIDES)
    await path.ask({ side, prompt: 'influenza', privacy: { epsilon: 15.5, maxTokens: 1 } });
  const [left, right] = seen as [number[], number[]];
  expect(left[0]! - right[0]!).toBeGreaterThan(1);
  expect(right[1]! - left[1]!).toBeGreaterThan(1);
});

describe('many short answers, without the API', () => {
  test.each([1, 16])('of %i tokens do not refute what is charged a token', async (tokens) => {
    const { claimedRhoPico, last } = await runSubject(await paths(), shortAnswer(tokens), OPTIONS);
    expect(claimedRhoPico).toBe(PER_TOKEN * BigInt(tokens));
    expect(last.verdict).toBe('not_refuted');
    expect(last.rho).toBeGreaterThan(0);
  });

  test('refute it when tokens are drawn with twice the reach that is charged', async () => {
    const path = await paths({ draw: doubleReach });
    const { claimedRhoPico, last } = await runSubject(path, shortAnswer(1), OPTIONS);
    expect(claimedRhoPico).toBe(PER_TOKEN);
    expect(last.verdict).toBe('refuted');
  });

  test('refute it when one token of sixteen is charged', async () => {
    const { subject, charge } = tokensChargedOnce;
    const { claimedRhoPico, last } = await runSubject(await paths({ charge }), subject, OPTIONS);
    expect(claimedRhoPico).toBe(PER_TOKEN);
    expect(last.verdict).toBe('refuted');
  });
});
