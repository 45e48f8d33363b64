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
  if ('labels' in query) return { kind: 'vote', prompt: query.prompt, labels: query.labels };
  if (header.mechanism !== 'short-answer') throw new TypeError('not a round of short answers');
  const { prompt, prefix, candidates } = query;
  const { maxTokens } = header.params;
  const { logProbs } = await (await engine()).nextToken({ prompt, prefix, maxTokens });
  return {
    kind: 'token',
    prompt,
    key: [START, ...prefix].slice(-NEIGHBOURS.keyTokens),
    candidates,
    logProbs: candidates.map((id) => logProbs[id] ?? Number.NaN),
    bound: clipBound(header.params) ?? 0,
  };
}
