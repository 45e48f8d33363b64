import { maySay, type Vocabulary } from '../engine/vocabulary.ts';
import { START } from '../next-token/token-index.ts';
import type { ShardData } from './shard-data.ts';
import type { ShardTask } from './task.ts';

/** Code runs fast from about the third time on. */
const TIMES = 3;
const LABELS = 64;
const CANDIDATES = 128;
const PROMPT = 'cough fever chest pain nausea dizziness fatigue swelling weakness '.repeat(20);

/** Votes like those to come, over the records' own labels; what comes out is thrown away. */
export function voteRehearsals(shards: readonly ShardData[]): ShardTask[] {
  const labels = [...new Set(shards.flatMap(({ index }) => [...index.labels.rows.keys()]))].slice(0, LABELS);
  return Array.from({ length: TIMES }, () => ({ kind: 'vote', prompt: PROMPT, labels }));
}

export function tokenRehearsals(vocabulary: Vocabulary): ShardTask[] {
  const candidates = [...vocabulary.pieces.keys()]
    .filter((id) => maySay(vocabulary, id))
    .slice(0, CANDIDATES);
  const logProbs = candidates.map(() => -Math.log(candidates.length));
  const key = [START];
  return Array.from({ length: TIMES }, () => ({
    kind: 'token',
    prompt: PROMPT,
    key,
    candidates,
    logProbs,
    bound: 8_192,
  }));
}
