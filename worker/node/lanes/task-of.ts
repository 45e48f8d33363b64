import type { Message } from '#lib/nodes/messages';
import type { Engine } from '../engine/engine.ts';
import { clipBound } from '../guard/clip-bound.ts';
import { NEIGHBOURS } from '../next-token/neighbours.ts';
import { START } from '../next-token/token-index.ts';
import type { ShardTask } from './task.ts';

/** What the shards are asked in a round that the guard has let through. The model sees the question and no record. */
export async function taskOf(
  { header, query }: Message<'round'>,
  engine: () => Promise<Engine>,
): Promise<ShardTask> {
  const { requestId } = header;
  if ('labels' in query) return { kind: 'vote', requestId, prompt: query.prompt, labels: query.labels };
  if (header.mechanism !== 'short-answer') throw new TypeError('not a round of short answers');
  const { prompt, prefix, candidates } = query;
  const { maxTokens } = header.params;
  const model = await engine();
  // The model alone: its cache is never one that a shard's prompt is in.
  const { logProbs } = await model.candidateScores({ prompt, prefix, maxTokens }, candidates);
  return {
    kind: 'token',
    requestId,
    prompt,
    prefix,
    maxTokens,
    key: [START, ...prefix].slice(-NEIGHBOURS.keyTokens),
    candidates,
    logProbs,
    bound: clipBound(header.params) ?? 0,
  };
}
