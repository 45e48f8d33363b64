import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateHospitalRecords } from '../../../prisma/seed/records/index.ts';
import { startVoter } from './voter.ts';

const QUESTION = [
  'crushing chest pain radiating to the left arm, sweating',
  ['Acute myocardial infarction', 'Migraine'],
] as const;
let folder: string;
const setup = () => ({ recordsDir: folder, shardKey: randomBytes(32), shards: 16 });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-voter-'));
  await generateHospitalRecords({ seed: 'voter', hospitalKey: 'harbour', patients: 200, folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('votes from a thread of its own, several questions at once, while this one stays free', async () => {
  const voter = await startVoter(setup());
  let turns = 0;
  const ticking = setInterval(() => turns++, 0);
  const votes = await Promise.all(Array.from({ length: 50 }, () => voter.vote(...QUESTION)));
  clearInterval(ticking);
  expect(votes[0]!.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(8);
  expect(new Set(votes.map((counts) => counts.join())).size).toBe(1);
  expect(turns).toBeGreaterThan(0);
  await voter.close();
});

test('a thread that dies abstains for what it had, and votes again once it is back', async () => {
  const born: Worker[] = [];
  const collect = (worker: Worker) => born.push(worker);
  process.on('worker', collect);
  let deaths = 0;
  const voter = await startVoter(setup(), () => deaths++);
  const before = await voter.vote(...QUESTION);
  const inFlight = voter.vote(...QUESTION);
  await born[0]!.terminate();
  expect([...(await inFlight)]).toEqual([0, 0]);
  expect([...(await voter.vote(...QUESTION))]).toEqual([0, 0]);
  await expect.poll(() => voter.vote(...QUESTION), { timeout: 20_000, interval: 100 }).toEqual(before);
  expect([deaths, born.length]).toEqual([1, 2]);
  process.off('worker', collect);
  await voter.close();
}, 30_000);

test('a folder that cannot be read is an error at the start', async () => {
  await expect(startVoter({ ...setup(), recordsDir: join(folder, 'nowhere') })).rejects.toThrow(
    /records folder/,
  );
});
