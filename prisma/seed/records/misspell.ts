import type { Random } from './random.ts';

/** Chance that a long word is typed wrongly. */
const TYPO_RATE = 0.012;

/** Swaps two neighbouring letters in a few of the longer words. */
export function misspell(text: string, random: Random): string {
  return text.replace(/[a-z]{6,}/g, (word) => {
    if (!random.chance(TYPO_RATE)) return word;
    const at = random.integer(1, word.length - 3);
    return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  });
}
