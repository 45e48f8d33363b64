/** A language model behind a node. More capabilities come with private short answers; these are the public ones. */
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
