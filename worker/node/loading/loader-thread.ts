import { parentPort, workerData } from 'node:worker_threads';
import type { Vocabulary } from '../engine/vocabulary.ts';
import { type RecordTexts, shareTexts } from '../lanes/record-texts.ts';
import { shareIndex, shareTokens } from '../lanes/shard-data.ts';
import type { TokenIndex } from '../next-token/token-index.ts';
import { partition } from '../records/build-shards.ts';
import { readBulkFolder } from '../records/read-bulk-folder.ts';
import type { ReadCounts } from '../records/read-counts.ts';
import type { ShardIndex } from '../retrieval/shard-index.ts';
import type { IndexShard } from './index-shard.ts';

export type LoaderSetup = { recordsDir: string; shardKey: Uint8Array; shards: number; indexer: string };
export type LoadCounts = ReadCounts & { records: number };
/** One shard is asked for at a time, so that the other side knows which one ended this thread. */
export type LoaderOrder = { shard: number } & Wanted;
/** What is built of a shard: its index, its records as a model's tokens, or what a model behind a server is shown. */
export type Wanted = { what: 'index' } | { what: 'tokens'; vocabulary: Vocabulary } | { what: 'texts' };
export type LoaderReply =
  | { loaded: LoadCounts }
  | { index: ShardIndex | null }
  | { tokens: TokenIndex | null }
  | { texts: RecordTexts | null };

/** The thread that reads the records, and then builds what is asked for of one shard. Null: it could not be built. */
const { recordsDir, shardKey, shards, indexer } = workerData as LoaderSetup;
const { indexShard } = (await import(indexer)) as { indexShard: IndexShard };
const { records, counts } = await readBulkFolder(recordsDir);
const parts = partition(records, Buffer.from(shardKey), shards);

function build({ shard, ...wanted }: LoaderOrder): LoaderReply {
  const own = parts[shard] ?? [];
  try {
    if (wanted.what === 'tokens') return { tokens: shareTokens(indexShard.tokensOf(own, wanted.vocabulary)) };
    if (wanted.what === 'texts') return { texts: shareTexts(indexShard.textsOf(own)) };
    return { index: shareIndex(indexShard.indexOf(own)) };
  } catch {
    // What was thrown could tell about a record: it goes nowhere.
    if (wanted.what === 'tokens') return { tokens: null };
    return wanted.what === 'texts' ? { texts: null } : { index: null };
  }
}

parentPort!.on('message', (order: LoaderOrder) => parentPort!.postMessage(build(order)));
parentPort!.postMessage({ loaded: { ...counts, records: records.length } } satisfies LoaderReply);
