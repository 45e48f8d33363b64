import type { Vocabulary } from '../engine/vocabulary.ts';
import { Lanes } from '../lanes/lanes.ts';
import type { RecordTexts } from '../lanes/record-texts.ts';
import { tokenRehearsals, voteRehearsals } from '../lanes/rehearsals.ts';
import type { ResultTable } from '../lanes/result-table.ts';
import type { ShardTask } from '../lanes/task.ts';
import { requireTimeForAll } from '../lanes/time-quotas.ts';
import type { StorePlace } from '../record-store/store-place.ts';
import { buildAll } from './build-all.ts';
import { BuiltShards } from './built-shards.ts';
import { Loader } from './loader.ts';
import type { LoadCounts, LoaderSetup, Wanted } from './loader-thread.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { RecordsFrom } from './open-records.ts';

export type ShardsSetup = ({ store: StorePlace } | { recordsDir: string; shardKey: Uint8Array }) & {
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
  /** Reads what a model behind a server is shown of the records, and gives the way to look it up, shard by shard. Once, as above. */
  readTexts(): Promise<(shard: number) => RecordTexts>;
  /** Every shard's row of a task whose rows do not leave the node. */
  rows(task: ShardTask): Promise<ResultTable>;
  /** How much is asked of the lanes now. */
  readonly load: Lanes['load'];
  /** Builds some shards anew from what the store holds now. When it resolves, every round asks these and not the old ones. */
  rebuild(shards: readonly number[]): Promise<void>;
  close(): Promise<void>;
};

const INDEXER = new URL('./index-shard.ts', import.meta.url);

/**
 * Reads the records into shards and starts the lanes. Throws when the records cannot be read, when the threads cannot
 * start, or when there are too few lanes for every shard to have its time within a round.
 */
export async function startShards(setup: ShardsSetup): Promise<Shards> {
  const { shards, lanes, roundMs, modules, onQuarantined, onLaneEnded } = setup;
  requireTimeForAll(shards, lanes, roundMs);
  const loading: LoaderSetup = {
    from: recordsFrom(setup),
    shards,
    indexer: (modules?.indexer ?? INDEXER).href,
  };
  let reader = new Loader(loading);
  const counts = await reader.loaded;
  const built = new BuiltShards(shards, onQuarantined);
  const first = await buildAll(reader, loading, { what: 'index' });
  reader = first.loader;
  built.takeIndexes(first.built);
  const lanesOf = await Lanes.start(
    {
      lanes,
      shards,
      roundMs,
      ...(modules?.scorer && { scorer: modules.scorer }),
      ...(onQuarantined && { onQuarantined }),
      ...(onLaneEnded && { onLaneEnded }),
    },
    built.data,
    voteRehearsals(built.data),
  );
  let known: Vocabulary | null = null;
  let readerUsed = false;
  let showsTexts = false;
  /** An attempt that failed may have ended its loader, which would look like the doing of the first shard. */
  const freshReader = async () => {
    if (readerUsed) reader = new Loader(loading);
    readerUsed = true;
    await reader.loaded;
  };
  const build = async (wanted: Wanted, which: Iterable<number>) => {
    const done = await buildAll(reader, loading, wanted, which);
    reader = done.loader;
    return done.built;
  };
  const learn = async () => {
    const tokens = known ? tokenRehearsals(known, shards) : [];
    await lanesOf.learn(built.data, [...voteRehearsals(built.data), ...tokens]);
  };
  const inTurn = oneAtATime();
  return {
    counts,
    sum: (task) => lanesOf.sum(task),
    rows: (task) => lanesOf.rows(task),
    get load() {
      return lanesOf.load;
    },
    readTexts: () =>
      inTurn(async () => {
        await freshReader();
        built.takeTexts(await build({ what: 'texts' }, built.readable()));
        showsTexts = true;
        await reader.end();
        return (shard) => built.textsOf(shard);
      }),
    learnTokens: (vocabulary) =>
      inTurn(async () => {
        await freshReader();
        built.takeTokens(await build({ what: 'tokens', vocabulary }, built.readable()));
        known = vocabulary;
        // The records themselves are needed no more.
        await reader.end();
        await learn();
      }),
    rebuild: (which) =>
      inTurn(async () => {
        if (which.length === 0) return;
        await freshReader();
        built.takeIndexes(await build({ what: 'index' }, which));
        if (known)
          built.takeTokens(await build({ what: 'tokens', vocabulary: known }, built.readable(which)));
        if (showsTexts) built.takeTexts(await build({ what: 'texts' }, built.readable(which)));
        await reader.end();
        await learn();
      }),
    close: async () => {
      await Promise.all([lanesOf.close(), reader.end()]);
    },
  };
}

function recordsFrom(setup: ShardsSetup): RecordsFrom {
  if ('store' in setup) return { store: setup.store };
  const { recordsDir, shardKey, shards } = setup;
  return { recordsDir, shardKey, shards };
}
