import type { Message } from '#lib/nodes/messages';
import type { RoundHeader } from '#lib/nodes/round-header';
import { GRID } from '#lib/privacy/mechanisms/short-answer';
import { clipBound } from './clip-bound.ts';
import { type Refusal, refusal } from './refusal.ts';

/** What the guard knows of the node's engine. */
export type GuardedEngine = {
  exactScores: boolean;
  batchInvariant: boolean;
  /** Tokens of its vocabulary. */
  tokens: number;
};

/** Whether header and query are one round of this mechanism. `engine` is null where no model is behind the node. */
export function checkQuery(
  { header, query }: Message<'round'>,
  engine: GuardedEngine | null,
): Refusal | null {
  if (header.mechanism === 'short-answer') {
    return 'candidates' in query ? checkToken(header, query, engine) : wrongShape();
  }
  if (!('labels' in query)) return wrongShape();
  if (header.len !== query.labels.length || header.params.K !== header.len) {
    return refusal('wrong_length', 'the header and the query disagree on the number of labels');
  }
  return header.scale === 1 && header.sensitivity === 1
    ? null
    : refusal('units', 'a vote is counted in ones, and a shard has one');
}

type TokenHeader = Extract<RoundHeader, { mechanism: 'short-answer' }>;
type TokenQuery = Extract<Message<'round'>['query'], { candidates: number[] }>;

function checkToken(header: TokenHeader, query: TokenQuery, engine: GuardedEngine | null): Refusal | null {
  const { params } = header;
  if (!engine?.exactScores || !engine.batchInvariant) {
    return refusal('engine', 'the engine of this node cannot give private short answers');
  }
  if (header.len !== query.candidates.length || params.K !== header.len) {
    return refusal('wrong_length', 'the header and the query disagree on the number of candidates');
  }
  if (new Set(query.candidates).size !== query.candidates.length) {
    return refusal('wrong_query', 'a candidate is named twice');
  }
  if ([...query.candidates, ...query.prefix].some((id) => id >= engine.tokens)) {
    return refusal('wrong_query', 'a token is not in the vocabulary of this engine');
  }
  if (params.position !== query.prefix.length || params.position >= params.maxTokens) {
    return refusal('position', 'the position is not that of the next token');
  }
  const bound = clipBound(params);
  if (bound === null) {
    return refusal('clip', 'the clip is not a whole number of 2^-13 nats above 0, or too large');
  }
  return header.scale === GRID && header.sensitivity === 2 * bound
    ? null
    : refusal('units', 'a nat has 2^13 parts, and a shard moves a coordinate by twice the clip at most');
}

function wrongShape(): Refusal {
  return refusal('wrong_query', 'the query is not one of this mechanism');
}
