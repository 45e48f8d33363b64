import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { type AuditFederation, startAuditFederation } from './federation.ts';
import { runSubject } from './run-subject.ts';
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

test('x', async () => {
  const startedAt = Date.now();
  const ran = await runSubject(federation, vote(1), { pilot: 100, first: 500, most: 500, error: 1e-6 });
  console.log(ran, Date.now() - startedAt);
}, 200_000);
