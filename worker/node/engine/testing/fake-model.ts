/** For tests: a model of 128 tokens, one for each ASCII character, whose scores follow from the tokens before. */
export const FAKE_TOKENS = 128;
export const FAKE_END = 2;
const CONTROL: Record<number, string> = { 0: '<unk>', 1: '<s>', [FAKE_END]: '</s>' };

export const fakeTokenize = (text: string): number[] =>
  text === CONTROL[FAKE_END]
    ? [FAKE_END]
    : [...text].map((letter) => Math.min(letter.charCodeAt(0), FAKE_TOKENS - 1));

/** Control characters have no text of their own, like half a letter. */
export const fakeText = (id: number) => CONTROL[id] ?? (id < 32 ? '\uFFFD' : String.fromCharCode(id));

/** Log-probabilities of all tokens after these. `jitter` is added to one logit, as a batch with others in it would. */
export function fakeLogProbs(ids: readonly number[], jitter = 0): number[] {
  const logits = fakeLogits(ids);
  logits[65] = (logits[65] ?? 0) + jitter;
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return logits.map((logit) => logit - Math.log(sum));
}

export function fakeLogits(ids: readonly number[]): number[] {
  const seed = ids.reduce((hash, id, at) => Math.imul(hash ^ (id + at), 0x01000193) >>> 0, 0x811c9dc5);
  return Array.from({ length: FAKE_TOKENS }, (_, id) => {
    const mixed = Math.imul(seed ^ Math.imul(id + 1, 0x9e3779b1), 0x85ebca6b) >>> 0;
    return (mixed / 2 ** 32) * 8 - 4;
  });
}

export type Scored = { id: number; logProb: number; text: string };

/** The likeliest first. */
export function fakeRanked(logProbs: readonly number[]): Scored[] {
  return logProbs
    .map((logProb, id) => ({ id, logProb, text: fakeText(id) }))
    .sort((a, b) => b.logProb - a.logProb || a.id - b.id);
}
