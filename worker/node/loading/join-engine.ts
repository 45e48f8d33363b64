import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import type { NodeConfig } from '../config.ts';
import type { Engine } from '../engine/engine.ts';
import { type OpenEngine, onFirstUse } from '../engine/open-engine.ts';
import { PromptLanes, promptsAtOnce } from '../lanes/prompt-lanes.ts';
import type { ShardTask } from '../lanes/task.ts';
import { promptTickMs } from '../lanes/time-quotas.ts';
import type { Shards } from './start-shards.ts';

/** Shards and model together: what a round is asked of. */
export type Joined = {
  sum: (task: ShardTask) => Promise<Uint32Array>;
  /** The model, once the shards can answer with it. */
  shortAnswers: () => Promise<Engine>;
  /** The model for public questions: how soon it answers shows nothing of a shard. */
  publicModel: () => Promise<Engine>;
  /** Replies leave on multiples of this. */
  tickMs: number;
  readonly load: { busy: number; queued: number };
};

/**
 * How this node's records act on its answers: in the embedded node by retrieval alone, with a model behind a server by
 * what that makes of a shard's nearest records in its prompt (models.md).
 */
export async function joinEngine(
  config: Pick<NodeConfig, 'engine' | 'lanes' | 'shards' | 'tickMs'>,
  opened: OpenEngine,
  shards: Shards,
  secret: Buffer,
): Promise<Joined> {
  if (opened.capabilities.labelVotes === 'nearest-records') {
    return {
      sum: shards.sum,
      shortAnswers: onFirstUse(async () => {
        const model = await opened.load();
        if (!model.vocabulary) throw new Error('the model shows no vocabulary to read records with');
        await shards.learnTokens(model.vocabulary);
        return model;
      }),
      publicModel: opened.load,
      tickMs: config.tickMs,
      get load() {
        return shards.load;
      },
    };
  }
  const engine = await opened.load();
  const shardMs = 'shardMs' in config.engine ? config.engine.shardMs : 0;
  const times = { shards: config.shards, shardMs, roundMs: ROUND_DEADLINE_MS };
  const tickMs = promptTickMs({ ...times, atOnce: promptsAtOnce(engine, config.lanes) }, config.tickMs);
  const lanes = new PromptLanes({
    ...times,
    engine,
    lanes: config.lanes,
    secret,
    textsOf: await shards.readTexts(),
    rows: shards.rows,
  });
  // The model's own look at a token's question has the time of a shard: a round waits for nothing longer.
  const inTime: Engine = {
    ...engine,
    generate: (...asked) => lanes.aside(() => engine.generate(...asked)),
    scoreLabels: (...asked) => lanes.aside(() => engine.scoreLabels(...asked)),
    likeliest: (...asked) => lanes.aside(() => engine.likeliest(...asked)),
    candidateScores: (answer, candidates, call = {}) =>
      engine.candidateScores(answer, candidates, { signal: AbortSignal.timeout(shardMs), ...call }),
  };
  return {
    sum: async (task) => {
      if (task.kind === 'nearest') throw new TypeError('this task has no sum');
      return lanes.sum(task);
    },
    shortAnswers: async () => inTime,
    publicModel: async () => inTime,
    tickMs,
    get load() {
      return lanes.load;
    },
  };
}
