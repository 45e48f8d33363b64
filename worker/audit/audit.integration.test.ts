import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { type AuditFederation, startAuditFederation } from './federation.ts';
import { federationPath } from './federation-path.ts';
import { droppedCount, type PlantedBug, rhoDividedByHospitals, zeroOutFormula } from './planted-bugs.ts';
import { runSubject } from './run-subject.ts';
import type { Subject } from './subject.ts';
import { retriedVote } from './subjects/retried-vote.ts';
import { vote } from './subjects/vote.ts';

let database: TestDatabase;
let dataDir: string;
let federation: AuditFederation;
beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-audit-'));
  federation = await startAuditFederation(database.url, dataDir);
}, 120_000);
afterAll(async () => {
  await federation?.stop();
  await database?.close();
  if (dataDir) rmSync(dataDir, { recursive: true });
});

/** Samples a side at eta = 1 that find an eta half as large with an error of 1e-6 (privacy.md section 6). */
const ENOUGH = 500;
const OPTIONS = { pilot: 60, error: 1e-6 };
const RETRIES = 6;

describe('an attacker with the answers of two federations that differ in one patient', () => {
  test('cannot refute the charge of a vote, though the patient shows', async () => {
    const { claimedRhoPico, last } = await runSubject(federationPath(federation), vote(1), {
      ...OPTIONS,
      first: ENOUGH,
      most: ENOUGH,
    });
    expect(claimedRhoPico).toBeLessThanOrEqual(125_000_000_000n);
    expect(claimedRhoPico).toBeGreaterThan(124_999_000_000n);
    expect(last).toMatchObject({ verdict: 'not_refuted', samplesPerSide: ENOUGH });
    console.log(last);
  });

  test.each<[PlantedBug, Subject]>([
    [zeroOutFormula, vote(2)],
    [rhoDividedByHospitals, vote(4)],
    [droppedCount, retriedVote(1, RETRIES)],
  ])('refutes it when a bug is planted: $id', async (bug, subject) => {
    federation.plant(bug.stages());
    const t=Date.now();
    const { last } = await runSubject(federationPath(federation), subject, {
      ...OPTIONS,
      first: 125,
      most: 2_000,
    });
    federation.plant();
    console.log(bug.id, last, Date.now()-t);
    expect(last.verdict).toBe('refuted');
  });
});
