import { randomUUID } from 'node:crypto';
import { renderLabel } from '#lib/openai/answer-format';
import { GRID, quantisePublic } from '#lib/privacy/mechanisms/short-answer';
import { chooseCandidates, MAX_CANDIDATES } from '#lib/privacy/mechanisms/short-answer-candidates';
import type { Engine } from '../engine/engine.ts';
import type { Shards } from '../loading/start-shards.ts';
import { NEIGHBOURS } from '../next-token/neighbours.ts';
import { START } from '../next-token/token-index.ts';
import type { LocalQuestion } from './local-question.ts';

export type LocalAnswer = {
  content: string;
  refusal: string | null;
  finishReason: 'stop' | 'length';
  promptTokens: number;
  completionTokens: number;
  /** Of a vote: how many shards spoke for each label. Exact, as everything here is. */
  votes: Record<string, number> | null;
};

export type LocalAnswerer = {
  shards: Pick<Shards, 'sum'>;
  engine: () => Promise<Engine>;
  shardCount: number;
};

/** How far a shard may move a token's log-probability: as far as in the dearest private answer, and no charge is made. */
const CLIP = { num: 1n, den: 1n };

/** An answer from this hospital's own records as they are: no noise, no charge, and no privacy against the one who asks. */
export function answerLocal(node: LocalAnswerer, question: LocalQuestion): Promise<LocalAnswer> {
  return question.labels.length > 0 ? vote(node, question) : text(node, question);
}

async function vote(
  { shards }: LocalAnswerer,
  { prompt, labels, answer }: LocalQuestion,
): Promise<LocalAnswer> {
  const counts = await shards.sum({ kind: 'vote', requestId: randomUUID(), prompt, labels });
  const most = Math.max(...counts);
  const label = labels[counts.indexOf(most)] ?? '';
  const none = most === 0;
  return {
    content: none ? '' : renderLabel(answer, label),
    refusal: none ? "None of this hospital's records speaks for any of the labels." : null,
    finishReason: 'stop',
    promptTokens: 0,
    completionTokens: none ? 0 : 1,
    votes: Object.fromEntries(labels.map((one, at) => [one, counts[at] ?? 0])),
  };
}

/** The likeliest token after the other, by the model moved by the mean of all shards. */
async function text(node: LocalAnswerer, { prompt, maxTokens }: LocalQuestion): Promise<LocalAnswer> {
  const engine = await node.engine();
  // Names the prompts of this answer in a server's cache.
  const requestId = randomUUID();
  const prefix: number[] = [];
  let content = '';
  let promptTokens = 0;
  let ended = false;
  while (prefix.length < maxTokens && !ended) {
    const next = await nextToken(node, engine, { requestId, prompt, prefix, maxTokens });
    promptTokens = next.promptTokens;
    prefix.push(next.id);
    ended = next.isEnd;
    content += next.text;
  }
  return {
    content: content.trimStart(),
    refusal: null,
    finishReason: ended ? 'stop' : 'length',
    promptTokens,
    completionTokens: prefix.length,
    votes: null,
  };
}

async function nextToken(
  { shards, shardCount }: LocalAnswerer,
  engine: Engine,
  asked: { requestId: string; prompt: string; prefix: readonly number[]; maxTokens: number },
): Promise<{ id: number; text: string; isEnd: boolean; promptTokens: number }> {
  const likeliest = await engine.likeliest(asked, MAX_CANDIDATES);
  const { end, promptTokens } = likeliest;
  const others = likeliest.candidates.filter(({ id }) => id !== end.id);
  const known = [...others, end].map(({ id, logProb }) => ({ id, score: quantisePublic(logProb) }));
  const candidates = chooseCandidates(known, { clip: CLIP, eosId: end.id });
  const sums = await shards.sum({
    kind: 'token',
    requestId: asked.requestId,
    prompt: asked.prompt,
    prefix: asked.prefix,
    maxTokens: asked.maxTokens,
    key: [START, ...asked.prefix].slice(-NEIGHBOURS.keyTokens),
    candidates: candidates.map(({ id }) => id),
    logProbs: candidates.map(({ score }) => score / GRID),
    bound: GRID,
  });
  let best = { id: end.id, score: Number.NEGATIVE_INFINITY };
  candidates.forEach(({ id, score }, at) => {
    // Sums are modulo 2^32: the upper half is below zero.
    const moved = score + ((sums[at] ?? 0) | 0) / shardCount;
    if (moved > best.score) best = { id, score: moved };
  });
  const text = others.find(({ id }) => id === best.id)?.text ?? '';
  return { id: best.id, text, isEnd: best.id === end.id, promptTokens };
}
