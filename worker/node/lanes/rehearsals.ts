import { maySay, type Vocabulary } from '../engine/vocabulary.ts';
import { START } from '../next-token/token-index.ts';
import type { ShardData } from './shard-data.ts';
import type { ShardTask } from './task.ts';

/** Code runs fast from about the third time on. */
const TIMES = 3;
const LABELS = 64;
const CANDIDATES = 128;
const PROMPT = 'cough fever chest pain nausea dizziness fatigue swelling weakness '.repeat(20);

/** A task and the shards it is asked of; what comes out is thrown away. */
export type Rehearsal = { task: ShardTask; todo: readonly number[] };

/** Votes like those to come. Every shard is asked about its own labels, so that no record decides what others are asked. */
export function voteRehearsals(shards: readonly ShardData[]): Rehearsal[] {
  const once = shards.map(({ index }, shard): Rehearsal => {
    const labels = [...index.labels.rows.keys()].slice(0, LABELS);
    return { task: { kind: 'vote', prompt: PROMPT, labels }, todo: [shard] };
  });
  return Array.from({ length: TIMES }, () => once).flat();
}

/** Tokens like those to come: what every shard is asked follows from the vocabulary, which is public. */
export function tokenRehearsals(vocabulary: Vocabulary, shards: number): Rehearsal[] {
  const candidates = [...vocabulary.pieces.keys()]
    .filter((id) => maySay(vocabulary, id))
    .slice(0, CANDIDATES);
  const logProbs = candidates.map(() => -Math.log(candidates.length));
  const key = [START];
  const task: ShardTask = { kind: 'token', prompt: PROMPT, key, candidates, logProbs, bound: 8_192 };
  const todo = Array.from({ length: shards }, (_, shard) => shard);
  return Array.from({ length: TIMES }, () => ({ task, todo }));
}
