import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { loadLlamaEngine } from '../../llama-engine.ts';
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
