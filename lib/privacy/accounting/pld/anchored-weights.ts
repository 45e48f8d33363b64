/** Every `stride`-th lattice point from -`side` to `side` strides is an anchor. */
export type Anchors = { sigma: number; sensitivity: number; stride: number; side: number };

/** Points that share one exponential of their distance to the last multiple of it. */
const RUN = 16;

/**
 * The weights e^(-x^2/(2 sigma^2)) of the lattice points, gathered at the anchors: a point between two of them goes to
 * both, such that its mass under P and under Q (the same around the sensitivity) is kept. Losses are linear in x, so the
 * j-th point after an anchor gives the same share to the next one wherever the anchor is; it is rounded up.
 */
export function anchoredWeights({ sigma, sensitivity, stride, side }: Anchors): Float64Array {
  const perPoint = sensitivity / sigma ** 2;
  const up = Float64Array.from({ length: stride }, (_, j) =>
    Math.min(1, (Math.expm1(-j * perPoint) / Math.expm1(-stride * perPoint)) * (1 + 1e-12)),
  );
  const weights = new Float64Array(2 * side + 1);
  const stretch = new Float64Array(stride);
  const weigh = weigher(sigma, stride);
  for (let anchor = 0; anchor < 2 * side; anchor += 1) {
    weigh((anchor - side) * stride, stretch);
    let all = 0;
    let next = 0;
    for (let j = 0; j < stride; j += 1) {
      all += stretch[j]!;
      next += stretch[j]! * up[j]!;
    }
    weights[anchor]! += all - next;
    weights[anchor + 1]! += next;
  }
  weights[2 * side]! += Math.exp(-((side * stride) ** 2) / (2 * sigma ** 2));
  return weights;
}

/**
 * Writes the weights of the points from, from + 1, ... With j = a + b, a the last multiple of RUN:
 * (from + j)^2 = (from + a)^2 + 2 from b + (2 a b + b^2), so three factors give each, the last the same everywhere. A
 * wide Gaussian has millions of points, and exponentials of all of them would take seconds.
 */
function weigher(sigma: number, stride: number): (from: number, weights: Float64Array) => void {
  const scale = -1 / (2 * sigma ** 2);
  const rest = Float64Array.from({ length: stride }, (_, j) => {
    const b = j % RUN;
    return Math.exp(scale * (2 * (j - b) * b + b * b));
  });
  const step = new Float64Array(Math.min(RUN, stride));
  return (from, weights) => {
    for (let b = 0; b < step.length; b += 1) step[b] = Math.exp(scale * 2 * from * b);
    for (let a = 0; a < stride; a += RUN) {
      const start = Math.exp(scale * (from + a) ** 2);
      const end = Math.min(stride, a + RUN);
      for (let j = a; j < end; j += 1) weights[j] = start * step[j - a]! * rest[j]!;
    }
  };
}
