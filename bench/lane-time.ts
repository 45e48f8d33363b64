import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { CONDITIONS, generateHeldOutCases, generateHospitalRecords } from '../prisma/seed/records/index.ts';
import { loadLlamaEngine } from '../worker/node/engine/llama-engine.ts';
import type { ShardTask } from '../worker/node/lanes/task.ts';
import { DEFAULT_TICK_MS } from '../worker/node/lanes/time-quotas.ts';
import { startShards } from '../worker/node/loading/start-shards.ts';
import { START } from '../worker/node/next-token/token-index.ts';
import type { Benchmark } from './lib/benchmark.ts';
import { atMost } from './lib/result-json.ts';
import { table } from './lib/table.ts';

const SHARDS = 64;
const LANES = 2;
const PATIENTS = 4_000;
const RUNS = 50;
const TAKEOVERS = 10;
const REPLACEMENT_MS = 3_000;
const CANDIDATES = 128;

type Timed = { name: string; timesMs: number[]; targetMs: number | null };

async function timed(
  name: string,
  runs: number,
  run: () => Promise<unknown>,
  between: () => Promise<unknown> = async () => {},
): Promise<Timed> {
  const timesMs: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const startedAtMs = performance.now();
    await run();
    timesMs.push(performance.now() - startedAtMs);
    await between();
  }
  return { name, timesMs: timesMs.sort((a, b) => a - b), targetMs: runs > 1 ? DEFAULT_TICK_MS : null };
}

/** One hospital of the demonstration, through its real threads. */
export const laneTime: Benchmark = {
  name: 'lane-time',
  summary:
    'A hospital of the demonstration: start, votes, tokens, and rounds in which a thread ends, in milliseconds.',
  flags: { values: [], switches: [] },
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'fdlr-bench-'));
    await generateHospitalRecords({ seed: 'bench', hospitalKey: 'harbour', patients: PATIENTS, folder });
    const threads = new Set<Worker>();
    const collect = (thread: Worker) => {
      threads.add(thread);
      thread.once('exit', () => threads.delete(thread));
    };
    process.on('worker', collect);
    const setup = { recordsDir: folder, shardKey: Buffer.alloc(32, 1), shards: SHARDS, lanes: LANES };
    let shards!: Awaited<ReturnType<typeof startShards>>;
    const lines = [
      await timed('start', 1, async () => {
        shards = await startShards({ ...setup, roundMs: 10_000 });
      }),
    ];
    const prompt = generateHeldOutCases({ seed: 'bench', count: 1 })[0]?.text ?? '';
    const labels = CONDITIONS.slice(0, 12).map(({ code }) => code);
    const vote: ShardTask = { kind: 'vote', prompt, labels };
    lines.push(await timed('vote', RUNS, () => shards.sum(vote)));

    const engine = await loadLlamaEngine();
    lines.push(await timed('reading records as tokens', 1, () => shards.learnTokens(engine.vocabulary)));
    const { logProbs } = await engine.nextToken({ prompt, prefix: [], maxTokens: 64 });
    const candidates = [...logProbs.keys()].sort((a, b) => logProbs[b]! - logProbs[a]!).slice(0, CANDIDATES);
    const token: ShardTask = {
      kind: 'token',
      prompt,
      key: [START],
      candidates,
      logProbs: candidates.map((id) => logProbs[id]!),
      bound: 8_192,
    };
    lines.push(await timed('token, without the model', RUNS, () => shards.sum(token)));
    const endOneThread = async () => {
      const summing = shards.sum(vote);
      await sleep(1);
      await [...threads][0]?.terminate();
      await summing;
    };
    // Time for the next thread to stand by.
    const untilReplaced = () => sleep(REPLACEMENT_MS);
    lines.push(await timed('vote in which a thread ends', TAKEOVERS, endOneThread, untilReplaced));
    const rssMb = process.memoryUsage().rss / 2 ** 20;
    await shards.close();
    await engine.close();
    process.off('worker', collect);
    await rm(folder, { recursive: true });

    const at = (timesMs: readonly number[], share: number) =>
      timesMs[Math.floor(share * (timesMs.length - 1))] ?? 0;
    console.log(`${SHARDS} shards, ${LANES} lanes, ${PATIENTS} patients; ${rssMb.toFixed(0)} MB at the end`);
    console.log(
      table(
        ['', 'median ms', 'slowest ms'],
        lines.map(({ name, timesMs }) => [name, at(timesMs, 0.5).toFixed(1), at(timesMs, 1).toFixed(1)]),
      ),
    );
    return {
      rows: lines.map(({ name, timesMs, targetMs }) =>
        atMost({ id: name, metric: `median time: ${name}`, value: at(timesMs, 0.5), unit: 'ms' }, targetMs),
      ),
    };
  },
};
