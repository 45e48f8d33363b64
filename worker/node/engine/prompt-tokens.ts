/** Tokens of the demo model's context. */
export const CONTEXT_TOKENS = 256;
/** However long an answer is asked for, this much of the question is read. */
const LEAST_PROMPT_TOKENS = 64;
/** More characters than a token has; what stands before them would be cut off anyway. */
const CHARACTERS_PER_TOKEN = 32;

/** How a question is put to the model: the form of the public text it was trained on. */
export const questionForm = (prompt: string, contextTokens = CONTEXT_TOKENS) =>
  `Question: ${prompt.slice(-contextTokens * CHARACTERS_PER_TOKEN)}\nAnswer:`;

/** The end of the text that fits beside `reserve` further tokens: the question usually stands last. */
export function fitPrompt<T>(
  tokens: readonly T[],
  begin: T | null,
  reserve: number,
  contextTokens = CONTEXT_TOKENS,
): T[] {
  const room = Math.max(contextTokens - reserve, LEAST_PROMPT_TOKENS);
  const kept = tokens.slice(-(room - 1));
  return begin === null ? kept : [begin, ...kept];
}
