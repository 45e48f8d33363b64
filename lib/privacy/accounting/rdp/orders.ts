/** Sums for one order take as many terms as the order is large, and no larger one has ever been the best. */
export const MAX_ORDER = 10_000;

/** The orders that accountants use by custom (Opacus, dp_accounting): 1.1 to 10.9 by tenths, 11 to 63, then powers of two. */
export const DEFAULT_ORDERS: readonly number[] = [
  ...Array.from({ length: 99 }, (_, i) => 1 + (i + 1) / 10),
  ...Array.from({ length: 53 }, (_, i) => 11 + i),
  128,
  256,
  512,
  1024,
];
