/**
 * How many milliseconds a draw is rounded up to: rejection sampling takes longer for some histograms than for others.
 * Far above the worst case: npm run bench -- privacy.
 */
export const SAMPLING_TICK_MS = 5;
