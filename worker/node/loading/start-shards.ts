import type { Vocabulary } from '../engine/vocabulary.ts';
import { Lanes } from '../lanes/lanes.ts';
import { emptyTexts, type RecordTexts } from '../lanes/record-texts.ts';
import { tokenRehearsals, voteRehearsals } from '../lanes/rehearsals.ts';
import type { ResultTable } from '../lanes/result-table.ts';
import type { ShardData } from '../lanes/shard-data.ts';
import type { ShardTask } from '../lanes/task.ts';
import { requireTimeForAll } from '../lanes/time-quotas.ts';
import { emptyTokenIndex } from '../next-token/token-index.ts';
import { emptyShardIndex } from '../retrieval/shard-index.ts';
import { buildAll } from './build-all.ts';
import { Loader } from './loader.ts';
import type { LoadCounts, Wanted } from './loader-thread.ts';

export type ShardsSetup = {
  recordsDir: string;
  shardKey: Uint8Array;
  shards: number;
  lanes: number;
  roundMs: number;
  /** Modules that the threads run instead of the product's, for tests of what a record may do to them. */
  modules?: { indexer?: URL; scorer?: URL };
  /** A shard abstains from now on. For the hospital's own log: which one depends on its records. */
  onQuarantined?: (shard: number) => void;
  onLaneEnded?: () => void;
};

/** The shards of a node, loaded and ready to be asked. */
export type Shards = {
  counts: LoadCounts;
  /** The sum of what all shards say, modulo 2^32. Resolves for every task, whatever the records hold. */
  sum(task: ShardTask): Promise<Uint32Array>;
  /** Reads the records as the model's tokens, which short answers need. Once; after a failure it may be tried again. */
  learnTokens(vocabulary: Vocabulary): Promise<void>;
  /** Reads what a model behind a server is shown of the records, shard by shard. Once, as above. */
  readTexts(): Promise<RecordTexts[]>;
  /** Every shard's row of a task whose rows do not leave the node. */
  rows(task: ShardTask): Promise<ResultTable>;
  /** How much is asked of the lanes now. */
  readonly load: Lanes['load'];
  close(): Promise<void>;
};

const INDEXER = new URL('./index-shard.ts', import.meta.url);

/**
 * Reads the records into shards and starts the lanes. Throws when the records cannot be read, when the threads cannot
 * start, or when there are too few lanes for every shard to have its time within a round.
 */
export async function startShards(setup: ShardsSetup): Promise<Shards> {
  const { recordsDir, shardKey, shards, lanes, roundMs, modules, onQuarantined, onLaneEnded } = setup;
  requireTimeForAll(shards, lanes, roundMs);
  const indexer = (modules?.indexer ?? INDEXER).href;
  const loading = { recordsDir, shardKey, shards, indexer };
  const first = new Loader(loading);
  const counts = await first.loaded;
  const { loader, built } = await buildAll(first, loading, { what: 'index' });
  const out = new Set<number>();
  const data = built.map((reply, shard): ShardData => {
    if (reply && 'index' in reply && reply.index) return { index: reply.index, tokens: null };
    out.add(shard);
    onQuarantined?.(shard);
    return { index: emptyShardIndex(), tokens: null };
  });
  const lanesOf = await Lanes.start(
    {
      lanes,
      shards,
      roundMs,
      ...(modules?.scorer && { scorer: modules.scorer }),
      ...(onQuarantined && { onQuarantined }),
      ...(onLaneEnded && { onLaneEnded }),
    },
    data,
    voteRehearsals(data),
  );
  let reader = loader;
  let readerUsed = false;
  const readAgain = async (wanted: Wanted) => {
    // An attempt that failed may have ended its loader, which would look like the doing of the first shard.
    if (readerUsed) reader = new Loader(loading);
    readerUsed = true;
    await reader.loaded;
    const { loader: last, built: again } = await buildAll(reader, loading, wanted, out);
    // The records themselves are needed no more.
    await last.end();
    return again;
  };
  return {
    counts,
    sum: (task) => lanesOf.sum(task),
    rows: (task) => lanesOf.rows(task),
    get load() {
      return lanesOf.load;
    },
    readTexts: async () =>
      (await readAgain({ what: 'texts' })).map((reply, shard) => {
        if (reply && 'texts' in reply && reply.texts) return reply.texts;
        if (!out.has(shard)) onQuarantined?.(shard);
        return emptyTexts();
      }),
    learnTokens: async (vocabulary) => {
      const tokens = await readAgain({ what: 'tokens', vocabulary });
      const learnt = data.map(({ index }, shard): ShardData => {
        const reply = tokens[shard];
        if (reply && 'tokens' in reply && reply.tokens) return { index, tokens: reply.tokens };
        if (!out.has(shard)) onQuarantined?.(shard);
        return { index, tokens: emptyTokenIndex() };
      });
      await lanesOf.learn(learnt, [...voteRehearsals(data), ...tokenRehearsals(vocabulary, shards)]);
    },
    close: async () => {
      await Promise.all([lanesOf.close(), reader.end()]);
    },
  };
}
