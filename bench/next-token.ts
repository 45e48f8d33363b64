import { loadLlamaEngine } from '../worker/node/engine/llama-engine.ts';
import { NEIGHBOURS } from '../worker/node/next-token/neighbours.ts';
import type { Benchmark } from './lib/benchmark.ts';
import { table } from './lib/table.ts';
import { buildShards, heldOutSteps } from './next-token/held-out-steps.ts';
import { type Constants, modelLoss, sharedLoss } from './next-token/log-loss.ts';

const SHARDS = 64;
const PATIENTS = 4_000;
const CASES = 40;
const CLIP = 1;

/** The product's constants, and each changed alone. */
const CHANGES: Partial<Constants>[] = [
  {},
  { keyTokens: 1 },
  { keyTokens: 2 },
  { keyTokens: 6 },
  { perMatch: 2 },
  { perMatch: 32 },
  { likenessPower: 0 },
  { likenessPower: 2 },
  { lambda: 0.25 },
  { lambda: 0.5 },
  { lambda: 0.9 },
  { mostPlaces: 256 },
];

/** How the constants of worker/node/next-token/neighbours.ts were chosen. Higher clips gain more, and cost more. */
export const nextToken: Benchmark = {
  name: 'next-token',
  summary:
    'What shards add to the model: nats a token on notes that none of them holds, by constant and clip.',
  flags: { values: ['cases'], switches: [] },
  async run({ values }) {
    const engine = await loadLlamaEngine();
    const shards = await buildShards(engine, SHARDS, PATIENTS);
    const steps = await heldOutSteps(engine, shards, Number(values.cases ?? CASES));
    await engine.close();
    const lines: (readonly [id: string, loss: number])[] = [['model-alone', modelLoss(steps)]];
    for (const change of CHANGES) {
      const name = Object.entries(change).map(([key, value]) => `${key}-${value}`)[0] ?? 'as-they-are';
      lines.push([name, sharedLoss(shards, steps, { ...NEIGHBOURS, ...change }, CLIP)]);
    }
    for (const clip of [0.5, 2]) lines.push([`clip-${clip}`, sharedLoss(shards, steps, NEIGHBOURS, clip)]);
    console.log(`${steps.length} tokens, ${SHARDS} shards of ${PATIENTS} patients, clip ${CLIP}`);
    console.log(
      table(
        ['constants', 'nats a token'],
        lines.map(([name, loss]) => [name, loss.toFixed(3)]),
      ),
    );
    return {
      rows: lines.map(([id, value]) => ({
        id,
        metric: 'log-loss of held-out notes',
        value,
        unit: 'nats per token',
        target: null,
        met: null,
      })),
    };
  },
};
