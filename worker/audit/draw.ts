import type { Rational } from '#lib/privacy/sampling/rational';

/** How one vote is drawn from the histogram; the product's is sampleExponential. */
export type Draw = (vote: {
  scores: readonly number[];
  beta: Rational;
  prompt: string;
  requestId: string;
}) => number;
