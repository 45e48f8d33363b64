import type { Vocabulary } from './vocabulary.ts';

/** What an engine can do, told to the router before the model is loaded. */
export type EngineCapabilities = {
  modelId: string;
  /** Exact log-probabilities of any tokens, over the full vocabulary: without them no private short answers. */
  exactScores: boolean;
  /** What else is evaluated at the same time does not change a score (privacy.md section 1). */
  batchInvariant: boolean;
};

/** The demo model in the node's own process. It sees no record, and every answer in the making has a context of its own. */
export const EMBEDDED: EngineCapabilities = {
  modelId: 'demo-medllama',
  exactScores: true,
  batchInvariant: true,
};

export type Generation = {
  text: string;
  promptTokens: number;
  completionTokens: number;
  finishReason: 'stop' | 'length';
};

/** An answer so far: the question, the tokens said, and the most there may be, for which room is kept. */
export type AnswerSoFar = { prompt: string; prefix: readonly number[]; maxTokens: number };

/** A language model behind a node. It is public: what it says depends on its arguments and weights only. */
export interface Engine {
  readonly capabilities: EngineCapabilities;
  readonly vocabulary: Vocabulary;
  /** Continues a prompt greedily, up to `maxTokens` tokens or the end token. */
  generate(prompt: string, maxTokens: number): Promise<Generation>;
  /** Mean log-probability per token of each label as the continuation of the prompt, and the prompt's length. */
  scoreLabels(prompt: string, labels: readonly string[]): Promise<{ scores: number[]; promptTokens: number }>;
  /**
   * Natural log-probability of every token of the vocabulary as the next one: exact, the same bits for the same
   * arguments, -Infinity where the model gives none. The array is shared with later calls; it is not to be written.
   */
  nextToken(answer: AnswerSoFar): Promise<{ logProbs: Float64Array; promptTokens: number }>;
  tokenize(text: string): number[];
  close(): Promise<void>;
}
