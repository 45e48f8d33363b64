import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { generateHospitalRecords } from '../../../../../prisma/seed/records/index.ts';
import { joinEngine } from '../../../loading/join-engine.ts';
import { startShards } from '../../../loading/start-shards.ts';
import { loadLlamaEngine } from '../../llama-engine.ts';
import { openEngine } from '../../open-engine.ts';
import { openServer } from '../../server/open-server.ts';
import { engineContract } from '../engine-contract.ts';
import { SERVER_FILE, serverFileSchema } from './server-file.ts';

/** The contract against a server that runs: `npm run engines`, and no part of `npm test`. */
const { demo, endToken, ...server } = serverFileSchema.parse(JSON.parse(readFileSync(SERVER_FILE, 'utf8')));
const checks = join(dirname(SERVER_FILE), 'checks.json');
const log = createLogger('engines');
const open = () => openServer({ ...server, shardMs: 250, ...(endToken && { endToken }) }, checks, log);

// A find of an earlier run is no test.
rmSync(checks, { force: true });
engineContract(`${server.kind} at ${server.url}`, open);

test.runIf(demo)('its scores are those of the same model in this process', async () => {
  const here = await loadLlamaEngine();
  const there = await open();
  const answer = {
    prompt: 'What are the symptoms of asthma?',
    prefix: here.tokenize('The symptoms'),
    maxTokens: 32,
  };
  const ids = Array.from({ length: 128 }, (_, at) => 300 + at);
  const [own, served] = await Promise.all([
    here.candidateScores(answer, ids),
    there.candidateScores(answer, ids),
  ]);
  expect(served.promptTokens).toBe(own.promptTokens);
  served.logProbs.forEach((logProb, at) => {
    expect(Math.abs(logProb - (own.logProbs[at] ?? 0))).toBeLessThan(0.02);
  });
  await Promise.all([here.close(), there.close()]);
});

test('the shards of a node ask it, for votes and for the next token', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fdlr-real-'));
  await generateHospitalRecords({ seed: 'real', hospitalKey: 'harbour', patients: 120, folder });
  const [SHARDS, lanes] = [8, 2];
  const setup = { recordsDir: folder, shardKey: Buffer.alloc(32, 5), shards: SHARDS, lanes };
  const shards = await startShards({ ...setup, roundMs: ROUND_DEADLINE_MS });
  const config = { ...server, shardMs: 800, ...(endToken && { endToken }) };
  const opened = await openEngine(config, checks, log);
  const node = { engine: config, shards: SHARDS, lanes, tickMs: 160 };
  const { sum } = await joinEngine(node, opened, shards, Buffer.alloc(32, 6));
  const prompt = 'Crushing chest pain radiating to the left arm, sweating. What is it?';
  const labels = ['Acute myocardial infarction', 'Migraine', 'Asthma'];
  const votes = await sum({ kind: 'vote', requestId: randomUUID(), prompt, labels });
  const cast = votes.reduce((total, count) => total + count, 0);
  expect(cast).toBeLessThanOrEqual(SHARDS);
  // The demo model cannot follow "answer with the letter": there it is enough that every prompt was answered.
  if (!demo) expect(cast).toBeGreaterThan(SHARDS / 2);

  const engine = await opened.load();
  if (engine.capabilities.exactScores) {
    const { candidates } = await engine.likeliest({ prompt, prefix: [], maxTokens: 16 }, 32);
    const ids = candidates.map(({ id }) => id);
    const { logProbs } = await engine.candidateScores({ prompt, prefix: [], maxTokens: 16 }, ids);
    const asked = { requestId: randomUUID(), prompt, prefix: [], maxTokens: 16, key: [], bound: 8_192 };
    const moved = await sum({ kind: 'token', ...asked, candidates: ids, logProbs });
    expect([...moved].filter((value) => value !== 0).length).toBeGreaterThan(8);
  }
  await Promise.all([shards.close(), engine.close()]);
  rmSync(folder, { recursive: true });
});
