import type { Vocabulary } from './vocabulary.ts';

/** What an engine can do, the same for every record of the hospital. */
export type EngineCapabilities = {
  modelId: string;
  /** Exact log-probabilities of any tokens, over the full vocabulary: without them no private short answers. */
  exactScores: boolean;
  /** What else is evaluated at the same time does not change a score (privacy.md section 1). */
  batchInvariant: boolean;
  /**
   * How a shard comes to its vote: by the labels of its nearest records, or by what the model makes of them in its prompt.
   * The latter only where the model runs outside this process: a fault in a native library must not end the node.
   */
  labelVotes: 'nearest-records' | 'records-in-prompt';
  contextTokens: number;
  /** Why it gives no private short answers, for the hospital's people; absent where it does. */
  noShortAnswers?: string;
};

/** The demo model in the node's own process. It sees no record, and every answer in the making has a context of its own. */
export const EMBEDDED: EngineCapabilities = {
  modelId: 'demo-medllama',
  exactScores: true,
  batchInvariant: true,
  labelVotes: 'nearest-records',
  contextTokens: 256,
};

/** What the router is told of them. */
export function announced({ modelId, exactScores, batchInvariant }: EngineCapabilities) {
  return { modelId, exactScores, batchInvariant };
}

export type Generation = {
  text: string;
  promptTokens: number;
  completionTokens: number;
  finishReason: 'stop' | 'length';
};

/** A question, and the records that one shard puts before it. */
export type Question = { prompt: string; records?: readonly string[] };

/** An answer so far: the question, the tokens said, and the most there may be, for which room is kept. */
export type AnswerSoFar = Question & { prefix: readonly number[]; maxTokens: number };

/** How one call is made. */
export type EngineCall = {
  /**
   * Whose prompt it is: a server's prefix cache serves no other name. Every shard of every request has a name of its own,
   * so that no cache spans two shards or two askers (cache-salt.ts).
   */
  salt?: string;
  /** Ends the call; it rejects then. */
  signal?: AbortSignal;
};

/** What a token adds to the text, and how likely it comes next. */
export type TokenScore = { id: number; logProb: number; text: string };

/**
 * A language model behind a node. It is public: what it says depends on its arguments and weights only. This is all that
 * votes and short answers need, and what a server can give: never the scores of a whole vocabulary at once.
 */
export interface Engine {
  readonly capabilities: EngineCapabilities;
  /** Null where the engine does not show its tokens: then no nearest-neighbour distribution can be mixed with its own. */
  readonly vocabulary: Vocabulary | null;
  /** Ids below this are tokens. */
  readonly tokenCount: number;
  /** Continues a prompt greedily, up to `maxTokens` tokens or the end token. */
  generate(prompt: string, maxTokens: number, call?: EngineCall): Promise<Generation>;
  /** A score of each label, the highest the likeliest answer; -Infinity where the model says nothing of it. */
  scoreLabels(
    question: Question,
    labels: readonly string[],
    call?: EngineCall,
  ): Promise<{ scores: number[]; promptTokens: number }>;
  /** The likeliest next tokens that may be said, the likeliest first, and the end token whether or not it is among them. */
  likeliest(
    answer: AnswerSoFar,
    top: number,
    call?: EngineCall,
  ): Promise<{ candidates: TokenScore[]; end: TokenScore; promptTokens: number }>;
  /**
   * Natural log-probability of each candidate as the next token, over the full vocabulary: exact, -Infinity where the
   * model gives none. Rejects when the engine cannot say them exactly.
   */
  candidateScores(
    answer: AnswerSoFar,
    candidates: readonly number[],
    call?: EngineCall,
  ): Promise<{ logProbs: number[]; promptTokens: number }>;
  close(): Promise<void>;
}

/** A model in this process, whose whole vocabulary is at hand. */
export interface LocalEngine extends Engine {
  readonly vocabulary: Vocabulary;
  /**
   * Natural log-probability of every token of the vocabulary as the next one: the same bits for the same arguments. The
   * array is shared with later calls; it is not to be written.
   */
  nextToken(answer: AnswerSoFar): Promise<{ logProbs: Float64Array; promptTokens: number }>;
  tokenize(text: string): number[];
}

/** The engine cannot give these scores exactly: nothing is said in their place. */
export class NotExactError extends Error {
  override readonly name = 'NotExactError';
}
