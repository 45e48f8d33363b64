/** Tokens of the demo model's context. */
export const CONTEXT_TOKENS = 256;
/** However long an answer is asked for, this much of the question is read. */
const LEAST_PROMPT_TOKENS = 64;
/** More characters than any 256 tokens have; what stands before them would be cut off anyway. */
const MOST_CHARACTERS = 8_192;

/** How a question is put to the model: the form of the public text it was trained on. */
export const questionForm = (prompt: string) => `Question: ${prompt.slice(-MOST_CHARACTERS)}\nAnswer:`;

/** The end of the text that fits beside `reserve` further tokens: the question usually stands last. */
export function fitPrompt<T>(tokens: readonly T[], begin: T | null, reserve: number): T[] {
  const room = Math.max(CONTEXT_TOKENS - reserve, LEAST_PROMPT_TOKENS);
  const kept = tokens.slice(-(room - 1));
  return begin === null ? kept : [begin, ...kept];
}
