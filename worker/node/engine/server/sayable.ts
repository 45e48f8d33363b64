/** Control tokens are written like this by every tokenizer in use. */
const CONTROL = /^<\|?[^<>\s]*\|?>$/;
/** Half a letter has no text of its own. */
const HALF = '\uFFFD';

/** Whether a token may be said in an answer: ordinary text. A public rule, the same for every question. */
export function isSayable(text: string): boolean {
  return text !== '' && !text.includes(HALF) && !CONTROL.test(text);
}
