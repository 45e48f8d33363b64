import type { TextScore } from './dialect.ts';

/** One symbol for each label a vote may have: every vocabulary has a token for each of them. */
const SYMBOLS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A question whose answer is one symbol, so that the model's next token alone scores all labels. */
export function choicePrompt(question: string, labels: readonly string[]): string {
  const choices = labels.map((label, at) => `${SYMBOLS[at]}. ${label.toWellFormed()}`).join('\n');
  return `${question}\nChoices:\n${choices}\nAnswer with the letter of the best choice alone.\nAnswer:`;
}

/** Each label's score: what the tokens that say its symbol have together, with a space before it or without. */
export function labelScores(scores: readonly TextScore[], labels: number): number[] {
  return Array.from({ length: labels }, (_, at) => {
    const said = scores.filter(({ text }) => text.trim() === SYMBOLS[at]);
    return Math.log(said.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0));
  });
}
