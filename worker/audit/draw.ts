import type { drawToken } from '#lib/privacy/mechanisms/draw-token';
import type { Rational } from '#lib/privacy/sampling/rational';

/** How one vote is drawn from the histogram; the product's is sampleExponential. */
export type Draw = (vote: {
  scores: readonly number[];
  beta: Rational;
  prompt: string;
  requestId: string;
}) => number;

/** How one token is drawn from the shards' sums; the product's is drawToken. */
export type TokenDraw = (token: Parameters<typeof drawToken>[0]) => { id: number };
