import { parentPort, workerData } from 'node:worker_threads';
import type { Vocabulary } from '../engine/vocabulary.ts';
import { type RecordTexts, shareTexts } from '../lanes/record-texts.ts';
import { shareIndex, shareTokens } from '../lanes/shard-data.ts';
import type { TokenIndex } from '../next-token/token-index.ts';
import { RecordStoreError } from '../record-store/store-error.ts';
import type { ReadCounts } from '../records/read-counts.ts';
import type { ShardIndex } from '../retrieval/shard-index.ts';
import type { IndexShard } from './index-shard.ts';
import { openRecords, type RecordsFrom } from './open-records.ts';

export type LoaderSetup = { from: RecordsFrom; shards: number; indexer: string };
export type LoadCounts = ReadCounts & { records: number };
/** One shard is asked for at a time, so that the other side knows which one ended this thread. */
export type LoaderOrder = { shard: number } & Wanted;
/** What is built of a shard: its index, its records as a model's tokens, or what a model behind a server is shown. */
export type Wanted = { what: 'index' } | { what: 'tokens'; vocabulary: Vocabulary } | { what: 'texts' };
export type LoaderReply =
  | { loaded: LoadCounts }
  | { index: ShardIndex | null }
  | { tokens: TokenIndex | null }
  | { texts: RecordTexts | null }
  /** The store cannot be read: no shard abstains for that unnoticed. */
  | { unreadable: string };

/** The thread that reads the records, and then builds what is asked for of one shard. Null: it could not be built. */
const { from, indexer } = workerData as LoaderSetup;
const { indexShard } = (await import(indexer)) as { indexShard: IndexShard };
const records = await openRecords(from);

async function build({ shard, ...wanted }: LoaderOrder): Promise<LoaderReply> {
  try {
    const own = await records.recordsOf(shard);
    if (wanted.what === 'tokens') return { tokens: shareTokens(indexShard.tokensOf(own, wanted.vocabulary)) };
    if (wanted.what === 'texts') return { texts: shareTexts(indexShard.textsOf(own)) };
    return { index: shareIndex(indexShard.indexOf(own)) };
  } catch (error) {
    if (error instanceof RecordStoreError) return { unreadable: error.message };
    // What was thrown could tell about a record: it goes nowhere.
    if (wanted.what === 'tokens') return { tokens: null };
    return wanted.what === 'texts' ? { texts: null } : { index: null };
  }
}

parentPort!.on('message', async (order: LoaderOrder) => parentPort!.postMessage(await build(order)));
parentPort!.postMessage({ loaded: records.counts } satisfies LoaderReply);
