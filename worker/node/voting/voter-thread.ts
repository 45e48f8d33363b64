import { parentPort, workerData } from 'node:worker_threads';
import { buildShards } from '../records/build-shards.ts';
import { readBulkFolder } from '../records/read-bulk-folder.ts';
import { castVotes } from '../retrieval/cast-votes.ts';
import type { VoterSetup, VoteTask } from './voter.ts';

/** The thread that holds the shards: reads the records, then casts the votes of one question after another. */
const { recordsDir, shardKey, shards: shardCount } = workerData as VoterSetup;
const { records, counts } = await readBulkFolder(recordsDir);
const shards = buildShards({ records, shardKey: Buffer.from(shardKey), shards: shardCount });
parentPort!.on('message', ({ taskId, prompt, labels }: VoteTask) => {
  parentPort!.postMessage({ taskId, counts: castVotes({ shards, prompt, labels }).counts });
});
parentPort!.postMessage({ loaded: { ...counts, records: records.length } });
