/** What an engine can do, told to the router before the model is loaded. */
export type EngineCapabilities = {
  modelId: string;
  /** Exact log-probabilities of any tokens, over the full vocabulary: without them no private short answers. */
  exactScores: boolean;
  /** What else is evaluated at the same time does not change a score (privacy.md section 1). */
  batchInvariant: boolean;
};

/** The demo model in the node's own process: one sequence a call, nothing batched. */
export const EMBEDDED: EngineCapabilities = {
  modelId: 'demo-medllama',
  exactScores: true,
  batchInvariant: true,
};

/** A language model behind a node. */
export type Generation = {
  text: string;
  promptTokens: number;
  completionTokens: number;
  finishReason: 'stop' | 'length';
};

export interface Engine {
  readonly modelId: string;
  /** Continues a prompt greedily, up to `maxTokens` tokens or the end token. */
  generate(prompt: string, maxTokens: number): Promise<Generation>;
  /** Mean log-probability per token of each label as the continuation of the prompt, and the prompt's length. */
  scoreLabels(prompt: string, labels: readonly string[]): Promise<{ scores: number[]; promptTokens: number }>;
  close(): Promise<void>;
}
