import type { EngineCall, Generation, TokenScore } from '../engine.ts';

/** A prompt as it goes to a server: a text, and the ids of the tokens said after it. */
export type ServerPrompt = { text: string; prefix: readonly number[] };

/** What a server says of itself. */
export type ServerInfo = {
  contextTokens: number;
  /** Tokens of its vocabulary, where it says so. */
  tokenCount: number | null;
  /** The token that ends an answer; null where nobody said which. */
  end: { id: number; text: string } | null;
  /** What the result of the self-test belongs to: the server's build, its model and what decides its batches. */
  build: string;
  /** Why its scores cannot be the same bits whatever else it works on; null where the self-test may decide. */
  variance: string | null;
};

/**
 * One server's way of saying what an engine needs. All calls are made as they come; whether they may overlap is for the
 * caller to decide.
 */
export interface Dialect {
  /** Throws with what to do about it when the server's scores are not exact log-probabilities. */
  open(): Promise<ServerInfo>;
  /** Texts of the likeliest next tokens, as far down as the server says them. */
  topTexts(prompt: ServerPrompt, call: EngineCall): Promise<{ scores: TextScore[]; promptTokens: number }>;
  /** The likeliest next tokens and, if named, the score of one more. */
  top(
    prompt: ServerPrompt,
    count: number,
    also: number,
    call: EngineCall,
  ): Promise<{ scores: TokenScore[]; promptTokens: number }>;
  /** Exact log-probabilities of the candidates, in their order. Throws NotExactError when one is missing. */
  exact(
    prompt: ServerPrompt,
    candidates: readonly number[],
    call: EngineCall,
  ): Promise<{ logProbs: number[]; promptTokens: number }>;
  write(prompt: ServerPrompt, maxTokens: number, call: EngineCall): Promise<Generation>;
}

export type TextScore = { text: string; logProb: number };
