import type { Question } from '../engine.ts';

/** Characters that fit for each token of a context, counted low: English has four, codes and numbers fewer. */
const CHARACTERS_PER_TOKEN = 2.5;
/** What a question may take of the context beside its records. */
const QUESTION_SHARE = 0.5;
const MOST_CHARACTERS = 65_536;

/**
 * A question as a model behind a server reads it, without the halves of letters that cutting makes and UTF-8 has not.
 * Its own length decides what is cut, the end kept; what the records take is limited before (prompt-records.ts). A prompt
 * that is too long all the same is refused by the server: its shard abstains.
 */
export function questionText({ prompt, records = [] }: Question, contextTokens: number): string {
  const room = Math.min(MOST_CHARACTERS, Math.floor(contextTokens * CHARACTERS_PER_TOKEN * QUESTION_SHARE));
  const question = `Question: ${prompt.slice(-room).toWellFormed()}`;
  if (records.length === 0) return question;
  const notes = records.map((text, at) => `[${at + 1}] ${text.toWellFormed()}`).join('\n');
  return `Notes on similar patients:\n${notes}\n\n${question}`;
}
