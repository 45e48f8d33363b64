import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDatabase, dropDatabase } from '#lib/db/create-database';
import { createPool } from '#lib/db/pool';
import { testDatabaseName } from '#lib/db/testing-databases';
import { findMismatches } from '#lib/ledger/check-sums';
import { freePort } from '#lib/net/free-port';
import { enrolSeededNodes } from '../../prisma/seed/enrol-nodes.ts';
import { seedScenario } from '../../prisma/seed/seed-scenario.ts';
import { SMALL } from '../testing/federation.ts';
import { enumFormat, HEART_LABELS, HEART_PROMPT } from '../testing/questions.ts';
import { loadKeys } from './keys.ts';
import { finishReset } from './reset.ts';
import { takeSnapshot } from './snapshot.ts';
import { findSnapshot } from './snapshot-record.ts';
import { startFederation } from './start-federation.ts';

const SCENARIO = { ...SMALL, patientsPerHospital: 100, historyRequests: 100 };
const root = mkdtempSync(join(tmpdir(), 'fdlr-reset-'));
let databaseUrl: string;
let copyUrl: string | undefined;

beforeAll(async () => {
  const own = new URL(inject('templateDatabaseUrl'));
  const template = own.pathname.slice(1);
  own.pathname = `/${testDatabaseName('test')}`;
  databaseUrl = own.href;
  await createDatabase(databaseUrl, template);
});
afterAll(async () => {
  for (const url of [databaseUrl, copyUrl]) if (url) await dropDatabase(url);
  rmSync(root, { recursive: true });
});

/** Starts router and nodes, asks one private question, and stops them. */
async function askOnce(
  [apiPort, channelPort]: [number, number],
  apiKey: string,
  nodes: Parameters<typeof startFederation>[0]['nodes'],
) {
  const keys = loadKeys(join(root, 'keys'));
  const federation = await startFederation({
    databaseUrl,
    apiPort,
    channelPort,
    keys,
    logs: root,
    nodes,
    consoleUrl: 'http://localhost:3000',
    mailDir: join(root, 'mail'),
  });
  try {
    const reply = await fetch(`${federation.apiBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({
        model: 'demo-medllama',
        messages: [{ role: 'user', content: HEART_PROMPT }],
        response_format: enumFormat(HEART_LABELS),
      }),
    });
    return reply.status;
  } finally {
    await federation.stop();
  }
}

async function counts() {
  const pool = createPool(databaseUrl, 1);
  try {
    expect(await findMismatches(pool)).toEqual([]);
    const { rows } = await pool.query(
      'SELECT (SELECT count(*)::int FROM request) AS requests, (SELECT count(*)::int FROM node_receipt) AS receipts',
    );
    return rows[0];
  } finally {
    await pool.end();
  }
}

test('after a reset the nodes come back and answer, on the ledger as it was seeded', async () => {
  const ports: [number, number] = [await freePort(), await freePort()];
  const seed = () =>
    seedScenario(SCENARIO, { databaseUrl, dataDir: root, channelPort: ports[1], log: () => {} });
  const { nodes, apiKey } = await seed();
  await takeSnapshot(databaseUrl, root);
  const found = findSnapshot(root);
  if (!('snapshot' in found)) throw new Error(found.missing);
  copyUrl = Object.assign(new URL(databaseUrl), { pathname: `/${found.snapshot.database}` }).href;

  await enrolSeededNodes(databaseUrl, root, nodes);
  expect(await askOnce(ports, apiKey, nodes)).toBe(200);
  const { requests, receipts } = await counts();
  expect(requests).toBe(101);
  expect(receipts).toBeGreaterThanOrEqual(3);

  await finishReset(databaseUrl, root, found.snapshot, () => {});
  expect(await counts()).toEqual({ requests: 100, receipts: 0 });
  expect((await seed()).isNew).toBe(false);
  await enrolSeededNodes(databaseUrl, root, nodes);
  expect(await askOnce(ports, apiKey, nodes)).toBe(200);
  expect(await counts()).toEqual({ requests: 101, receipts });
});
