import { parentPort, workerData } from 'node:worker_threads';
import { buildShards } from '../records/build-shards.ts';
import { readBulkFolder } from '../records/read-bulk-folder.ts';
import { castVotes } from '../retrieval/cast-votes.ts';
import type { VoterSetup, VoteTask } from './voter.ts';

/** The thread that holds the shards: reads the records, then casts the votes of one question after another. */
const { recordsDir, shardKey, shards: shardCount } = workerData as VoterSetup;
const { records, counts } = await readBulkFolder(recordsDir);
const shards = buildShards({ records, shardKey: Buffer.from(shardKey), shards: shardCount });
// The first votes of a process are its slowest: rehearse over the records' own labels before a question can wait.
const prompt = 'cough fever chest pain nausea dizziness fatigue swelling weakness '.repeat(20);
const labels = [...new Set(shards.flatMap((shard) => [...shard.labels.rows.keys()]))].slice(0, 64);
for (let i = 0; i < 3; i++) castVotes({ shards, prompt, labels });
parentPort!.on('message', ({ taskId, prompt, labels }: VoteTask) => {
  parentPort!.postMessage({ taskId, counts: castVotes({ shards, prompt, labels }).counts });
});
parentPort!.postMessage({ loaded: { ...counts, records: records.length } });
