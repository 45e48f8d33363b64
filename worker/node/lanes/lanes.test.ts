import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { generateHospitalRecords } from '../../../prisma/seed/records/index.ts';
import { startShards } from '../loading/start-shards.ts';
import { Quarantine } from './quarantine.ts';
import { newTable, rowOf, writeRow } from './result-table.ts';
import { sumRows } from './sum-rows.ts';
import type { ShardTask } from './task.ts';
import {
  DEFAULT_TICK_MS,
  LEAST_TICK_MS,
  laneQuotaMs,
  POLL_MS,
  requireTickForStall,
  requireTimeForAll,
  SHARD_POLLS,
} from './time-quotas.ts';

const QUESTION: ShardTask = {
  kind: 'vote',
  prompt: 'crushing chest pain radiating to the left arm, sweating',
  labels: ['Acute myocardial infarction', 'Migraine'],
};
let folder: string;
const shardKey = randomBytes(32);
const setup = (lanes: number) => ({
  recordsDir: folder,
  shardKey,
  shards: 16,
  lanes,
  roundMs: ROUND_DEADLINE_MS,
});
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-lanes-'));
  await generateHospitalRecords({ seed: 'lanes', hospitalKey: 'harbour', patients: 200, folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('lanes', () => {
  test('several questions at once, any number of lanes: the same sums, while this thread stays free', async () => {
    const sums: string[] = [];
    for (const lanes of [1, 3]) {
      const shards = await startShards(setup(lanes));
      let turns = 0;
      const ticking = setInterval(() => turns++, 0);
      const votes = await Promise.all(Array.from({ length: 30 }, () => shards.sum(QUESTION)));
      clearInterval(ticking);
      expect(votes[0]!.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(8);
      expect(turns).toBeGreaterThan(0);
      sums.push(...votes.map((counts) => counts.join()));
      await shards.close();
    }
    expect(new Set(sums).size).toBe(1);
  });

  test('threads that are ended from outside cost the shard they were at and no more, and are replaced', async () => {
    const born: Worker[] = [];
    const collect = (worker: Worker) => born.push(worker);
    process.on('worker', collect);
    const quarantined: number[] = [];
    let ended = 0;
    const shards = await startShards({
      ...setup(1),
      onQuarantined: (shard) => quarantined.push(shard),
      onLaneEnded: () => ended++,
    });
    const before = await shards.sum(QUESTION);
    // The first is the loader; then the lane and the one that stands by. Idle threads are at no shard. On a machine
    // that is busy a thread may also have been given up at a rehearsal, and another be on its way.
    const isGone = (worker: Worker) => worker.threadId === -1;
    const outside = born.slice(1).filter((worker) => !isGone(worker));
    expect(outside.length).toBeGreaterThanOrEqual(2);
    await Promise.all(outside.map((worker) => worker.terminate()));
    expect(await shards.sum(QUESTION)).toEqual(before);
    expect(outside.every(isGone)).toBe(true);
    expect([ended, quarantined]).toEqual([born.slice(1).filter(isGone).length, []]);
    await expect.poll(() => born.slice(1).filter((worker) => !isGone(worker)).length).toBe(2);
    process.off('worker', collect);
    await shards.close();
  });

  test('a folder that cannot be read, or too many shards for the lanes, is an error at the start', async () => {
    const nowhere = { ...setup(1), recordsDir: join(folder, 'nowhere') };
    await expect(startShards(nowhere)).rejects.toThrow(/records folder/);
    await expect(startShards({ ...setup(1), shards: 4_096 })).rejects.toThrow(/^lanes: 4096 shards want/);
  });
});

describe('a result table', () => {
  const task: ShardTask = { kind: 'token', prompt: '', key: [], candidates: [1, 2], logProbs: [], bound: 10 };

  test('sums fit rows modulo 2^32 and takes nothing else', () => {
    const table = newTable(5, 2);
    writeRow(table, 0, Int32Array.of(-10, 10));
    writeRow(table, 1, Int32Array.of(-3, 1));
    writeRow(table, 2, Int32Array.of(11, 0));
    writeRow(table, 3, Int32Array.of(1));
    // Begun and not finished.
    table.rows.set([5, 5], 8);
    expect(rowOf(table, 4)).toBeNull();
    expect([...sumRows(table, task, 5)]).toEqual([2 ** 32 - 13, 11]);
  });

  test.each([[[1, 1]], [[2, 0]], [[-1, 0]]])('%j is no vote', (row) => {
    const table = newTable(1, 2);
    writeRow(table, 0, Int32Array.from(row));
    expect([...sumRows(table, { kind: 'vote', prompt: '', labels: ['a', 'b'] }, 1)]).toEqual([0, 0]);
  });

  test.each([null, 'x', [1, 0], new Float64Array([0.5, 0])])('%s is no row', (row) => {
    const table = newTable(1, 2);
    writeRow(table, 0, row);
    expect([...(rowOf(table, 0) ?? [])]).toEqual([0, 0]);
  });
});

describe('time', () => {
  test('every shard of a lane has its quota within a round, or the node does not start', () => {
    expect(laneQuotaMs(64, 2)).toBeLessThan(ROUND_DEADLINE_MS);
    expect(() => requireTimeForAll(64, 1, ROUND_DEADLINE_MS)).not.toThrow();
    expect(() => requireTimeForAll(1_024, 1, ROUND_DEADLINE_MS)).toThrow(/1024 shards want at least 9 lanes/);
    expect(() => requireTimeForAll(1_024, 9, ROUND_DEADLINE_MS)).not.toThrow();
  });

  test("usual work, a stall and a takeover fit the product's tick, and a node with a shorter one does not start", () => {
    expect(LEAST_TICK_MS).toBeLessThanOrEqual(DEFAULT_TICK_MS);
    // What a stall adds to a round is what the quota of one shard allows for.
    expect(LEAST_TICK_MS).toBeGreaterThanOrEqual(laneQuotaMs(1, 1) + POLL_MS * SHARD_POLLS);
    expect(() => requireTickForStall(LEAST_TICK_MS)).not.toThrow();
    expect(() => requireTickForStall(LEAST_TICK_MS - 1)).toThrow(/^tickMs: /);
  });

  test('a shard that is late three times in an hour is given up, one that ends a thread at once', () => {
    const out: number[] = [];
    const quarantine = new Quarantine((shard) => out.push(shard));
    const hour = 3_600_000;
    for (const atMs of [0, 10, hour + 5]) quarantine.stalled(3, atMs);
    expect(quarantine.has(3)).toBe(false);
    quarantine.stalled(3, hour + 6);
    quarantine.died(5);
    quarantine.died(5);
    expect(out).toEqual([3, 5]);
  });
});
