/**
 * When an audit looks at its numbers, and how much of its error each look may spend. Looking often and stopping at the
 * first alarm would cry wolf; so look k of any number of them spends error / (k (k + 1)), and all of them together
 * spend at most `error`.
 */
export type Look = { number: number; samplesPerSide: number; error: number };

/** Looks at `first` answers a side, at twice as many, and so on. */
export function lookAt(number: number, first: number, error: number): Look {
  return { number, samplesPerSide: first * 2 ** (number - 1), error: error / (number * (number + 1)) };
}
